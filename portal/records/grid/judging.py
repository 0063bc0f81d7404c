"""The lines of a grid judged as rows of a workbook. Nothing is written here."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.models import Union
from portal.record_rules import Doubt
from portal.records.editing.doubts import TWIN, twins_of
from portal.records.editing.saving import RecordRefused, attribute_of, refuse_taken_keys, validate
from portal.records.grid.form import NUMBER, GridForm
from portal.records.grid.lines import Line
from portal.workbook.cells import CellFault
from portal.workbook.importing.book import Book, Row, state
from portal.workbook.importing.checking import find_keys_used_twice, judge, merge, resolve_references, targets
from portal.workbook.numbers import next_numbers
from portal.workbook.sheets import Column

ALIKE = gettext_lazy("与第 %(line)d 行填写的完全相同，请核对是否重复。")


def judged(form: GridForm, lines: Sequence[Line]) -> Book:
    """A book of these lines, every fault and doubt told at its line: the rows stand in the order of the lines."""
    for line in lines:
        line.reasons, line.doubts = {}, []
    book, sheet = _book(form, lines), form.editing.sheet
    find_keys_used_twice(book, sheet)
    refuse_taken_keys(book, sheet)
    resolve_references(book, sheet)
    _refuse_barred(form, book)
    merge(book, sheet)
    judge(book)
    by_number = {line.number: line for line in lines}
    for row in book.rows[sheet]:
        is_known = row.is_new and getattr(row.record, f"{form.editing.parent}_id", None)
        by_number[row.number].made = row.record if is_known else None
    for error in book.errors:
        _tell(form, by_number[error.row or 0], attribute_of(book, error), error.column, error.reason)
    _doubt(form, book, lines)
    return book


def keep_constraints(form: GridForm, book: Book, lines: Sequence[Line]) -> None:
    """Tell at each line what the database would refuse of it."""
    for line, row in zip(lines, book.rows[form.editing.sheet], strict=True):
        record: Any = row.record
        try:
            validate(record)
        except RecordRefused as refused:
            for attribute, reasons in refused.by_field.items():
                for reason in reasons:
                    _tell(form, line, attribute, attribute, reason)


def _tell(form: GridForm, line: Line, attribute: str | None, heading: str | None, reason: str) -> None:
    """A fault at its cell; at the line, with the heading, where the grid does not show the column."""
    if attribute in form.attributes:
        line.refuse(attribute, reason)
    else:
        line.refuse(None, _("%(heading)s：%(reason)s") % {"heading": heading, "reason": reason} if heading else reason)


def _book(form: GridForm, lines: Sequence[Line]) -> Book:
    sheet, user = form.editing.sheet, form.user
    book = Book(form.editing.checked_with, user.union, localdate(), actor=user)
    book.columns[sheet] = {column.attribute: place for place, column in enumerate(sheet.columns)}
    book.rows[sheet] = [Row(sheet, line.number, raw=dict(line.typed)) for line in lines]
    _fill_in(form, book, lines)
    for line, row in zip(lines, book.rows[sheet], strict=True):
        if line.record is None:
            book.bind(row, sheet.model())
        else:
            known = book.adopt(line.record)
            row.before = state(known)
            book.bind(row, known)
    _number(form, book)
    return book


def _fill_in(form: GridForm, book: Book, lines: Iterable[Line]) -> None:
    """Read every cell into its row; blank ones of new records by what they mean there."""
    rows = book.rows[form.editing.sheet]
    followed = _followed(form, book, rows)
    for line, row in zip(lines, rows, strict=True):
        meant = form.defaults | followed.get(row.number, {})
        for attribute in {**dict.fromkeys(form.attributes), **form.defaults}:
            column = form.editing.sheet.column(attribute)
            text = line.typed.get(attribute, "").strip() or str(meant.get(attribute, ""))
            if form.stays(line, column):
                continue
            _read(form, book, row, column, text)


def _read(form: GridForm, book: Book, row: Row, column: Column, text: str) -> None:
    try:
        row.values[column.attribute] = form.value(column, text)
    except CellFault as fault:
        book.refuse(row, column.attribute, fault)


def _followed(form: GridForm, book: Book, rows: Iterable[Row]) -> dict[int, dict[str, Any]]:
    """By line, what the record that a new one belongs to tells of its blank cells."""
    if not (form.is_new and form.grid.told):
        return {}
    column, named = form.editing.sheet.column(form.editing.parent), {}
    for row in rows:
        try:
            named[row.number] = form.value(column, row.raw.get(column.attribute, ""))
        except CellFault:
            continue  # told where the cell is read
    found = targets(book, column, set(named.values()))
    typed = {row.number: row.raw for row in rows}
    return {
        number: dict(form.grid.follows(found[name], typed[number])) for number, name in named.items() if name in found
    }


def _number(form: GridForm, book: Book) -> None:
    """Make the numbers that were left blank."""
    rows = [row for row in book.rows[form.editing.sheet] if row.is_new and not row.values.get(NUMBER, True)]
    if rows:
        unit = Union.objects.get(path=form.user.union.reporting_path)
        numbers = next_numbers(form.editing.sheet.model, unit=unit, prefix=form.editing.prefix, count=len(rows))
        for row, number in zip(rows, numbers, strict=True):
            row.values[NUMBER] = number


def _refuse_barred(form: GridForm, book: Book) -> None:
    """Nothing new below what takes nothing new by hand, and no change of what cannot be changed now."""
    for row in book.rows[form.editing.sheet]:
        parent = row.targets.get(form.editing.parent)
        if row.is_new and parent is not None and (reason := form.editing.barred(parent)):
            book.refuse(row, form.editing.parent, reason)


def _doubt(form: GridForm, book: Book, lines: Sequence[Line]) -> None:
    """What is odd about lines that are right: what the sheet knows, and new records that seem to be made twice."""
    sheet = form.editing.sheet
    right = [(line, row) for line, row in zip(lines, book.rows[sheet], strict=True) if not line.reasons]
    sheet.settle(book, [row for _line, row in right])
    for line, row in right:
        line.doubts.extend(sheet.doubts(book, row))
    new: list[tuple[Line, Any]] = [(line, row.record) for line, row in right if row.is_new]
    records = [record for _line, record in new]
    for place, doubt in form.grid.doubts(records, form.user):
        new[place][0].doubts.append(doubt)
    for place, twin in twins_of(records, user=form.user):
        new[place][0].doubts.append(Doubt(None, str(TWIN), like=twin))
    first: dict[frozenset, Line] = {}
    for line, _record in new:
        same = frozenset((name, text.strip()) for name, text in line.typed.items() if name != NUMBER and text.strip())
        other = first.setdefault(same, line)
        if other is not line:
            line.doubts.append(Doubt(None, str(ALIKE) % {"line": other.number}))
