"""Writing a checked workbook: in bulk, in the order of references, with a version for every record."""

from collections.abc import Iterable, Sequence

from django.db.models import F, Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.keeping import keep_many, keep_new
from portal.models import UnionOwned, User
from portal.models.voidable import all_of
from portal.words.typed_words import claim_words
from portal.workbook.importing.book import UNCOMPARED, Book, Row, state
from portal.workbook.importing.checking import by_dependency
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.sheet import ImportedSheet

BATCH = 1000


# How a version came about that was not made on a page.
BY_WORKBOOK, BY_LIST, BY_SYSTEM = _("导入工作簿"), _("导入名单"), _("接口写入")


def write(book: Book, *, actor: User | None, change: str | Promise = "") -> None:
    """Write every new and changed record of `book`, and those that follow; the caller holds the transaction.

    `change` is how their versions came about, in words; '' for what somebody entered on a page.
    """
    said = str(change)
    for model, records in book.opened.items():
        model._default_manager.bulk_create(records, batch_size=BATCH)
    for sheet in by_dependency(book):
        rows = [row for row in book.rows[sheet] if row.record is not None]
        sheet.settle(book, rows)
        settle_words(sheet, rows)
        park(sheet, rows)
        _update(records_of(row for row in rows if not row.is_new and is_dirty(row)), actor, said)
        keep_new(records_of(row for row in rows if row.is_new), actor, said)
        sheet.keep_beside(records_of(row for row in rows if row.changed & sheet.beside), actor, said)
        claim_words(records_of(row for row in rows if row.is_new or "name" in row.changed))
    for records in (*book.followers.values(), *book.void_followers.values()):
        _update(records, actor, said)


def settle_words(sheet: ImportedSheet, rows: list[Row]) -> None:
    """Let words that were typed anew mean what they name."""
    for word in getattr(sheet.model, "typed_words", ()):
        word.settle(records_of(row for row in rows if row.is_new or word.word in row.changed))


def park(sheet: ImportedSheet, rows: list[Row]) -> None:
    """Take rows that change places out of each other's way before they are updated.

    Unique indexes are checked row by row, so two records that exchange what is unique would collide half-way. Each is
    first made to refer to nobody, which the database allows until the transaction ends: foreign keys are deferred.
    """
    moved = records_of(row for row in rows if not row.is_new and row.changed.intersection(sheet.exclusive))
    for chunk in in_chunks([record.pk for record in moved]):
        sheet.model.objects.filter(pk__in=chunk).update(**{f"{sheet.exclusive[0]}_id": -F("pk")})


def records_of(rows: Iterable[Row]) -> list[UnionOwned]:
    return [row.record for row in rows if row.record is not None]


def is_dirty(row: Row) -> bool:
    """Whether the record, or what stands beside it, is not as on file."""
    return row.record is not None and bool(state(row.record) != row.before or row.changed & row.sheet.beside)


def _update(records: Sequence[Model], actor: User | None, change: str) -> None:
    """The next version of `records`. Hashes beside encrypted fields are brought up to date first."""
    for record in records:
        refresh_computed(record)
    if records:
        fields = [field.name for field in records[0]._meta.concrete_fields if not field.primary_key]
        keep_many(records, actor, change, fields=fields, manager=all_of(type(records[0])))


def refresh_computed(record: Model) -> None:
    """Fields that compute themselves on save do not do so in a bulk update."""
    for field in record._meta.concrete_fields:
        if field.name not in UNCOMPARED:
            field.pre_save(record, add=False)
