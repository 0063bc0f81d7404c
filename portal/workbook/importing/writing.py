"""Writing a checked workbook: in bulk, in the order of references, with a version for every record."""

from django.db.models import Model
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from portal.workbook.importing.book import UNCOMPARED, Book, state
from portal.workbook.importing.checking import by_dependency

BATCH = 1000


def write(book: Book, *, actor) -> None:
    """Write every new and changed record of `book`, and those that follow; the caller holds the transaction."""
    for model, records in book.opened.items():
        model.objects.bulk_create(records, batch_size=BATCH)
    for sheet in by_dependency(book):
        rows = [row for row in book.rows[sheet] if row.record is not None]
        create(sheet.model, [row.record for row in rows if row.is_new], actor=actor)
        update(sheet.model, [row.record for row in rows if not row.is_new and is_dirty(row)], actor=actor)
    for model, records in book.followers.items():
        update(model, records, actor=actor)


def is_dirty(row) -> bool:
    return state(row.record) != row.before


def create(model: type[Model], records: list[Model], *, actor) -> None:
    if records:
        bulk_create_with_history(records, model, batch_size=BATCH, default_user=actor, default_date=timezone.now())


def update(model: type[Model], records: list[Model], *, actor) -> None:
    """Update `records` with the next version number. Hashes beside encrypted fields are brought up to date first."""
    if not records:
        return
    now = timezone.now()
    for record in records:
        record.version += 1
        record.updated_at = now
        refresh_computed(record)
    fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    bulk_update_with_history(records, model, fields, batch_size=BATCH, default_user=actor, default_date=now)


def refresh_computed(record: Model) -> None:
    """Fields that compute themselves on save do not do so in a bulk update."""
    for field in record._meta.concrete_fields:
        if field.name not in UNCOMPARED:
            field.pre_save(record, add=False)
