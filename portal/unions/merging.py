"""Unions merged by the administrator; a merger is tried first, and shown."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal.audit import By
from portal.models import Union
from portal.models.union import REPORTING_DEPTH
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city
from portal.unions.keeping import may_keep, tell
from portal.unions.moves import Moved, UnionMoveRefused, guards, move_union
from portal.workflow import MoveRefused


@dataclass(frozen=True)
class Merger:
    """What a merger does, or would do; every reason why it is refused, and what to think of first."""

    union: Union
    into: Union
    closed_on: date
    moved: Moved = field(default_factory=Moved)
    refusals: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@whole_city(Across.UNIONS)
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
        tell(merger.union, by, act=_("并入“%(other)s”") % {"other": into.name}, day=str(on), count=count)
    return merger


@whole_city(Across.UNIONS)
def try_merger(union: Union, into: Union, *, on: date, with_funds: bool = False, by: By) -> Merger:
    """The same, made and taken back: exactly what would move, be renamed and be refused. Writes nothing."""
    with transaction.atomic():
        merger = _merged(union, into, on=on, with_funds=with_funds, by=by)
        transaction.set_rollback(True)
    return merger


def _merged(union: Union, into: Union, *, on: date, with_funds: bool, by: By) -> Merger:
    may_keep(by)
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
