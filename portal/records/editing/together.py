"""Records of several kinds made by one form: a workbook of their rows, checked and written as one, all or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from portal.form_keys import keep_receipt, refuse_second
from portal.models import Union, User
from portal.record_rules import Doubt
from portal.records.editing.declaration import Editing
from portal.records.editing.doubts import refuse_doubts
from portal.records.editing.saving import (
    Reasons,
    RecordRefused,
    attribute_of,
    kept_whole,
    lock_unit,
    refuse_taken_keys,
    validate,
)
from portal.workbook.importing.book import Book, Row
from portal.workbook.importing.checking import by_dependency, judge, merge, resolve_references
from portal.workbook.importing.sheet import IdentityColumn, ImportedSheet
from portal.workbook.importing.writing import write
from portal.workbook.numbers import next_numbers
from portal.workbook.sheets import Workbook


@dataclass(eq=False)
class FormPart:
    """One record to be made: its form, its values as `RecordForm.values` gives them, and the part it belongs to."""

    editing: Editing
    values: Mapping[str, Any]
    below: "FormPart | None" = None


class PartsRefused(Exception):  # noqa: N818  named after what happens to the parts
    """Parts that cannot be saved: reasons in words by part and attribute."""

    def __init__(self, by_part: dict[FormPart, Reasons]):
        super().__init__(by_part)
        self.by_part = by_part


@dataclass(frozen=True)
class SavedTogether:
    """The records as written, by part, and what was accepted with a notice."""

    records: dict[FormPart, Any]
    notices: list[str]


def create_together(
    parts: Sequence[FormPart],
    *,
    by: By,
    key: UUID | None = None,
    digest: str = "",
    confirmed: str | None = None,
    doubts: Sequence[Doubt] = (),
) -> SavedTogether:
    """Make the record of every part, each below the record of the part it belongs to; the first is what they are about.

    Locks the 填报单位 of `by`. Writes the records, persons they imply, a version and an audit row of each, and with
    `key` a receipt of the first. Numbers left blank are made. Raises PartsRefused with every fault of every part,
    RecordRefused, receipts.SentBeforeError if the form of that key was saved before, and doubts.Doubted if something
    is odd, `doubts` among it, and `confirmed` is not the token of that.
    """
    actor: Any = by.actor  # whoever fills in a form is somebody
    with kept_whole():
        unit = lock_unit(actor.union)
        if key:
            refuse_second(user=actor, key=key, digest=digest)
        book, rows = _book(parts, unit, actor)
        _check(book, rows)
        refuse_doubts([*doubts, *_doubts(book, rows)], confirmed)
        write(book, actor=actor)
        records = {part: _made(row) for part, row in rows.items()}
        union = records[parts[0]].union
        for record in records.values():
            audit.record(AuditAction.RECORD_SAVED, by=by, about=record, union=union, fields=[])
        if key:
            keep_receipt(records[parts[0]], user=actor, key=key, digest=digest)
        return SavedTogether(records, list(_notices(book, rows)))


def workbook_of(parts: Sequence[FormPart]) -> Workbook:
    """The sheets of all the forms: each form's own, and beside them those that its rules look at."""
    own = {part.editing.sheet.title: part.editing.sheet for part in parts}
    others = {sheet.title: sheet for part in parts for sheet in part.editing.workbook.sheets}
    return Workbook(tuple((others | own).values()))


def _book(parts: Sequence[FormPart], unit: Union, actor: User) -> tuple[Book, dict[FormPart, Row]]:
    """A book of these parts, a row each: bound to new records, and put below one another."""
    book = Book(workbook_of(parts), actor.union, localdate(), actor=actor)
    rows = {}
    for editing, values in _numbered(parts, unit):
        of_sheet = book.rows.setdefault(editing.sheet, [])
        book.columns[editing.sheet] = {column.attribute: at for at, column in enumerate(editing.sheet.columns)}
        for part, own in values.items():
            rows[part] = Row(editing.sheet, len(of_sheet) + 1, raw={}, values=own)
            of_sheet.append(rows[part])
            book.bind(rows[part], editing.sheet.model())
    for sheet in by_dependency(book):
        if book.errors:
            break  # what belongs to a faulty part cannot be judged yet
        _refuse_twice(book, sheet)
        refuse_taken_keys(book, sheet)
        resolve_references(book, sheet)
        for part, row in rows.items():
            if row.sheet is sheet and part.below:
                _put_below(part, row, rows[part.below])
        merge(book, sheet)
    return book, {part: rows[part] for part in parts}


def _numbered(parts: Sequence[FormPart], unit: Union) -> Iterator[tuple[Editing, dict[FormPart, dict]]]:
    """The values of the parts by form, with a number where none was typed."""
    by_form = sorted(parts, key=lambda part: part.editing.sheet.title)
    for _title, same in groupby(by_form, key=lambda part: part.editing.sheet.title):
        values = {part: dict(part.values) for part in same}
        editing = next(iter(values)).editing
        blank = [own for own in values.values() if editing.prefix and not own.get("number")]
        made = next_numbers(editing.sheet.model, unit=unit, prefix=editing.prefix, count=len(blank)) if blank else []
        for own, number in zip(blank, made, strict=True):
            own["number"] = number
        yield editing, values


def _refuse_twice(book: Book, sheet: ImportedSheet) -> None:
    """A number of a person, or of a record, that an earlier part of the same kind has."""
    key, first = sheet.key, dict[Any, Row]()
    for row in book.rows[sheet] if isinstance(key, IdentityColumn) else ():
        value = row.values.get(key.attribute)
        if value not in (None, "") and first.setdefault(value, row) is not row:
            words = {"place": first[value].number, "heading": key.heading}
            book.refuse(row, key.attribute, _("与上面第 %(place)d 项的%(heading)s相同") % words)


def _made(row: Row) -> Any:
    """The record of a row, which of a form is bound to one from the start."""
    return row.record


def _put_below(part: FormPart, row: Row, above: Row) -> None:
    column = part.editing.sheet.column(part.editing.parent)
    row.targets[column.attribute] = _made(above)
    row.values[column.attribute] = part.editing.sheet.referred(column, _made(above))


def _check(book: Book, rows: Mapping[FormPart, Row]) -> None:
    """Raise PartsRefused for what a workbook of these rows, or the database, would refuse."""
    if not book.errors:
        judge(book)
    if book.errors:
        parts: dict[tuple[str | None, int | None], FormPart] = {
            (row.sheet.title, row.number): part for part, row in rows.items()
        }
        by_part: dict[FormPart, Reasons] = {}
        for error in book.errors:
            reasons = by_part.setdefault(parts[error.sheet, error.row], {})
            reasons.setdefault(attribute_of(book, error), []).append(error.reason)
        raise PartsRefused(by_part)
    for part, row in rows.items():
        row.sheet.settle(book, [row])
        try:
            validate(_made(row))
        except RecordRefused as refused:
            raise PartsRefused({part: refused.by_field}) from None


def _doubts(book: Book, rows: Mapping[FormPart, Row]) -> Iterator[Doubt]:
    for row in rows.values():
        yield from row.sheet.doubts(book, row)


def _notices(book: Book, rows: Mapping[FormPart, Row]) -> Iterator[str]:
    for sheet in book.workbook.sheets:
        sheet.recall(book)
    for row in rows.values():
        yield from (str(remark) for remark in row.sheet.remarks(book, row))
