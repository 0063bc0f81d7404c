"""A union moves in the tree, with all below it and all their records."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from portal.access import path_range
from portal.fields import PathField, field_of
from portal.keeping import keep_many
from portal.kept.revisions import fields_read, raise_units, units_counting
from portal.models import Union, UnionOwned, User, VersionedRecord
from portal.models.voidable import all_of
from portal.unions.places import move_in_tree
from portal.workbook.importing.chunks import in_chunks


class UnionMoveRefused(Exception):  # noqa: N818  named after what happens
    """A union cannot stand where it should; the text says why."""


class MoveGuard(Protocol):
    """What an app above has to say about moves; made before the first of them, asked when all are made."""

    def before(self, union: Union, giver: Union, receiver: Union) -> None:
        """Look at one move of `union` from one 填报单位 to another, not made yet. Raises UnionMoveRefused."""

    def carry(self, union: Union, giver: Union, receiver: Union, *, actor: User | None) -> list[str]:
        """Bring along what the move, just made, would leave without cover; what was brought, in words."""

    def after(self, union: Union, giver: Union, receiver: Union) -> None:
        """Put right what is kept of each 填报单位 beside its records; the move, and what it carried, are made."""

    def faults(self) -> list[str]:
        """What the moves broke, in words."""


@dataclass(frozen=True)
class Renamed:
    """A number or name that was in use where its record came to."""

    kind: str
    old: str
    new: str


@dataclass
class Moved:
    """What went along with a union: records by what they are called, new numbers, money in words."""

    counts: dict[str, int] = field(default_factory=dict)
    renamed: list[Renamed] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)


def guards() -> list[MoveGuard]:
    """One of each kind that `settings.UNION_MOVE_GUARDS` names, as things stand now."""
    return [import_string(path)() for path in settings.UNION_MOVE_GUARDS]


def move_union(
    union: Union,
    *,
    under: Union,
    watching: list[MoveGuard] | None = None,
    with_funds: bool = False,
    heir: Union | None = None,
    actor: User | None = None,
) -> Moved:
    """Move `union` and all below it; its records go along, each with a version that says so.

    What `union` holds itself becomes the `heir`'s, if there is one, but for what shows what it was: its reports.
    What is in use in the 填报单位 it comes to (a number, a name) gets the code of the one it leaves in front. With
    `with_funds` money goes along that the move would leave uncovered. Raises UnionMoveRefused; the caller holds the
    transaction and asks `watching` for faults when all is moved.
    """
    old_path, giver = union.path, union.reporting_unit()
    receiver = under.reporting_unit() if not under.is_city else union
    crosses = giver.pk != receiver.pk
    for guard in watching or () if crosses else ():
        guard.before(union, giver, receiver)
    words = _("“%(union)s”并入“%(new)s”") if heir else _("“%(union)s”由“%(old)s”划入“%(new)s”")
    reason = words % {
        "union": union.name,
        "old": Union.objects.get_parent(union).name,
        "new": under.name,
    }
    move_in_tree(union, under=under)
    if heir:
        heir.refresh_from_db()
    moved = Moved()
    raise_units([old_path, giver.path, union.path, *([heir.path] if heir else [])])
    for model in records_with_paths():
        _bring_along(model, old_path, union, giver, moved, heir=heir, reason=reason, actor=actor)
    for guard in watching or () if crosses and with_funds else ():
        moved.carried += guard.carry(union, giver, receiver, actor=actor)
    for guard in watching or () if crosses else ():
        guard.after(union, giver, receiver)
    return moved


def records_with_paths() -> list[type[UnionOwned]]:
    """Every model that goes by its own copy of the union's path.

    Histories, the audit log and rows that only grow stay as they were written: these go by the path of their owner.
    """
    owned = [model for model in apps.get_models() if issubclass(model, UnionOwned)]
    return [model for model in owned if all_of(model).all().path_field == "union_path"]


def _bring_along(
    model: type[UnionOwned],
    old_path: str,
    union: Union,
    giver: Union,
    moved: Moved,
    *,
    heir: Union | None,
    reason: str,
    actor: User | None,
) -> None:
    moving = all_of(model).filter(path_range(old_path)).order_by("pk")
    clashes = _renamed(model, moving, union, giver)
    moved_path = Concat(Value(union.path), Substr("union_path", len(old_path) + 1))
    try:
        with transaction.atomic():
            for field, names in clashes.items():
                for pk, name in names.items():
                    all_of(model).filter(pk=pk).update(**{field: name.new})
            keys = list(moving.values_list("pk", flat=True))
            raise_units(units_counting(model, moving.values(*fields_read(model))))
            all_of(model).filter(path_range(old_path)).update(union_path=moved_path)
            for field in _other_paths(model):
                elsewhere = Concat(Value(union.path), Substr(field, len(old_path) + 1))
                all_of(model).filter(path_range(old_path, field)).update(**{field: elsewhere})
            if heir and model.goes_to_heir:
                all_of(model).filter(union=union).update(union=heir, union_path=heir.path)
    except IntegrityError:
        words = _("“%(union)s”不能移动：其%(records)s与新的上级单位重复，请先办理转移或注销其中一份")
        raise UnionMoveRefused(words % {"union": union.name, "records": model._meta.verbose_name}) from None
    if keys:
        moved.counts[str(model._meta.verbose_name)] = len(keys)
    moved.renamed += [name for names in clashes.values() for name in names.values()]
    if issubclass(model, VersionedRecord):
        _keep_versions(model, keys, reason=reason, actor=actor)


def _other_paths(model: type[UnionOwned]) -> list[str]:
    """Copies of the path of another union than the owner: where a household is on its way to."""
    fields = [field.name for field in model._meta.concrete_fields if isinstance(field, PathField)]
    return [name for name in fields if name != "union_path"]


def _keep_versions(model: type[UnionOwned], keys: list[int], *, reason: str, actor: User | None) -> None:
    for chunk in in_chunks(keys):
        keep_many(list(all_of(model).filter(pk__in=chunk)), actor, reason, manager=all_of(model))


def _renamed(
    model: type[UnionOwned], moving: models.QuerySet, union: Union, giver: Union
) -> dict[str, dict[int, Renamed]]:
    """By field and key, the new text of what is unique in a unit and in use where `union` has come to."""
    unit = Union(path=union.reporting_path)
    if giver.path == unit.path:
        return {}
    return {field: dict(_free_texts(model, moving, field, unit, giver)) for field in unique_texts(model)}


def unique_texts(model: type[UnionOwned]) -> list[str]:
    """The text fields of `model` that are unique within a 填报单位, each by itself."""
    found = []
    for constraint in model._meta.constraints:
        expressions: Iterable[Any] = getattr(constraint, "expressions", ())
        names = [str(getattr(each, "name", "")) for each in expressions if isinstance(each, models.F)]
        if len(names) == 1 and isinstance(model._meta.get_field(names[0]), models.CharField):
            found.append(names[0])
    return found


def _free_texts(
    model: type[UnionOwned], moving: models.QuerySet, field: str, unit: Union, giver: Union
) -> Iterator[tuple[int, Renamed]]:
    there = all_of(model).in_union(unit)
    own = dict(moving.values_list("pk", field))
    taken = {
        text
        for chunk in in_chunks(own.values())
        for text in there.filter(**{f"{field}__in": chunk}).values_list(field, flat=True)
    }
    longest = field_of(model, field).max_length or 0
    for pk, text in own.items() if taken else ():
        if text in taken:
            new = _free(text, giver.code, longest, lambda wanted: there.filter(**{field: wanted}).exists())
            yield pk, Renamed(str(model._meta.verbose_name), text, new)


def _free(text: str, code: str, longest: int, is_taken: Callable[[str], bool]) -> str:
    """`text` with `code` in front, cut at its beginning where it would be too long."""
    serial = 1
    while True:
        front = f"{code}-" if serial == 1 else f"{code}-{serial}-"
        wanted = front + text[-(longest - len(front)) :]
        if not is_taken(wanted):
            return wanted
        serial += 1
