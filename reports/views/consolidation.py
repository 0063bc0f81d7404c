"""The city's tables: accepted reports added up, beside each other, kept, and taken away."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission, can
from portal.audit import address_of
from portal.enums import AuditAction
from portal.models import Campaign, Union
from portal.views.base import PortalPage, PortalView
from portal.views.listing import address_with
from portal.workflow import MoveRefused
from reports.campaign_figures import FORM_NUMBERS, figures_of
from reports.consolidation import City, accepted_city, consolidate, live_city
from reports.derive import as_value
from reports.figures.registry import Figure
from reports.models import Consolidation
from reports.render import html
from reports.render.filled import Filled
from reports.render.xlsx import city_workbook
from reports.views.board import chosen_campaign
from reports.views.download import XLSX
from reports.views.selection import campaign_of, form_number

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
        return live_city(campaign) if self.is_live else accepted_city(campaign)

    def filled(self, city: City) -> Filled:
        return Filled(city.campaign, self.union, city.cut_off, city.figures.total)


@dataclass(frozen=True)
class Column:
    """A figure of the matrix, with the address that sorts by it and how it is sorted now."""

    figure: Figure
    url: str
    direction: str
    total: str


class ConsolidationPage(CityView, PortalPage):
    """One form of the city, the units that are missing, the matrix, and the consolidations kept."""

    template_name = "reports/consolidation/show.html"

    def get_context_data(self, **kwargs):
        union, campaign = self.union, chosen_campaign(self.request)
        number = form_number(self.request.GET.get("form", "1"), FORM_NUMBERS)
        if campaign is None:
            return super().get_context_data(campaign=None, **kwargs)
        city = self.city(campaign)
        filled, figures = self.filled(city), figures_of(campaign).of_form(number)
        live = "?live=1" if self.is_live else ""
        return super().get_context_data(
            campaign=campaign,
            campaigns=Campaign.objects.all(),
            city=city,
            live=self.is_live,
            number=number,
            tabs=[(n, address_with(self.request, form=n, sort=None), n == number) for n in FORM_NUMBERS],
            title=filled.form(number).title,
            rows=html.rows(filled, number, lambda slug: self._records_url(city, union, slug)),
            columns=[self._column(figure, city) for figure in figures],
            matrix=self._matrix(city, figures),
            kept=campaign.consolidations.select_related("made_by"),
            may_consolidate=can(self.request.user, Permission.REVIEW_REPORTS) and not self.is_live,
            xlsx_url=reverse("consolidation_download", args=[campaign.year]) + live,
            other_url=address_with(self.request, live=None if self.is_live else 1),
            **kwargs,
        )

    def _records_url(self, city: City, union: Union, slug: str) -> str:
        """Live figures open their records; a frozen sum opens the column of its units."""
        if self.is_live:
            return reverse("figure_records", args=[city.campaign.year, union.code, slug])
        return f"#matrix-{slug}"

    @cached_property
    def _sorting(self) -> tuple[str, bool]:
        """The slug to sort by, '' for the official order, and whether the largest comes first."""
        asked = self.request.GET.get("sort", "")
        slug = asked.removeprefix("-")
        return slug, asked.startswith("-")

    def _column(self, figure: Figure, city: City) -> Column:
        slug, falling = self._sorting
        direction = (DESCENDING if falling else ASCENDING) if figure.slug == slug else ""
        following = figure.slug if direction == DESCENDING else f"-{figure.slug}"
        url = address_with(self.request, sort=following)
        return Column(figure, url, direction, figure.unit.format(city.figures.total[figure.slug]))

    def _matrix(self, city: City, figures) -> list[tuple[Union, str, list[str]]]:
        """Each unit with the address of its report and its figures as printed."""
        slug, falling = self._sorting
        units = list(city.figures.units.items())
        if slug in city.figures.total:
            units.sort(key=lambda pair: pair[1][slug], reverse=falling)
        return [
            (unit, self._report_url(city, unit), [figure.unit.format(values[figure.slug]) for figure in figures])
            for unit, values in units
        ]

    def _report_url(self, city: City, unit: Union) -> str:
        may_review = can(self.request.user, Permission.REVIEW_REPORTS)
        accepted = city.submissions.get(unit)
        return reverse("review_show", args=[accepted.report_id]) if accepted and may_review else ""


class ConsolidationMake(CityView):
    """Keep the sum of what is accepted now."""

    permission = Permission.REVIEW_REPORTS

    def post(self, request, *, year: int):
        campaign = self.union and campaign_of(year)
        try:
            made = consolidate(campaign, actor=request.user, address=address_of(request))
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect(f"{reverse('consolidation')}?campaign={year}")
        messages.success(request, _("已汇总 %(count)d 个单位的报表。") % {"count": len(made.submissions)})
        return redirect("consolidation_kept", made.pk)


class ConsolidationKept(CityView, PortalPage):
    """A consolidation as it was kept: which reports, what came out."""

    template_name = "reports/consolidation/kept.html"

    def get_context_data(self, *, pk: int, **kwargs):
        made = get_object_or_404(Consolidation.objects.select_related("campaign", "made_by"), pk=self.union and pk)
        figures = [figure for figure in figures_of(made.campaign) if figure.slug in made.totals]
        return super().get_context_data(
            made=made,
            totals=[(f"{figure}（{figure.unit.label}）", _printed(figure, made.totals)) for figure in figures],
            **kwargs,
        )


def _printed(figure: Figure, totals: dict[str, str]) -> str:
    """A kept total as the form prints it."""
    return figure.unit.format(as_value(figure, Decimal(totals[figure.slug])))


class ConsolidationDownload(CityView):
    """The city's forms, a sheet per unit, and the matrix with live sums, as .xlsx. Writes one audit row."""

    def get(self, request, *, year: int):
        union, campaign = self.union, campaign_of(year)
        city = self.city(campaign)
        content = city_workbook(self.filled(city), city.figures)
        name = _("全市实时统计表.xlsx") if self.is_live else _("全市汇总表.xlsx")
        detail = {
            "campaign": year,
            "file": name,
            "units": len(city.figures.units),
            "missing": [unit.code for unit in city.missing],
        }
        audit.record(AuditAction.EXPORTED, request=request, subject=_("全市汇总表"), union=union, **detail)
        headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=f"{year}_{name}")}
        return HttpResponse(content, content_type=XLSX, headers=headers)
