"""Saving one record: a workbook of one row, checked with the rules of the import and written as an import writes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from portal.fields import field_of
from portal.form_keys import keep_receipt, refuse_second
from portal.models import Union, UnionOwned, User, VersionedRecord
from portal.record_rules import Doubt
from portal.records.editing.declaration import Editing
from portal.records.editing.doubts import TWIN, refuse_doubts, twin_of
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city
from portal.workbook.errors import WorkbookError
from portal.workbook.importing.book import Book, Row, state
from portal.workbook.importing.checking import judge, merge, resolve_references
from portal.workbook.importing.sheet import IdentityColumn, ImportedSheet
from portal.workbook.importing.writing import write
from portal.workbook.numbers import next_number
from portal.workbook.sheets import heading_text

Reasons = dict[str | None, list[str]]


class RecordRefused(Exception):  # noqa: N818  named after what happens to the record
    """A record that cannot be saved: reasons in words by attribute, None for those of no single field."""

    def __init__(self, by_field: Reasons):
        super().__init__(by_field)
        self.by_field = by_field


class Overtaken(Exception):  # noqa: N818  named after what happened
    """Somebody changed the record since its form was opened; `record` is what it is now."""

    def __init__(self, record: VersionedRecord):
        super().__init__(record)
        self.record = record


@dataclass(frozen=True)
class Saved:
    """The record as written, and what was accepted with a notice."""

    record: VersionedRecord
    notices: list[str] = field(default_factory=list)


def create_record(
    editing: Editing,
    *,
    values: Mapping[str, Any],
    by: By,
    parent: UnionOwned | None = None,
    also: Mapping[str, Any] | None = None,
    key: UUID | None = None,
    digest: str = "",
    confirmed: str | None = None,
) -> Saved:
    """Make a record of `values` (as `RecordForm.values` gives them), below `parent` if the kind has one.

    `also` are fields that no column has. Locks the 填报单位. Writes the record, persons it implies, records that
    follow, their versions, with `key` a receipt, and one audit row. Raises RecordRefused, receipts.SentBeforeError
    if the form of that key was saved before, and doubts.Doubted if it is odd and `confirmed` is not the token of that.
    """
    with kept_whole():
        unit = lock_unit(parent.union if parent else by.person.union)
        if key:
            refuse_second(user=by.person, key=key, digest=digest)
        values = dict(values)
        if not values.get("number", True):
            values["number"] = next_number(editing.sheet.model, unit=unit, prefix=editing.prefix)
        book, row = _one_row(editing, values, by.person)
        record = cast("VersionedRecord", editing.sheet.model())
        book.bind(row, record)
        notices = _save(editing, book, row, parent=parent, also=also, confirmed=confirmed, by=by)
        if key:
            keep_receipt(record, user=by.person, key=key, digest=digest)
    return Saved(record, notices)


def change_record(
    editing: Editing,
    record: VersionedRecord,
    *,
    values: Mapping[str, Any],
    by: By,
    version: int | None = None,
    also: Mapping[str, Any] | None = None,
    confirmed: str | None = None,
) -> Saved:
    """Change `record` to `values`; an attribute that is missing stays as it is.

    Locks the 填报单位. Writes the record with the next version number, records that follow, their versions, and one
    audit row; nothing at all if nothing changed. Raises RecordRefused, Overtaken if the record is no longer of
    `version`, and doubts.Doubted as `create_record` does.
    """
    with kept_whole():
        lock_unit(record.union)
        record = load(editing, record.pk)
        if version is not None and record.version != version:
            raise Overtaken(record)
        if reason := editing.refusal(record):
            raise RecordRefused({None: [str(reason)]})
        book, row = _one_row(editing, dict(values), by.person)
        row.before = state(book.adopt(record))
        book.bind(row, record)
        notices = _save(editing, book, row, also=also, confirmed=confirmed, by=by)
    return Saved(record, notices)


def lock_unit(union: Union) -> Union:
    """The 填报单位 of `union`, locked: every save of its records begins with this."""
    unit: Union = Union.objects.select_for_update().get(path=union.reporting_path)
    return unit


def lock_units(*unions: Union) -> None:
    """Every 填报单位 of these, in the order of the tree: two that hand over to each other do not wait in a ring."""
    paths = sorted({union.reporting_path for union in unions})
    list(Union.objects.select_for_update().filter(path__in=paths).order_by("path"))


@contextmanager
def kept_whole() -> Iterator[None]:
    """All of it or nothing."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        # Only somebody who wrote in the same moment can break a constraint that the check had found kept.
        raise RecordRefused({None: [_("保存时与他人刚刚登记的数据冲突，未保存，请再保存一次。")]}) from None


def load(editing: Editing, pk: int) -> VersionedRecord:
    """The record with all that its rules look at."""
    sheet = editing.sheet
    return cast("VersionedRecord", sheet.model.objects.select_related("union", *sheet.related).get(pk=pk))


def _one_row(editing: Editing, values: dict, actor: User) -> tuple[Book, Row]:
    book = Book(editing.checked_with, actor.union, localdate(), actor=actor)
    row = Row(editing.sheet, 1, raw={}, values=values)
    book.rows[editing.sheet] = [row]
    book.columns[editing.sheet] = {column.attribute: place for place, column in enumerate(editing.sheet.columns)}
    return book, row


def _save(
    editing: Editing,
    book: Book,
    row: Row,
    *,
    by: By,
    also: Mapping[str, Any] | None,
    confirmed: str | None,
    parent: UnionOwned | None = None,
) -> list[str]:
    """Check the row and write it; the notices."""
    refuse_taken_keys(book, editing.sheet)
    resolve_references(book, editing.sheet)
    if parent is not None:
        _put_below(editing, book, row, parent)
    for name, value in (also or {}).items():
        setattr(row.record, name, value)
    merge(book, editing.sheet)
    if book.errors:
        raise RecordRefused(_reasons(book))
    judge(book)
    if book.errors:
        raise RecordRefused(_reasons(book))
    row.sheet.settle(book, [row])
    record = row.bound
    validate(record)
    changed = sorted(name for name, value in state(record).items() if (row.before or {}).get(name) != value)
    if not changed:
        return []
    refuse_doubts(list(_doubts(book, row)), confirmed)
    write(book, actor=by.actor)
    audit.record(
        AuditAction.RECORD_SAVED,
        by=by,
        about=record,
        fields=field_names(record, changed) if row.before else [],
    )
    return _notices(book, row)


def _doubts(book: Book, row: Row) -> Iterator[Doubt]:
    """What is odd about the row: what its sheet knows, and for a new one a record of the last minutes that is alike."""
    yield from row.sheet.doubts(book, row)
    if row.is_new and (twin := twin_of(row.bound)):
        yield Doubt(None, TWIN, like=twin)


def field_names(record: Model, attnames: list[str]) -> list[str]:
    """What people call these fields; what is kept beside them, as the path of a union, has no name of its own."""
    known = state(record)
    fields = [field_of(type(record), name.removesuffix("_id")) for name in attnames if name in known]
    return [str(field.verbose_name) for field in fields if field.editable]


def _put_below(editing: Editing, book: Book, row: Row, parent: UnionOwned) -> None:
    column = editing.sheet.column(editing.parent)
    sheet = next(sheet for sheet in editing.checked_with.sheets if sheet.model is type(parent))
    found = book.adopt(sheet.model.objects.select_related("union", *sheet.related).get(pk=parent.pk))
    if reason := editing.barred(found):
        raise RecordRefused({None: [str(reason)]})
    row.targets[column.attribute] = found
    row.values[column.attribute] = editing.sheet.referred(column, found)


@whole_city(Across.NUMBERS)
def refuse_taken_keys(book: Book, sheet: ImportedSheet) -> None:
    """A key names one record within the 填报单位: one question for all rows of `sheet`."""
    key = sheet.key
    rows = [row for row in book.rows[sheet] if row.values.get(key.attribute) not in (None, "")]
    if not isinstance(key, IdentityColumn) or not rows:
        return
    unit = Union(path=book.unit.reporting_path)
    known = sheet.on_file(unit, key, [row.values[key.attribute] for row in rows])
    taken = {key.get_value(record): record.pk for record in known}
    for row in rows:
        if taken.get(row.values[key.attribute], row.bound.pk) != row.bound.pk:
            book.refuse(row, key.attribute, _("本单位已有相同%(heading)s的记录") % {"heading": key.heading})


def _reasons(book: Book) -> Reasons:
    """The errors of the row, by attribute."""
    reasons: Reasons = {}
    for error in book.errors:
        reasons.setdefault(attribute_of(book, error), []).append(error.reason)
    return reasons


def attribute_of(book: Book, error: WorkbookError) -> str | None:
    """The field that an error is about; None where no form has it."""
    if error.sheet is None or error.column is None:
        return None
    column = book.workbook.by_title[error.sheet].by_heading.get(heading_text(error.column))
    return column.attribute if column else None


def validate(record: Model) -> None:
    """What the database would forbid, in its own words."""
    try:
        record.validate_constraints()
    except ValidationError as refused:
        reasons = {None if name == NON_FIELD_ERRORS else name: words for name, words in refused.message_dict.items()}
        raise RecordRefused(reasons) from None


def _notices(book: Book, row: Row) -> list[str]:
    for sheet in book.workbook.sheets:
        sheet.recall(book)
    return [str(remark) for remark in row.sheet.remarks(book, row)]
