"""What people type, brought to one form. Free of Django: the process that reads workbooks imports it too."""

import re
import unicodedata

BIDI_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
SPREADSHEET_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
DROPPED_CATEGORIES = {"Cc", "Cf", "Cs"}


class ForbiddenCharacterError(ValueError):
    """The text holds a character that makes it read differently from what it is."""


def normalise(text: str, *, multiline: bool = False) -> str:
    """NFKC, spreadsheet escapes undone, controls and invisible characters removed, trimmed."""
    if text.isprintable() and "_x" not in text and unicodedata.is_normalized("NFKC", text):
        return text.strip()
    # Normalised first, because `＿x000D＿` turns into an escape only then; and again, for what an escape stood for.
    text = SPREADSHEET_ESCAPE.sub(_unescaped, unicodedata.normalize("NFKC", text))
    if BIDI_OVERRIDES.search(text):
        raise ForbiddenCharacterError
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFKC", text.translate(LINES if multiline else ONE_LINE)).strip()


def _unescaped(match: re.Match) -> str:
    return chr(int(match[1], 16))


class _Kept(dict):
    """What becomes of each character, for str.translate; worked out once for each that is met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isspace() and character not in "\x1c\x1d\x1e\x1f":
            kept = " "
        else:
            kept = "" if unicodedata.category(character) in DROPPED_CATEGORIES else character
        self[code] = kept
        return kept


ONE_LINE = _Kept()
LINES = _Kept({ord("\n"): "\n"})
