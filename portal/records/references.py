"""What a reference in a version of a record named, as somebody may know it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, cast

from django.db import models
from django.utils.translation import gettext as _

from portal.fields import target
from portal.models import Campaign, Union, UnionOwned, User

Names = dict[tuple[type[models.Model], object], str]

# Models with a name that may be told: others name somebody by an identity number, or nothing at all.
NAMED = (User, Union, Campaign, UnionOwned)


def is_named(field: models.Field) -> bool:
    """Whether the field refers to something that has a name to be told."""
    return field.is_relation and issubclass(target(field), NAMED)


def names_of(referred: Iterable[tuple[models.Field, object]], user: User) -> Names:
    """The names of all that is referred to, fields with keys, by model and key. One query for each model."""
    keys: dict[type[models.Model], set[Any]] = defaultdict(set)
    for field, key in referred:
        if is_named(field) and key is not None:
            keys[target(field)].add(key)
    return {
        (model, record.pk): name_for(record, user) for model, wanted in keys.items() for record in _read(model, wanted)
    }


def _read(model: type[models.Model], keys: set) -> models.QuerySet:
    records = model._base_manager.filter(pk__in=keys)
    return records.select_related("union") if model is User else records


def name_for(record: models.Model, user: User) -> str:
    """The name of a person or a record; of those outside the scope of `user` only that they are."""
    if isinstance(record, User):
        return str(record) if user.union.contains(record.union) else _("其他单位人员")
    if isinstance(record, Campaign):
        return str(record)
    path: str = record.path if isinstance(record, Union) else cast("UnionOwned", record).union_path
    return str(record) if path.startswith(user.union.path) else outside()


def outside() -> str:
    """What stands for a record that is not in the scope of who looks, or is no more."""
    return _("（不在本单位）")
