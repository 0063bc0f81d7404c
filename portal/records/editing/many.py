"""Saving many new records of one form at once: a workbook of as many rows, all of it or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from portal.form_keys import keep_receipt, refuse_second
from portal.models import AuditEntry, Union, UnionOwned, User
from portal.records.editing.declaration import Editing
from portal.records.editing.saving import Reasons, attribute_of, kept_whole, lock_unit
from portal.workbook.importing.book import Book, Row
from portal.workbook.importing.checking import judge, merge, resolve_references
from portal.workbook.importing.writing import write
from portal.workbook.numbers import next_numbers


class RecordsRefused(Exception):  # noqa: N818  named after what happens to the records
    """Rows that cannot be saved: by the key of the parent, reasons in words by attribute."""

    def __init__(self, by_parent: dict[int, Reasons]):
        super().__init__(by_parent)
        self.by_parent = by_parent


def create_records(
    editing: Editing,
    *,
    rows: Sequence[tuple[int, Mapping[str, Any]]],
    by: By,
    key: UUID | None = None,
    digest: str = "",
    above: type[UnionOwned] | None = None,
    each_audited: bool = False,
) -> list[UnionOwned]:
    """Make one record below each parent, from pairs of the parent's key and its values; numbers are made.

    `above` is the model of the parents where the form knows several. Locks the 填报单位 of `by`. Writes the records, a
    version of each, with `key` a receipt, and one audit row that says how many, or one of each; the number of queries
    does not grow with the rows. What the database alone would refuse (a constraint
    that no rule tells) is refused for the whole. Raises RecordsRefused with every fault of every row, RecordRefused,
    and receipts.SentBeforeError if the form of that key was saved before.
    """
    with kept_whole():
        unit = lock_unit(by.person.union)
        if key:
            refuse_second(user=by.person, key=key, digest=digest)
        book = _book(editing, rows, unit, by.person, above or _only_model_above(editing))
        merge(book, editing.sheet)
        judge(book)
        if book.errors:
            raise RecordsRefused(_reasons(book, [parent for parent, _values in rows]))
        write(book, actor=by.actor)
        records = [row.bound for row in book.rows[editing.sheet]]
        if key:
            keep_receipt(records[0], user=by.person, key=key, digest=digest)
        _tell(editing, records, by, each=each_audited)
    return records


def _tell(editing: Editing, records: Sequence[UnionOwned], by: By, *, each: bool) -> None:
    if each:
        unions = Union.objects.in_bulk({record.union_id for record in records})
        AuditEntry.objects.bulk_create(
            audit.entry(AuditAction.RECORD_SAVED, by=by, about=record, union=unions[record.union_id], fields=[])
            for record in records
        )
    else:
        subject = str(editing.sheet.model._meta.verbose_name)
        audit.record(AuditAction.RECORD_SAVED, by=by, subject=subject, count=len(records))


def _only_model_above(editing: Editing) -> type[UnionOwned]:
    (model,) = editing.parents.values()
    return model


def _book(editing: Editing, rows: Sequence[tuple], unit: Union, actor: User, above: type[UnionOwned]) -> Book:
    """A book of these rows, each below its parent."""
    sheet = editing.sheet
    book = Book(editing.checked_with, actor.union, localdate(), actor=actor)
    book.columns[sheet] = {column.attribute: place for place, column in enumerate(sheet.columns)}
    book.rows[sheet] = [
        Row(sheet, place, raw={}, values=values) for place, values in enumerate(_numbered(editing, rows, unit))
    ]
    for row in book.rows[sheet]:
        book.bind(row, sheet.model())
    resolve_references(book, sheet)
    _put_below(editing, book, [parent for parent, _values in rows], above)
    return book


def _numbered(editing: Editing, rows: Sequence[tuple], unit: Union) -> Iterator[dict]:
    """The values of each row, with a number where the kind has numbers."""
    if not editing.prefix:
        return (dict(values) for _parent, values in rows)
    numbers = next_numbers(editing.sheet.model, unit=unit, prefix=editing.prefix, count=len(rows))
    return ({**values, "number": number} for number, (_parent, values) in zip(numbers, rows, strict=True))


def _put_below(editing: Editing, book: Book, parents: list[int], model: type[UnionOwned]) -> None:
    column = editing.sheet.column(editing.parent)
    (above,) = (editing.checked_with.by_title[title] for title in column.refers if _holds(editing, title, model))
    found = above.model.objects.select_related("union", *above.related).in_bulk(parents)
    for row, parent in zip(book.rows[editing.sheet], parents, strict=True):
        row.targets[column.attribute] = book.adopt(found[parent])
        row.values[column.attribute] = editing.sheet.referred(column, row.targets[column.attribute])


def _holds(editing: Editing, title: str, model: type[UnionOwned]) -> bool:
    return editing.checked_with.by_title[title].model is model


def _reasons(book: Book, parents: list[int]) -> dict[int, Reasons]:
    reasons: dict[int, Reasons] = {}
    for error in book.errors:
        of_row = reasons.setdefault(parents[error.row or 0], {})
        of_row.setdefault(attribute_of(book, error), []).append(error.reason)
    return reasons
