"""The text of a form as a person types it: brought to one form, and its blanks with the lines they stand in."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from reports.annex.wording import YEAR

LONGEST = 20_000
INDENT = "   "
BLANK = re.compile(r"\{(?P<slug>[^{}\n]+)\}")
LOOSE_BLANK = re.compile(r"\{[^\S\n]*+([^{}\s]+(?:[^\S\n]++[^{}\s]+)*+)[^\S\n]*+\}")
FULL_WIDTH_BRACES = str.maketrans("｛｝", "{}")  # what a Chinese keyboard makes of the two keys


@dataclass(frozen=True)
class Place:
    """A blank of a form: its figure, and the line of the text, counted from 1. `unit` stands in brackets after it."""

    slug: str
    form: int
    line: int
    unit: str = ""


def one_form(text: str) -> str:
    """`text` with plain line ends and braces, without invisible characters, ending in one line break."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", INDENT).translate(FULL_WIDTH_BRACES)
    shown = "".join(c for c in text if c == "\n" or unicodedata.category(c)[0] != "C")
    lines = (line.rstrip() for line in LOOSE_BLANK.sub(r"{\1}", shown).split("\n"))
    return "\n".join(lines).strip("\n") + "\n"


def numbered(wording: str) -> Iterator[tuple[int, str]]:
    """The lines of `wording` with their numbers."""
    return enumerate(wording.rstrip("\n").split("\n"), start=1)


def places(form: int, wording: str) -> Iterator[Place]:
    """The blanks of form `form` in their order; `{year}` is no blank."""
    for line, text in numbered(wording):
        for match in BLANK.finditer(text):
            if match["slug"] != YEAR:
                yield Place(match["slug"], form, line, _unit_after(text[match.end() :]))


def stray_braces(wording: str) -> list[int]:
    """Lines with a brace that belongs to no blank."""
    return [line for line, text in numbered(wording) if set(BLANK.sub("", text)) & {"{", "}"}]


def _unit_after(text: str) -> str:
    """What stands in brackets right after a blank; '' for nothing."""
    match = re.match(r"\s*[（(](\w+)[）)]", text)
    return match[1] if match else ""
