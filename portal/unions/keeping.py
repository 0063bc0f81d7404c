"""Unions opened, renamed, merged and closed, by the administrator; a merger is tried first, and shown."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction, UnionKind
from portal.identity import clean_text
from portal.models import Union
from portal.models.union import REPORTING_DEPTH
from portal.unions.moves import Moved, UnionMoveRefused, guards, move_union
from portal.unions.places import add_union
from portal.workflow import MoveRefused

AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class Merger:
    """What a merger does, or would do; every reason why it is refused, and what to think of first."""

    union: Union
    into: Union
    closed_on: date
    moved: Moved = field(default_factory=Moved)
    refusals: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@transaction.atomic
def open_union(*, code: str, name: str, kind: str, under: Union, by: By) -> Union:
    """Add a union below another. Writes it and one audit row. Raises ValidationError by field."""
    _may_keep(by)
    facts = {"code": clean_text(code), "name": clean_text(name), "kind": kind}
    made = Union(path="?", depth=under.depth + 1, **facts)
    made.full_clean(exclude=["path"])
    if kind == UnionKind.CITY:
        raise ValidationError({"kind": _("只有一个市总工会。")})
    if under.is_closed:
        raise ValidationError({"under": _("“%(union)s”已撤销。") % {"union": under.name}})
    made = add_union(facts, under=under)
    _record(made, by, act=_("新设工会"), after=made.name)
    return made


@transaction.atomic
def rename_union(union: Union, *, name: str, kind: str, by: By) -> Union:
    """Give a union another name or kind; what was handed in under the old name keeps it. Writes one audit row.

    Raises ValidationError by field.
    """
    _may_keep(by)
    union = _locked(union)
    if (kind == UnionKind.CITY) != union.is_city:
        raise ValidationError({"kind": _("只有一个市总工会。")})
    before, union.name, union.kind = union.name, clean_text(name), kind
    union.full_clean(exclude=["path"])
    Union.objects.filter(pk=union.pk).update(name=union.name, kind=union.kind)
    _record(union, by, act=_("修改工会"), before=before, after=union.name)
    return union


@transaction.atomic
def close_union(union: Union, *, on: date | None, by: By) -> Union:
    """Close a union from the day `on`; None opens one again that was closed by mistake. Writes one audit row.

    What it has stays where it is and readable; it takes no new record and owes no report. Raises MoveRefused for the
    city, a day more than a year ahead, unions below that stay open, or one that was merged.
    """
    _may_keep(by)
    union = _locked(union)
    if reason := _against_closing(union, on):
        raise MoveRefused(reason)
    union.closed_on = on
    Union.objects.filter(pk=union.pk).update(closed_on=on)
    act = _("撤销工会") if on else _("恢复工会")
    _record(union, by, act=act, day=str(on or ""))
    return union


def _against_closing(union: Union, on: date | None) -> str:
    if union.is_city:
        return _("市总工会不能撤销。")
    if union.merged_into_id:
        return _("“%(union)s”已并入其他工会，不能再更改。") % {"union": union.name}
    if on is None:
        return ""
    if on > localdate() + AHEAD:
        return _("撤销日期不能晚于一年之后，请核对年份。")
    below = Union.objects.in_union(union).exclude(pk=union.pk).open_on(on)
    if below.exists():
        words = _("其下还有 %(count)d 个工会没有撤销，如“%(name)s”；请先撤销或并入其他工会。")
        return words % {"count": below.count(), "name": below.first().name}
    return ""


def merge_unions(union: Union, into: Union, *, on: date, with_funds: bool = False, by: By) -> Merger:
    """Merge `union`, with all below it, into another, and close it from the day `on`.

    Its records become those of `into`, each with a version that says so; numbers in use there get its code in front;
    money goes along `with_funds` where a ledger would lack it. Its reports stay its own. Locks every 填报单位. Writes
    one audit row. Raises MoveRefused with every reason, and nothing is written.
    """
    with transaction.atomic():
        merger = _merged(union, into, on=on, with_funds=with_funds, by=by)
        if merger.refusals:
            raise MoveRefused("；".join(merger.refusals))
        count = sum(merger.moved.counts.values())
        _record(merger.union, by, act=_("并入“%(other)s”") % {"other": into.name}, day=str(on), count=count)
    return merger


def try_merger(union: Union, into: Union, *, on: date, with_funds: bool = False, by: By) -> Merger:
    """The same, made and taken back: exactly what would move, be renamed and be refused. Writes nothing."""
    with transaction.atomic():
        merger = _merged(union, into, on=on, with_funds=with_funds, by=by)
        transaction.set_rollback(True)
    return merger


def _merged(union: Union, into: Union, *, on: date, with_funds: bool, by: By) -> Merger:
    _may_keep(by)
    list(Union.objects.select_for_update().filter(depth=REPORTING_DEPTH))
    union, into = (Union.objects.get(pk=each.pk) for each in (union, into))
    if reason := _against_merging(union, into, on):
        return Merger(union, into, on, refusals=[reason])
    warnings = [words for path in settings.UNION_MERGER_WARNINGS for words in import_string(path)(union, into, on)]
    watching = guards()
    try:
        with transaction.atomic():
            moved = move_union(union, under=into, heir=into, watching=watching, with_funds=with_funds, actor=by.actor)
    except UnionMoveRefused as refused:
        return Merger(union, into, on, refusals=[str(refused)])
    # One that was closed before keeps its day: what it left unfinished is what is merged.
    on = min(union.closed_on or on, on)
    Union.objects.filter(pk=union.pk).update(closed_on=on, merged_into=into)
    union.refresh_from_db()
    return Merger(union, into, on, moved, [fault for guard in watching for fault in guard.faults()], warnings)


def _against_merging(union: Union, into: Union, on: date) -> str:
    if union.is_city or into.is_city:
        return _("市总工会不能并入其他工会，也不能接收。")
    if into.pk == union.pk or union.contains(into):
        return _("不能并入自己或自己的下级。")
    if union.merged_into_id:
        return _("“%(union)s”已并入其他工会，不能再更改。") % {"union": union.name}
    if into.closed_on:
        return _("“%(union)s”已于 %(day)s 撤销。") % {"union": into.name, "day": into.closed_on}
    if on > localdate():
        return _("合并当日生效，日期不能晚于今天。")
    return ""


def _may_keep(by: By) -> None:
    if not can(by.actor, Permission.MANAGE_UNIONS):
        raise MoveRefused(_("您的岗位不能维护工会名录。"))


def _locked(union: Union) -> Union:
    locked: Union = Union.objects.select_for_update(of=("self",)).get(pk=union.pk)
    return locked


def _record(union: Union, by: By, **detail: Any) -> None:
    audit.record(AuditAction.RECORD_SAVED, by=by, union=union, subject=union.code, **detail)
