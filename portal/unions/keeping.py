"""Unions opened, renamed and closed, by the administrator."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction, UnionKind
from portal.identity import clean_text
from portal.models import Union
from portal.unions.places import add_union
from portal.workflow import MoveRefused

AHEAD = timedelta(days=366)


@transaction.atomic
def open_union(*, code: str, name: str, kind: str, under: Union, by: By) -> Union:
    """Add a union below another. Writes it and one audit row. Raises ValidationError by field."""
    may_keep(by)
    facts = {"code": clean_text(code), "name": clean_text(name), "kind": kind}
    made = Union(path="?", depth=under.depth + 1, **facts)
    made.full_clean(exclude=["path"])
    if kind == UnionKind.CITY:
        raise ValidationError({"kind": _("只有一个市总工会。")})
    if under.is_closed:
        raise ValidationError({"under": _("“%(union)s”已撤销。") % {"union": under.name}})
    made = add_union(facts, under=under)
    tell(made, by, act=_("新设工会"), after=made.name)
    return made


@transaction.atomic
def rename_union(union: Union, *, name: str, kind: str, by: By) -> Union:
    """Give a union another name or kind; what was handed in under the old name keeps it. Writes one audit row.

    Raises ValidationError by field.
    """
    may_keep(by)
    union = locked(union)
    if (kind == UnionKind.CITY) != union.is_city:
        raise ValidationError({"kind": _("只有一个市总工会。")})
    before, union.name, union.kind = union.name, clean_text(name), kind
    union.full_clean(exclude=["path"])
    Union.objects.filter(pk=union.pk).update(name=union.name, kind=union.kind)
    tell(union, by, act=_("修改工会"), before=before, after=union.name)
    return union


@transaction.atomic
def close_union(union: Union, *, on: date | None, by: By) -> Union:
    """Close a union from the day `on`; None opens one again that was closed by mistake. Writes one audit row.

    What it has stays where it is and readable; it takes no new record and owes no report. Raises MoveRefused for the
    city, a day more than a year ahead, unions below that stay open, or one that was merged.
    """
    may_keep(by)
    union = locked(union)
    if reason := _against_closing(union, on):
        raise MoveRefused(reason)
    union.closed_on = on
    Union.objects.filter(pk=union.pk).update(closed_on=on)
    act = _("撤销工会") if on else _("恢复工会")
    tell(union, by, act=act, day=str(on or ""))
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


def may_keep(by: By) -> None:
    """Raises MoveRefused for who does not keep the unions."""
    if not can(by.actor, Permission.MANAGE_UNIONS):
        raise MoveRefused(_("您的岗位不能维护工会名录。"))


def locked(union: Union) -> Union:
    """The union as it is now, locked until the transaction ends."""
    found: Union = Union.objects.select_for_update(of=("self",)).get(pk=union.pk)
    return found


def tell(union: Union, by: By, **detail: Any) -> None:
    """One audit row about a union."""
    audit.record(AuditAction.RECORD_SAVED, by=by, union=union, subject=union.code, **detail)
