"""Lists as a person wants them: which columns, how many rows a page, and filters saved under a name."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.models import Campaign, OwnList, User
from portal.records.attribute import Attribute
from portal.records.kind import RecordKind
from portal.records.lists.paging import PAGE_SIZE
from portal.words.contacts import is_sensitive

ROWS = (PAGE_SIZE, 100, 200)
CAMPAIGN = "campaign"  # the parameter of the filter by campaign, of kinds that have it
MOST_FILTERS = 12
LONGEST_NAME = 20


def own_list(user: User, kind: RecordKind) -> OwnList:
    """How `user` has the list of `kind`; as everybody has it where nothing was chosen yet, unsaved."""
    return OwnList.objects.filter(user=user, kind=kind.name).first() or OwnList(
        user=user, kind=kind.name, **_as_everybody_has_it(kind)
    )


def _as_everybody_has_it(kind: RecordKind) -> dict[str, Any]:
    return {"rows": PAGE_SIZE, "hidden": [column.path for column in kind.columns if column.extra]}


def _kept(user: User, kind: RecordKind) -> OwnList:
    """The same, saved and locked: of two windows that save at once neither loses what the other saved."""
    OwnList.objects.get_or_create(user=user, kind=kind.name, defaults=_as_everybody_has_it(kind))
    return OwnList.objects.select_for_update().get(user=user, kind=kind.name)


def columns_shown(kind: RecordKind, own: OwnList) -> tuple[Attribute, ...]:
    """The columns of the list. The first always stands: it opens the record."""
    return kind.columns[:1] + tuple(column for column in kind.columns[1:] if column.path not in own.hidden)


def has_years(kind: RecordKind) -> bool:
    """Whether the list can be narrowed to one campaign."""
    return CAMPAIGN in kind.filterset.base_filters


def opens_with(kind: RecordKind, own: OwnList) -> QueryDict:
    """What the list is narrowed to where its address asks for nothing: the campaign that runs, unless chosen otherwise.

    The union is no part of it: a person's scope ends at the own union, and whoever has more wants all of it.
    """
    preset = QueryDict(mutable=True)
    if has_years(kind) and not own.every_year and (campaign := Campaign.objects.current()):
        preset[CAMPAIGN] = str(campaign.year)
    return preset


def open_with_every_year(user: User, kind: RecordKind, *, every_year: bool) -> OwnList:
    """Keep whether the list opens with the records of all campaigns. Raises ValidationError if it has none."""
    if not has_years(kind):
        raise ValidationError(_("这个列表不分年度。"))
    return OwnList.objects.update_or_create(
        user=user,
        kind=kind.name,
        defaults={"every_year": every_year},
        create_defaults={"every_year": every_year} | _as_everybody_has_it(kind),
    )[0]


def arrange(user: User, kind: RecordKind, *, shown: list[str], rows: int) -> OwnList:
    """Keep which columns the list has and how many rows a page. Raises ValidationError for another number of rows."""
    if rows not in ROWS:
        raise ValidationError(_("每页行数请选 %(offered)s。") % {"offered": "、".join(map(str, ROWS))})
    hidden = [column.path for column in kind.columns[1:] if column.path not in shown]
    return OwnList.objects.update_or_create(user=user, kind=kind.name, defaults={"hidden": hidden, "rows": rows})[0]


@transaction.atomic
def save_filter(user: User, kind: RecordKind, name: str, query: QueryDict) -> OwnList:
    """Keep the filters and order of `query` under `name`, which may be one that is there.

    Raises ValidationError for no name, one that is too long, nothing to keep, or more than twelve.
    """
    name, known = name.strip(), {*kind.filterset.base_filters, "order"}
    kept = QueryDict(mutable=True)
    for each in query:
        if each in known and (value := query.get(each)) and not is_sensitive(value):
            kept[each] = value
    if not 0 < len(name) <= LONGEST_NAME:
        raise ValidationError(_("请给筛选起个名字，不超过 %(most)d 个字。") % {"most": LONGEST_NAME})
    if not kept:
        raise ValidationError(_("还没有筛选条件。请先筛选，再保存。"))
    own = _kept(user, kind)
    others = [pair for pair in own.filters if pair[0] != name]
    if len(others) >= MOST_FILTERS:
        raise ValidationError(_("最多保存 %(most)d 个筛选。请先删除不用的。") % {"most": MOST_FILTERS})
    own.filters = [*others, [name, kept.urlencode()]]
    own.save()
    return own


@transaction.atomic
def forget_filter(user: User, kind: RecordKind, name: str) -> None:
    """Forget the filter saved under `name`, if there is one."""
    own = _kept(user, kind)
    own.filters = [pair for pair in own.filters if pair[0] != name]
    own.save()
