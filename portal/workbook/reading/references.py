"""Cell references such as B7 or A1:C3, read without regular expressions. Free of Django."""

from portal.workbook.reading import limits
from portal.workbook.reading.refusal import RefusedError

DIGITS = frozenset("0123456789")


def letters(column: int) -> str:
    """1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


LETTERS = tuple(letters(column) for column in range(limits.COLUMNS + 2))
COLUMNS = {name: number for number, name in enumerate(LETTERS) if number}


def position(reference: str) -> tuple[int, int]:
    """Row and column of a reference; refused if it lies outside the limits or is none."""
    reference = reference.replace("$", "")
    name = reference.rstrip("0123456789")
    number = reference[len(name) :]
    if not name or not number or len(reference) > 20 or not (name.isascii() and name.isalpha()):
        raise RefusedError("damaged")
    column = COLUMNS.get(name.upper())
    if column is None or column > limits.COLUMNS:
        raise RefusedError("too_many_columns")
    row = int(number)
    if row > limits.ROWS:
        raise RefusedError("too_many_rows")
    if row < 1:
        raise RefusedError("damaged")
    return row, column


def area(reference: str) -> tuple[int, int, int, int]:
    """First row, first column, last row and last column of a range or a single cell."""
    first, _colon, last = reference.partition(":")
    top, left = position(first)
    bottom, right = position(last) if last else (top, left)
    if bottom < top or right < left:
        raise RefusedError("damaged")
    return top, left, bottom, right
