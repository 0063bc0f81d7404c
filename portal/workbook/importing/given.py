"""Rows that an outside system brings: the same cells, rules and writing as those of a workbook, without a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal.audit import By
from portal.models import Union
from portal.workbook.errors import WorkbookError
from portal.workbook.importing.book import Book, Row
from portal.workbook.importing.rows import clean_cell
from portal.workbook.importing.service import Outcome, SecondPerson, import_book, refused
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.importing.writing import BY_SYSTEM
from portal.workbook.raw import Boolean
from portal.workbook.sheets import Workbook

Given = Mapping[str, Any]  # values by the attributes of their columns


@dataclass(frozen=True)
class Brought:
    """What became of the rows: the outcome as of a workbook, and the record of each row that was written."""

    outcome: Outcome
    records: list[Model] = field(default_factory=list)


def import_rows(
    given: Sequence[Given], *, sheet: ImportedSheet, workbook: Workbook, unit: Union, by: By, name: str
) -> Brought:
    """Bring `given`, numbered from 1, into `sheet` as the records of `unit` and the unions below it, all or nothing.

    As an import does; what a row does not name stays as it is on file. Rows that need a second person are not
    written: the outcome then waits. `name` stands in the list of imports for the file that there is not.
    """
    if closed := unit.closed_words:
        return Brought(refused(closed))
    book = Book(workbook, unit, localdate(), actor=by.actor)

    def fill(book: Book) -> None:
        _take(book, sheet, given)

    outcome = import_book(book, fill, by=by, name=name, second=SecondPerson(), change=BY_SYSTEM)
    written = outcome.ok and not outcome.waits
    return Brought(outcome, [row.record for row in book.rows[sheet] if row.record is not None] if written else [])


def _take(book: Book, sheet: ImportedSheet, given: Sequence[Given]) -> None:
    """Fill `book` with the rows, each cell read as one of a workbook; an unknown name is a fault, not passed over."""
    # As on a form every column is there, so that a fault is shown at the cell that it names.
    book.columns[sheet] = {column.attribute: place for place, column in enumerate(sheet.columns)}
    book.rows[sheet] = []
    for number, values in enumerate(given, start=1):
        row = Row(sheet, number, {name: _raw(value) for name, value in values.items() if name in sheet.by_attribute})
        for name in values.keys() - sheet.by_attribute.keys():
            book.errors.append(WorkbookError(sheet.title, number, None, None, _unknown(name)))
        for column in sheet.columns:
            if column.attribute not in values and not column.required:
                continue
            row.raw.setdefault(column.attribute, None)
            if isinstance(values.get(column.attribute), list | dict):
                book.refuse(row, column.attribute, _("应为文字、数字或空，不能是一组值"))
            elif reason := clean_cell(book, row, column):
                book.refuse(row, column.attribute, reason)
        book.rows[sheet].append(row)


def _raw(value: Any) -> Any:
    """A value as a cell of a spreadsheet holds it; of what no cell can hold, nothing."""
    if isinstance(value, bool):
        return Boolean(value)
    return None if isinstance(value, list | dict) else value


def _unknown(name: str) -> str:
    """The name as it was sent, if it is one that a person would write."""
    shown = name if len(name) <= 40 and name.isascii() and name.replace("_", "").isalpha() else "…"
    return _("没有“%(name)s”这一项") % {"name": shown}
