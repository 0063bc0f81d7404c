"""Rows as spreadsheet programs write nearly all of them: shown, and with nothing in them but text and numbers.

Such a row is recognised by its bytes, as a whole, which takes a third of the time of calls for each element. Whatever
deviates in a single byte is left to the parser's calls, so what is recognised here can hide nothing. Free of Django.
"""

import re
from collections.abc import Iterable, Iterator

from portal.workbook.reading.references import LAST_COLUMN, check_extent, column_number
from portal.workbook.reading.refusal import RefusedError

ROW_TAG = b"<row"
LONGEST_ROW = 1_000_000  # bytes kept waiting for the next row

PLAIN_ROW = re.compile(
    rb"""
    <row\ r="(?P<row>[0-9]{1,7})"
    (?:\ (?:spans|ht|customHeight|s|customFormat|thickBot|thickTop|x14ac:dyDescent)="[0-9.: ]*+")*+ \ ?+>
    (?:
        <c\ r="[A-Z]{1,3}(?P=row)" (?:\ s="[0-9]++")?+
        (?:
            \ t="s">(?:<v>[0-9]{0,9}</v>)?+</c>
            |(?:\ t="(?:s|n|str|inlineStr)")?+ \ ?+/>
            |(?:\ t="(?:n|str|inlineStr)")?+>(?:<v>[^<]*+</v>|<is><t(?:\ xml:space="preserve")?+>[^<]*+</t></is>)?+</c>
        )
    )*+
    </row>\s*+
    """,
    re.VERBOSE,
)
COLUMN_LETTERS = re.compile(rb'<c r="([A-Z]{1,3})')
LETTERS_WITH_VALUE = re.compile(rb'<c r="([A-Z]{1,3})[^<>]*+(?<!/)><[vi]')


def cut_at_rows(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, each piece but the first beginning with a row, as long as rows are of sensible length."""
    waiting = b""
    for chunk in chunks:
        first, *others = (waiting + chunk).split(ROW_TAG)
        pieces = [first, *[ROW_TAG + other for other in others]]
        waiting = pieces.pop()
        yield from filter(None, pieces)
        if len(waiting) > LONGEST_ROW:
            yield waiting
            waiting = b""
    yield waiting


def check_order(letters: Iterable[bytes], row: int) -> None:
    """Cells stand in the order of columns, none twice."""
    last = 0
    for name in letters:
        column = column_number(name.decode())
        if column > LAST_COLUMN:
            raise RefusedError("damaged")
        if column <= last:
            raise RefusedError("repeated_cell", row=row)
        last = column


def check_values(piece: bytes, row: int) -> None:
    """No value stands outside the limits; cells that are only formatted may."""
    for name in LETTERS_WITH_VALUE.findall(piece):
        check_extent(row, column_number(name.decode()))
