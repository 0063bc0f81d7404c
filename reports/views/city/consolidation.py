"""The city's tables: accepted reports added up, kept, and beside the years before."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.access import Permission, can
from portal.audit import By
from portal.models import Campaign, Union
from portal.refusals.lookup import get_object_or_404
from portal.views.listing import address_with
from portal.web.base import PortalPage
from portal.workflow import MoveRefused
from reports.annex.campaign_figures import FORM_NUMBERS, figures_of
from reports.beside.years import years_until
from reports.charts.charted import charts_of, drawn, unit_charts
from reports.city.consolidation import City, consolidate, kept_city
from reports.city.files import filled_of
from reports.models import CityContact, Consolidation
from reports.render import html
from reports.views.city.city import CityView
from reports.views.review.board import chosen_campaign
from reports.views.selection import campaign_of


class ConsolidationPage(CityView, PortalPage):
    """One form of the city, the units that are missing, the charts, and the consolidations kept."""

    template_name = "reports/consolidation/show.html"

    def get_context_data(self, **kwargs):
        union, campaign = self.union, chosen_campaign(self.request)
        if campaign is None:
            return super().get_context_data(campaign=None, **kwargs)
        city = self.city(campaign)
        filled = filled_of(city, union)
        return super().get_context_data(
            campaign=campaign,
            campaigns=Campaign.objects.all(),
            city=city,
            union=union,
            live=self.is_live,
            number=self.number,
            tabs=self.tabs,
            title=filled.form(self.number).title,
            rows=html.rows(filled, self.number, lambda slug: self._records_url(city, union, slug)),
            lacks=self.lacks(city),
            charts=self._charts(city),
            everyone=self._everyone,
            contact=CityContact.objects.filter(campaign=campaign).first(),
            kept=campaign.consolidations.select_related("made_by"),
            may_consolidate=can(self.request.user, Permission.REVIEW_REPORTS) and not self.is_live,
            query="?live=1" if self.is_live else "",
            matrix_url=f"{reverse('consolidation_matrix')}{address_with(self.request, campaign=campaign.year)}",
            other_url=address_with(self.request, live=None if self.is_live else 1),
            units_url=address_with(self.request, units=None if self._everyone else "all"),
            **kwargs,
        )

    @property
    def _everyone(self) -> bool:
        return self.request.GET.get("units") == "all"

    def _charts(self, city: City) -> list:
        registry = figures_of(city.campaign)
        years = years_until(city.campaign, figures=drawn(registry))
        if self.is_live:
            years = years.as_live(city.figures.total, len(city.figures.units))
        own = charts_of(city.figures.total, registry, years)
        return [*own, *unit_charts(city.figures.units, registry, everyone=self._everyone)]

    def _records_url(self, city: City, union: Union, slug: str) -> str:
        """Live figures open their records; a frozen sum opens the column of its units."""
        if self.is_live:
            return reverse("figure_records", args=[city.campaign.year, union.code, slug])
        matrix = reverse("consolidation_matrix")
        return f"{matrix}?campaign={city.campaign.year}&form={self.number}&sort=-{slug}#matrix-{slug}"


class ConsolidationMake(CityView):
    """Keep the sum of what is accepted now."""

    permission = Permission.REVIEW_REPORTS

    def post(self, request, *, year: int):
        campaign = self.union and campaign_of(year)
        try:
            made = consolidate(campaign, by=By.of(request))
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect(f"{reverse('consolidation')}?campaign={year}")
        messages.success(request, _("已汇总 %(count)d 个单位的报表。") % {"count": len(made.submissions)})
        if made.counted_twice:
            words = _("有 %(count)d 人在同一项数字里被两个以上单位统计，合计中重复计算。")
            messages.warning(request, words % {"count": made.counted_twice})
        return redirect("consolidation_kept", made.pk)


class ConsolidationKept(CityView, PortalPage):
    """A consolidation as it was kept: which reports, what came out."""

    template_name = "reports/consolidation/kept.html"

    def get_context_data(self, *, pk: int, **kwargs):
        made = get_object_or_404(Consolidation.objects.select_related("campaign", "made_by"), pk=self.union and pk)
        city = kept_city(made)
        filled = filled_of(city, self.union)
        return super().get_context_data(
            made=made,
            campaign=made.campaign,
            forms=[(number, filled.form(number).title, html.rows(filled, number)) for number in FORM_NUMBERS],
            lacks=city.lacks,
            query=f"?kept={made.pk}",
            **kwargs,
        )
