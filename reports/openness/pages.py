"""Which unions have a public page, and which parts of it are shown."""

from dataclasses import dataclass

from django.utils.timezone import localdate

from portal.models import Union
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city
from reports.enums import PublicPart
from reports.models import PublicPage


@dataclass(frozen=True)
class Page:
    """The public page of one 填报单位: the parts that neither it nor the city switched off, and its own words."""

    unit: Union
    shown: frozenset[PublicPart]
    complaint: str


def open_pages() -> list[Page]:
    """The pages of all units that show anything, by code. Two queries."""
    units = Union.objects.reporting().open_on(localdate())
    decided = {page.union_id: page for page in PublicPage.objects.select_related("union")}
    pages = (_page(unit, decided.get(unit.pk), _of_city(decided.values())) for unit in units)
    return [page for page in pages if page.shown]


@whole_city(Across.PUBLISHED)
def anything_open() -> bool:
    """Whether any unit shows anything."""
    return bool(open_pages())


def open_page(code: str) -> Page | None:
    """The page of the unit of that code; None if there is no such unit, it is closed, or nothing is shown."""
    unit = Union.objects.reporting().open_on(localdate()).filter(code=code).first()
    if unit is None:
        return None
    page = _page(unit, PublicPage.objects.filter(union=unit).first(), city_page())
    return page if page.shown else None


def city_page() -> PublicPage | None:
    """What the city decided for all units."""
    return _of_city(PublicPage.objects.filter(union__depth=1).select_related("union"))


def _of_city(decided) -> PublicPage | None:
    return next((page for page in decided if page.union.is_city), None)


def _page(unit: Union, own: PublicPage | None, city: PublicPage | None) -> Page:
    shown = frozenset(PublicPart)
    for decided in filter(None, (own, city)):
        shown &= decided.shown
    return Page(unit, shown, own.complaint if own else "")
