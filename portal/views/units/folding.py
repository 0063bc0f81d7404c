"""Pages about every unit: where they are many, of the city by kind of union, and of one kind some at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from portal.enums import UnionKind
from portal.models import Union
from portal.views.listing import address_with, pages_of

SHOWN = 20  # units that a page shows one by one
KIND, PAGE = "kind", "page"


@dataclass(frozen=True)
class UnitKind:
    """The units of one kind, and the address of the page that shows them one by one."""

    label: str
    units: list[Union]
    url: str


@dataclass(frozen=True)
class Fold:
    """What a page shows: `units` one by one, or the `kinds` each in one line; `opened` is the kind whose part it is.

    `pages` are what components/pagination.html draws, `whole_url` leads back to all kinds.
    """

    units: list[Union]
    kinds: list[UnitKind] = field(default_factory=list)
    opened: UnitKind | None = None
    pages: dict[str, Any] = field(default_factory=dict)
    whole_url: str = ""


def folded(units: Sequence[Union], request: HttpRequest) -> Fold:
    """What the page that `request` asks for shows of `units`: all of them, where they are few."""
    if len(units) <= SHOWN:
        return Fold(list(units))
    kinds = {kind: _of_kind(kind, units, request) for kind in UnionKind}
    asked = request.GET.get(KIND)
    if not asked:
        return Fold([], [kind for kind in kinds.values() if kind.units])
    opened = kinds.get(asked)  # type: ignore[call-overload]  # a choice is the text that it stands for
    if opened is None or not opened.units:
        raise Http404(_("没有这一类填报单位。"))
    page = Paginator(opened.units, SHOWN).get_page(request.GET.get(PAGE))
    back = address_with(request, **{KIND: None, PAGE: None})
    return Fold(list(page.object_list), [], opened, pages_of(request, page), back)


def _of_kind(kind: UnionKind, units: Sequence[Union], request: HttpRequest) -> UnitKind:
    own = [union for union in units if union.kind == kind]
    label = _("%(kind)s（%(count)d 个）") % {"kind": kind.label, "count": len(own)}
    return UnitKind(label, own, address_with(request, **{KIND: kind.value, PAGE: None}))
