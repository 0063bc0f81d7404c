"""`keep` for many records of one model at once, with a row of history each; the one audit row is the caller's."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Manager
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from portal.keeping.versions import LONGEST_REASON
from portal.kept.revisions import raising
from portal.models import User

BATCH = 1000
CHUNK = 900  # SQLite takes 999 variables a statement in its older builds


def keep_new(records: Sequence[Any], actor: User | None, reason: str = "") -> list[Any]:
    """Write new records as their first versions; as stored, with their keys."""
    if not records:
        return []
    told, made = _told(actor, reason, timezone.now()), []
    with raising(records):
        for some in _in_batches(records):  # each has a row of history as large as itself
            made += bulk_create_with_history(some, type(records[0]), batch_size=BATCH, **told)
    return made


def _in_batches(records: Sequence[Any]) -> Iterator[list[Any]]:
    """The records, BATCH at a time."""
    for start in range(0, len(records), BATCH):
        yield list(records[start : start + BATCH])


def keep_many(
    records: Sequence[Any],
    actor: User | None,
    reason: str = "",
    *,
    fields: Iterable[str] = (),
    manager: Manager[Any] | None = None,
) -> None:
    """Write `fields` of records as their next versions."""
    if not records:
        return
    now = timezone.now()
    for record in records:
        record.version += 1
        record.updated_at = now
    written = list(dict.fromkeys([*fields, "version", "updated_at"]))
    with raising(records):
        for some in _in_batches(records):
            bulk_update_with_history(
                some, type(records[0]), written, batch_size=BATCH, manager=manager, **_told(actor, reason, now)
            )


def keep_alike(records: Sequence[Any], actor: User | None, **changes: Any) -> None:
    """Write the same changes to all records as their next versions: one UPDATE, whatever their number."""
    model, now = type(records[0]), timezone.now()
    for record in records:
        record.version += 1
        for name, value in (changes | {"updated_at": now}).items():
            setattr(record, name, value)
    keys = [record.pk for record in records]
    with raising(records):
        for start in range(0, len(keys), CHUNK):
            some = model.objects.filter(pk__in=keys[start : start + CHUNK])
            some.update(version=F("version") + 1, updated_at=now, **changes)
    model.history.bulk_history_create(records, batch_size=BATCH, update=True, default_user=actor, default_date=now)


def _told(actor: User | None, reason: str, now: datetime) -> dict[str, Any]:
    return {"default_user": actor, "default_change_reason": reason[:LONGEST_REASON] or None, "default_date": now}
