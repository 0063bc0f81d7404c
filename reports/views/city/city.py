"""What is shown of the city, and the matrix of its units."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.access import Permission, can
from portal.models import Campaign, Union
from portal.views.listing import address_with
from portal.web.base import PortalPage, PortalView
from reports.annex.campaign_figures import FORM_NUMBERS, figures_of
from reports.beside.reported import Lack
from reports.charts.heat import STEPS, steps
from reports.city.consolidation import City
from reports.city.files import Source
from reports.figures.registry import Figure
from reports.render.filled import UNKNOWN
from reports.views.review.board import chosen_campaign
from reports.views.selection import form_number

ASCENDING, DESCENDING = "ascending", "descending"


class CityView(PortalView):
    """What is shown of the city: the accepted reports, or with `?live=1` the records as they stand now."""

    permission = Permission.EXPORT_CITY

    @cached_property
    def union(self) -> Union:
        union = self.request.user.union
        if not union.is_city:
            raise Http404(_("只有市总工会有全市统计表。"))
        return union

    @property
    def is_live(self) -> bool:
        return bool(self.request.GET.get("live"))

    def city(self, campaign: Campaign) -> City:
        return Source(live=self.is_live).city(campaign)

    @cached_property
    def number(self) -> int:
        """The form that is shown."""
        return form_number(self.request.GET.get("form", "1"), FORM_NUMBERS)

    def lacks(self, city: City) -> list[Lack]:
        """What accepted reports have not got of the form that is shown."""
        return [lack for lack in city.lacks if lack.form == self.number]

    @property
    def tabs(self) -> list[tuple[int, str, bool]]:
        """The forms, each with its address and whether it is shown."""
        return [(n, address_with(self.request, form=n, sort=None), n == self.number) for n in FORM_NUMBERS]


@dataclass(frozen=True)
class MatrixColumn:
    """A figure of the matrix, with the address that sorts by it and how it is sorted now."""

    figure: Figure
    url: str
    direction: str
    total: str


class ConsolidationMatrix(CityView, PortalPage):
    """Unit × figure of one form: sorted by any figure, each number marked by the fifth of its column's range."""

    template_name = "reports/consolidation/matrix.html"

    def get_context_data(self, **kwargs):
        union, campaign = self.union, chosen_campaign(self.request)
        if campaign is None:
            raise Http404(_("尚未设立活动年度。"))
        city, figures = self.city(campaign), figures_of(campaign).of_form(self.number)
        return super().get_context_data(
            union=union,
            campaign=campaign,
            city=city,
            live=self.is_live,
            tabs=self.tabs,
            columns=[self._column(figure, city, figures) for figure in figures],
            matrix=self._matrix(city, figures),
            lacks=self.lacks(city),
            steps=range(1, STEPS + 1),
            official_url=address_with(self.request, sort=None),
            back_url=f"{reverse('consolidation')}{address_with(self.request, sort=None)}",
            **kwargs,
        )

    def _sorting(self, figures: tuple[Figure, ...]) -> tuple[str, bool]:
        """The slug to sort by, '' for the official order, and whether the largest comes first."""
        asked = self.request.GET.get("sort", "")
        slug = asked.removeprefix("-")
        known = any(figure.slug == slug for figure in figures)
        return (slug, asked.startswith("-")) if known else ("", False)

    def _column(self, figure: Figure, city: City, figures: tuple[Figure, ...]) -> MatrixColumn:
        slug, falling = self._sorting(figures)
        direction = (DESCENDING if falling else ASCENDING) if figure.slug == slug else ""
        following = figure.slug if direction == DESCENDING else f"-{figure.slug}"
        url = address_with(self.request, sort=following)
        return MatrixColumn(figure, url, direction, _printed(figure, city.figures.total.get(figure.slug)))

    def _matrix(self, city: City, figures: tuple[Figure, ...]) -> list[tuple[Union, str, list[tuple[str, int]]]]:
        """Each unit with the address of its report, and its figures as printed with their heat."""
        slug, falling = self._sorting(figures)
        units = list(city.figures.units.items())
        if slug:
            units.sort(key=lambda pair: _place(pair[1].get(slug), falling=falling))
        columns = [self._cells(figure, [values.get(figure.slug) for _unit, values in units]) for figure in figures]
        rows = zip(*columns, strict=True) if units else ()
        return [(unit, self._report_url(city, unit), row) for (unit, _values), row in zip(units, rows, strict=True)]

    def _cells(self, figure: Figure, numbers: list) -> list[tuple[str, int]]:
        return [(_printed(figure, number), step) for number, step in zip(numbers, steps(numbers), strict=True)]

    def _report_url(self, city: City, unit: Union) -> str:
        page = "review_show" if can(self.request.user, Permission.REVIEW_REPORTS) else "report_show"
        accepted = city.submissions.get(unit)
        return reverse(page, args=[accepted.report_id]) if accepted else ""


def _printed(figure: Figure, number: int | Decimal | None) -> str:
    return UNKNOWN if number is None else figure.unit.format(number)


def _place(number: int | Decimal | None, *, falling: bool) -> tuple:
    """Where a number stands in a sorted column: what was not reported always comes last."""
    return (number is None, 0 if number is None else -number if falling else number)
