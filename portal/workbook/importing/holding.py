"""Rows that a second person looks at before they count: what decides a case, pays money or changes a bank card."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.workbook.importing.book import Book, Row
from portal.workbook.importing.checking import by_dependency
from portal.workbook.importing.masking import masked
from portal.workbook.importing.showing import key_of

Place = tuple[str, int]  # the title of the sheet and the row


@dataclass(frozen=True)
class WeightyRow:
    """One such row: why, and its cells as they may be shown, each with its heading and what was on file before."""

    sheet: str
    row: int
    key: str
    why: str
    cells: list[list[str]]

    @property
    def place(self) -> Place:
        return self.sheet, self.row


def weighty(book: Book) -> dict[Place, tuple[Row, str]]:
    """By place, the rows of a checked workbook that need a second person, with the reason in words.

    A row that refers to a new record of such a row can only come in with it.
    """
    found: dict[Place, tuple[Row, str]] = {}
    waiting: set[int] = set()
    for sheet in by_dependency(book):
        for row in book.rows[sheet]:
            if row.record is None or not (row.is_new or row.changed):
                continue
            why = sheet.weighs(book, row)
            if not why and any(id(target) in waiting for target in row.targets.values()):
                why = _("所指的记录待复核")
            if why:
                found[sheet.title, row.number] = row, why
                if row.is_new:
                    waiting.add(id(row.record))
    return found


def held_rows(book: Book) -> list[WeightyRow]:
    """The same as they are shown and kept."""
    return [_held(row, why) for row, why in weighty(book).values()]


def _held(row: Row, why: str) -> WeightyRow:
    columns = [column for column in row.sheet.columns if row.is_new or column.attribute in row.changed]
    cells = [
        [
            str(column.heading),
            masked(row, column, row.old.get(column.attribute)),
            masked(row, column, column.export(row.record)),
        ]
        for column in columns
        if column is not row.sheet.key
    ]
    return WeightyRow(
        str(row.sheet.title), row.number, key_of(row), why, [cell for cell in cells if cell[1] or cell[2]]
    )


def leave_out_rows(book: Book, places: Collection[Place]) -> None:
    """Take rows out of a book that is not checked yet, with what was wrong in their cells."""
    if not places:
        return
    for sheet, rows in book.rows.items():
        book.rows[sheet] = [row for row in rows if (sheet.title, row.number) not in places]
    book.errors = [error for error in book.errors if (error.sheet, error.row) not in places]
