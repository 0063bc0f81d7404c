"""What people type, brought to one form. Free of Django: the process that reads workbooks imports it too."""

import re
import unicodedata

LONGEST_KEY = 18  # digits that every database takes as a key
RIGHT_TO_LEFT_OVERRIDE = "\u202e"
SPREADSHEET_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What people write into a cell to say that there is nothing to write.
NOTHING = frozenset({"无", "/", "\\", "-", "--", "—", "——", "–", "暂无", "不详"})
DROPPED_CATEGORIES = {"Cc", "Cf", "Cs"}
# Marks, letters and signs that are drawn as nothing: joiners, fillers, variation selectors, the empty braille cell.
UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")

# What has all Chinese characters in it is compiled by who first asks: it would be a seventh of the start of the process
# that reads workbooks, which never asks.
HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
PRIVATE_USE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
MIDDLE_DOT = "\u00b7"
OTHER_DOTS = re.compile("[\u2022\u2027\u2219\u22c5\u2981\u2e31\u30fb\uff65\ua78f]")
FULL_STOP_IN_NAME = f"(?<=[{HAN}])\\.(?=[{HAN}])"
PADDING = f"(?<=[{HAN}{PRIVATE_USE}])\\s+(?=[{HAN}{PRIVATE_USE}])|(?:(?<!\\s)\\s++)?({MIDDLE_DOT})\\s*"
LOST_CHARACTER = f"[\ufffd{PRIVATE_USE}]|(?<=[{HAN}])\\?|\\?(?=[{HAN}])"


class ForbiddenCharacterError(ValueError):
    """The text holds a character that makes it read differently from what it is."""


def normalise(text: str, *, multiline: bool = False) -> str:
    """NFKC, spreadsheet escapes undone, controls and invisible characters removed, trimmed."""
    if text.isprintable() and "_x" not in text and unicodedata.is_normalized("NFKC", text) and not UNSEEN.search(text):
        return text.strip()
    # Normalised first, because `＿x000D＿` turns into an escape only then; and again, for what an escape stood for.
    text = SPREADSHEET_ESCAPE.sub(_unescaped, unicodedata.normalize("NFKC", text))
    if RIGHT_TO_LEFT_OVERRIDE in text:
        raise ForbiddenCharacterError
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFKC", text.translate(LINES if multiline else ONE_LINE)).strip()


def fold_name(name: str) -> str:
    """A normalised name as it is stored and compared: no padding between Chinese characters, one middle dot.

    Blanks of a Latin name stay. A full stop between Chinese characters stands for the dot of a transcribed name.
    """
    dotted = re.sub(FULL_STOP_IN_NAME, MIDDLE_DOT, OTHER_DOTS.sub(MIDDLE_DOT, name))
    return re.sub(PADDING, lambda found: found[1] or "", dotted)


def may_have_lost_a_character(name: str) -> bool:
    """Whether a name shows traces of a character that some program could not keep."""
    return re.search(LOST_CHARACTER, name) is not None


def as_key(text: str) -> int | None:
    """The number of a row as an address or a form gives it; None for what cannot be one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else None


def as_year(text: str) -> int | None:
    """A year of four digits; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) == len("2026") else None


def decoded(content: bytes) -> str:
    """UTF-8 if it can be read as that, else GB18030, in which Chinese spreadsheets save a CSV."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _unescaped(match: re.Match) -> str:
    return chr(int(match[1], 16))


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def without_formula(text: str) -> str:
    """`text` as a cell of a .csv: what a spreadsheet would take for a formula has a `'` in front."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


class _Kept(dict):
    """What becomes of each character, for str.translate; worked out once for each that is met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isspace() and character not in "\x1c\x1d\x1e\x1f":
            kept = " "
        elif unicodedata.category(character) in DROPPED_CATEGORIES or UNSEEN.match(character):
            kept = ""
        else:
            kept = character
        self[code] = kept
        return kept


ONE_LINE = _Kept()
LINES = _Kept({ord("\n"): "\n"})
