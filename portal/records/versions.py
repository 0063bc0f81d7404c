"""Who changed a record, when, and which of its fields."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.access import path_range
from portal.fields import BlindIndexField, EncryptedTextField, PathField, target
from portal.models import User
from portal.records.attribute import as_text
from portal.records.references import Names, is_named, name_for, names_of, outside

VERSIONS_SHOWN = 50
KINDS_OF_CHANGE = {"+": gettext_lazy("建立"), "~": gettext_lazy("修改"), "-": gettext_lazy("删除")}
UNTOLD_FIELDS = frozenset({"id", "version", "updated_at"})
# Why, by whom and when is what the version itself says: 作废：录入错误, with its actor and time.
TOLD_BY_THE_ACT = frozenset({"void_reason", "void_note", "void_asked_by", "void_asked_at", "voided_by", "voided_at"})


@dataclass(frozen=True)
class ChangedField:
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
    changes: tuple[ChangedField, ...]


def versions_of(record: models.Model | type[models.Model]) -> Any:
    """The manager of the versions of a record, or of all records of a model: the library brings no types."""
    return cast("Any", record).history


def versions(record: models.Model, user: User) -> list[Version]:
    """The latest versions, newest first.

    Those written while the record belonged to a union outside the user's scope are left out, and nothing is compared
    with them.
    """
    rows = list(
        versions_of(record)
        .filter(path_range(user.union.path))
        .select_related("history_user__union")
        .order_by("-history_date", "-history_id")[: VERSIONS_SHOWN + 1]
    )
    pairs = list(zip([*rows[1:], None], rows, strict=False))[:VERSIONS_SHOWN]
    changed = [change for before, row in pairs for change in _changed(before, row)]
    names = names_of(((field, key) for field, *keys in changed for key in keys), user)
    return [_version(before, row, user, names) for before, row in pairs]


def former_numbers(record: models.Model) -> list[str]:
    """Under which numbers a record was kept before a union that moved brought it where its own was in use.

    They are its own, and told to whoever may see it, wherever it was then.
    """
    number = getattr(record, "number", None)
    if number is None or not hasattr(record, "history"):
        return []
    earlier = record.history.exclude(number=number).order_by("number")
    return list(earlier.values_list("number", flat=True).distinct())


def _version(before: Any, row: Any, user: User, names: Names) -> Version:
    act = row.history_change_reason or str(KINDS_OF_CHANGE[row.history_type])
    return Version(row.history_date, actor_of(row, user), act, tuple(_changes(before, row, names)))


def actor_of(row: Any, user: User) -> str:
    """Who wrote a version, as `user` may know it."""
    return _("系统") if row.history_user is None else name_for(row.history_user, user)


def _changes(before: Any, after: Any, names: Names) -> Iterator[ChangedField]:
    for field, old, new in _changed(before, after):
        if field.name in TOLD_BY_THE_ACT:
            continue
        told = is_told(field)
        words = [_words(field, value, names) for value in (old, new)] if told else []
        yield ChangedField(str(field.verbose_name), told, *words)


def _changed(before: Any, after: Any) -> Iterator[tuple[models.Field, object, object]]:
    """The fields that differ between two versions, each with what it held: of a reference the key."""
    if before is None or after.history_type != "~":
        return
    for field in told_of(type(after)):
        old, new = getattr(before, field.attname), getattr(after, field.attname)
        if old != new:
            yield field, old, new


def changed_fields(before: Any, after: Any) -> list[models.Field]:
    """The fields that differ between two versions of one record."""
    return [field for field, _old, _new in _changed(before, after)]


def told_of(history: Any) -> Iterator[models.Field]:
    """The fields whose changes a history shows, be it only that they changed."""
    for field in history.tracked_fields:
        if field.name not in UNTOLD_FIELDS and not isinstance(field, BlindIndexField | PathField):
            yield field


def is_told(field: models.Field) -> bool:
    """Whether its values are shown: an encrypted value stays where it is, and a person is known by their number."""
    return is_named(field) if field.is_relation else not isinstance(field, EncryptedTextField)


def _words(field: models.Field, value: object, names: Names) -> str:
    if field.is_relation and value is not None:
        return names.get((target(field), value), outside())
    return str(dict(field.flatchoices).get(value, "")) or as_text(value)
