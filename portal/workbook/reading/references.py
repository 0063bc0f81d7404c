"""Cell references such as B7 or A1:C3, read without regular expressions. Free of Django."""

from portal.workbook.reading import limits
from portal.workbook.reading.refusal import RefusedError


def letters(column: int) -> str:
    """1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


Area = tuple[int, int, int, int]  # first row, first column, last row, last column
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of any spreadsheet
LETTERS = tuple(letters(column) for column in range(limits.COLUMNS + 2))


def column_number(name: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in name.upper():
        number = 26 * number + ord(letter) - 64
    return number


def check_extent(row: int, column: int) -> None:
    """Refuses a value outside the limits."""
    if column > limits.COLUMNS:
        raise RefusedError("too_many_columns")
    if row > limits.ROWS:
        raise RefusedError("too_many_rows")


def size(of: Area) -> int:
    """How many cells an area has."""
    top, left, bottom, right = of
    return (bottom - top + 1) * (right - left + 1)


def position(reference: str) -> tuple[int, int]:
    """Row and column of a reference; refused if no spreadsheet has such a cell."""
    reference = reference.replace("$", "")
    name = reference.rstrip("0123456789")
    number = reference[len(name) :]
    if not name or not number or len(reference) > 20 or not (name.isascii() and name.isalpha()):
        raise RefusedError("damaged")
    row, column = int(number), column_number(name)
    if not (1 <= row <= LAST_ROW and column <= LAST_COLUMN):
        raise RefusedError("damaged")
    return row, column


def area(reference: str) -> Area:
    """First row, first column, last row and last column of a range or a single cell."""
    first, _colon, last = reference.partition(":")
    top, left = position(first)
    bottom, right = position(last) if last else (top, left)
    if bottom < top or right < left:
        raise RefusedError("damaged")
    return top, left, bottom, right
