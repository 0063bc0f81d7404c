"""Who changed a record, when, and which of its fields."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.access import path_range
from portal.fields import BlindIndexField, EncryptedTextField, PathField
from portal.records.attribute import as_text

VERSIONS_SHOWN = 50
KINDS_OF_CHANGE = {"+": gettext_lazy("建立"), "~": gettext_lazy("修改"), "-": gettext_lazy("删除")}
UNTOLD_FIELDS = frozenset({"id", "version", "updated_at"})


@dataclass(frozen=True)
class Change:
    """A field that changed. `told` is false where only that much may be shown."""

    label: str
    told: bool
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Version:
    """`act` is what the service said it did, else only that something was changed."""

    at: datetime.datetime
    actor: str
    act: str
    changes: tuple[Change, ...]


def versions(record: models.Model, user) -> list[Version]:
    """The latest versions, newest first.

    Those written while the record belonged to a union outside the user's scope are left out, and nothing is compared
    with them.
    """
    rows = list(
        record.history.filter(path_range(user.union.path))
        .select_related("history_user__union")
        .order_by("-history_date", "-history_id")[: VERSIONS_SHOWN + 1]
    )
    earlier = [*rows[1:], None]
    return [_version(before, row, user) for row, before in zip(rows, earlier, strict=False)][:VERSIONS_SHOWN]


def _version(before, row, user) -> Version:
    act = row.history_change_reason or str(KINDS_OF_CHANGE[row.history_type])
    return Version(row.history_date, actor_of(row, user), act, tuple(_changes(before, row)))


def actor_of(row, user) -> str:
    """Who wrote a version, as `user` may know it."""
    if row.history_user is None:
        return _("系统")
    if not user.union.contains(row.history_user.union):
        return _("其他单位人员")
    return str(row.history_user)


def _changes(before, after) -> Iterator[Change]:
    if before is None or after.history_type != "~":
        return
    for field in after.tracked_fields:
        if field.name in UNTOLD_FIELDS or isinstance(field, BlindIndexField | PathField):
            continue
        old, new = getattr(before, field.attname), getattr(after, field.attname)
        if old == new:
            continue
        # A reference names a record by its key only; an encrypted value stays where it is.
        told = not field.is_relation and not isinstance(field, EncryptedTextField)
        yield Change(str(field.verbose_name), told, *([_words(field, old), _words(field, new)] if told else []))


def _words(field, value) -> str:
    return str(dict(field.flatchoices).get(value, "")) or as_text(value)
