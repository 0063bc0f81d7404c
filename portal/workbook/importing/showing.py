"""Cells as a preview shows them: numbers of people masked, what is encrypted left out."""

from dataclasses import dataclass

from portal.workbook.importing.book import Row
from portal.workbook.importing.masking import masked
from portal.workbook.sheets import Column, Sheet

SHOWN_NEW = 50  # of each sheet: enough to see what will be made, of 20 000 rows
NAMES = ("name", "worker_name")  # fields in which a record that is referred to says who it is


@dataclass(frozen=True)
class ChangedCell:
    """One cell that differs from what is on file, with both values as they may be shown."""

    sheet: str
    row: int
    key: str
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Created:
    """The new records of one sheet: how many, the headings that tell them apart, and the first of them, row by row.

    In `rows` the number of the row comes first; numbers of people are masked.
    """

    sheet: str
    count: int
    headings: list[str]
    rows: list[list]

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.count - len(self.rows)


def created_rows(sheet: Sheet, rows: list[Row]) -> Created:
    """What must be filled of a record is what tells it from others."""
    columns = [column for column in sheet.columns if column.required]
    shown = [[row.number, *(_told(row, column) for column in columns)] for row in rows[:SHOWN_NEW]]
    return Created(sheet.title, len(rows), [column.heading for column in columns], shown)


def _told(row: Row, column: Column) -> str:
    """A cell of a new record; one that names a person by number says the name with it."""
    number = masked(row, column, column.export(row.record))
    named = row.targets.get(column.attribute)
    name = next((getattr(named, field) for field in NAMES if hasattr(named, field)), "") if named else ""
    return f"{name} {number}" if name else number


def changed_cell(row: Row, attribute: str) -> ChangedCell:
    """One changed cell of a row on file."""
    column = row.sheet.column(attribute)
    return ChangedCell(
        sheet=row.sheet.title,
        row=row.number,
        key=key_of(row),
        column=column.heading,
        old=masked(row, column, row.old[attribute]),
        new=masked(row, column, column.export(row.record)),
    )


def key_of(row: Row) -> str:
    """What the row's record is called by."""
    return masked(row, row.sheet.key, row.key(row.sheet.key.attribute))
