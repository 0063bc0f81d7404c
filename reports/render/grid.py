"""Where each piece of a form stands on a sheet: a grid of narrow columns, each half a Chinese character wide.

A sheet cannot flow text round a cell, so every line is broken here into rows of the grid, words in cells of their own
and each figure in a cell of its own between them.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.annex.wording import Blank, Line, Space, Text, Token

COLUMNS = 73  # of 6 pt: the 156 mm between the margins of GB/T 9704
INDENT = 4  # of a line that continues a sentence
HANGING = 3  # of the rows after the first, below the words and not below the line number
LEAST_BLANK = 6
PADDING = 1  # what a cell keeps free at its edges
DIGIT, NARROW = (
    1.2,
    0.8,
)  # digits are a little wider than half a character in some typefaces, points and spaces narrower
NOT_FIRST = "，。；：、）"  # may not begin a row; full-width, so that each brings its own padding on the right
UNIT_AFTER_BLANK = re.compile(r"（[^（）]{1,3}）[，。；]?")


@dataclass(frozen=True)
class Placed:
    """A piece of a line on the grid: `row` and `column` count from 0 within the line."""

    row: int
    column: int
    span: int
    token: Token


def width(text: str) -> int:
    """How many columns `text` takes by itself."""
    return math.ceil(sum(_width(character) for character in text))


def room(text: str) -> int:
    """How many columns a cell of `text` takes, so that its end is not cut off by the next cell."""
    return width(text) + (0 if text.endswith(tuple(NOT_FIRST)) else PADDING)


def _width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "FWA":
        return 2
    return NARROW if character in " ." else DIGIT


def place(line: Line, values: dict[str, str]) -> list[Placed]:
    """The pieces of `line` from left to right; `values` are the figures as printed, whose length sets their width."""
    if any(isinstance(token, Space) for token in line.tokens):
        return list(_place_spaces(line))
    return _Rows(INDENT if line.indented else 0).fill(line.tokens, values)


def _place_spaces(line: Line) -> Iterator[Placed]:
    """The line filled in by hand: the words as wide as they are, the first space (the unit's name) half of the rest."""
    words = sum(room(token.text) for token in line.tokens if isinstance(token, Text))
    spaces = sum(isinstance(token, Space) for token in line.tokens)
    free, column = COLUMNS - words, 0
    for token in line.tokens:
        if isinstance(token, Text):
            span = room(token.text)
        else:
            span = free if spaces == 1 else free // 2
            free, spaces = free - span, spaces - 1
        yield Placed(0, column, span, token)
        column += span


class _Rows:
    """Fills rows of the grid from left to right."""

    def __init__(self, indent: int):
        self.indent = indent
        self.row, self.column = 0, indent
        self.placed: list[Placed] = []

    def fill(self, tokens: Iterable[Token], values: dict[str, str]) -> list[Placed]:
        tokens = tuple(tokens)
        for token, following in zip(tokens, (*tokens[1:], None), strict=True):
            if isinstance(token, Blank):
                self._add_blank(token, values[token.slug], following)
            else:
                self._add_text(token.text)
        return self.placed

    @property
    def _room(self) -> int:
        return COLUMNS - self.column

    def _next_row(self) -> None:
        self.row, self.column = self.row + 1, self.indent + (0 if self.indent else HANGING)

    def _add(self, token: Token, span: int) -> None:
        self.placed.append(Placed(self.row, self.column, span, token))
        self.column += span

    def _add_blank(self, token: Blank, value: str, following: Token | None) -> None:
        """A figure, on one row with the unit that follows it in brackets."""
        span = max(LEAST_BLANK, width(value) + PADDING)
        unit = UNIT_AFTER_BLANK.match(following.text) if isinstance(following, Text) else None
        if span + (room(unit[0]) if unit else 0) > self._room:
            self._next_row()
        self._add(token, span)

    def _add_text(self, text: str) -> None:
        while room(text) > self._room:
            cut = self._cut(text)
            if cut:
                self._add(Text(text[:cut]), self._room)
            text = text[cut:]
            self._next_row()
        self._add(Text(text), room(text))

    def _cut(self, text: str) -> int:
        """How many characters of `text` go on this row, so that none that may not begin a row begins the next."""
        cut = max((end for end in range(len(text)) if room(text[:end]) <= self._room), default=0)
        while cut and text[cut] in NOT_FIRST:
            cut -= 1
        return cut
