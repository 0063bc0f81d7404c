"""The annexes on screen: live figures, each opening its records."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property

from portal.access import Permission, can
from portal.models import Union
from portal.views.listing import address_with
from portal.web.base import PortalPage
from reports.beside.years import Years, years_until
from reports.charts.charted import charts_of, drawn
from reports.charts.marks import Chart
from reports.city.reported import Reported, reported
from reports.render import html
from reports.render.filled import FORM_NUMBERS, Filled
from reports.views.selection import AnnexSelection, form_number, union_asked

CHARTED = 1  # the form that the charts are about


class AnnexPage(PortalPage):
    """One of the two forms for a campaign, a cut-off and a union in scope."""

    permission = Permission.VIEW_FIGURES
    template_name = "reports/annex/show.html"

    @cached_property
    def asked(self):
        return union_asked(self.request)

    @property
    def union(self):
        return self.asked.union

    def get_context_data(self, **kwargs):
        number = form_number(self.request.GET.get("form", "1"), FORM_NUMBERS)
        selection = AnnexSelection(self.request.GET, user=self.request.user, asked=self.asked)
        tabs = [(n, address_with(self.request, form=n), n == number) for n in FORM_NUMBERS]
        shown = self._shown(selection.cleaned_data, number) if selection.is_valid() else {}
        return super().get_context_data(
            selection=selection, union=self.union, number=number, tabs=tabs, **shown, **kwargs
        )

    def _shown(self, asked: dict, number: int) -> dict:
        filled = Filled.live(asked["campaign"], self.union, asked["as_of"], forms=(number,))
        if not asked["as_of"] and not any(filled.values.values()) and (then := reported(filled.campaign, self.union)):
            return self._reported(then, number)
        code, year = self.union.code, filled.campaign.year
        query = f"?{urlencode({'as_of': asked['as_of']})}" if asked["as_of"] else ""
        links = {
            f"{kind}_url": reverse("annex_download", args=[year, code, number, kind]) + query
            for kind in ("xlsx", "docx", "pdf", "json")
        }
        may_print_city = self.union.is_city and can(self.request.user, Permission.EXPORT_CITY)
        charts = self._charts(filled) if number == CHARTED else []
        rows = html.rows(filled, number, lambda slug: reverse("figure_records", args=[year, code, slug]) + query)
        shown = {"filled": filled, "title": filled.form(number).title, "rows": rows, "charts": charts}
        return {**shown, "may_print_city": may_print_city, "has_report": self._has_report, **links}

    def _reported(self, then: Reported, number: int) -> dict:
        """A year of which no case is kept: what was accepted of it."""
        filled = then.filled
        return {
            "filled": filled,
            "title": filled.form(number).title,
            "rows": html.rows(filled, number, then.records_url),
            "charts": charts_of(filled.values, filled.figures, self._years(filled)) if number == CHARTED else [],
            "has_report": self._has_report,
            "reported_url": then.url,
        }

    @property
    def _has_report(self) -> bool:
        """A union further below than those that report has no report, and no years to compare."""
        return self.union.is_city or self.union.is_reporting

    def _charts(self, filled: Filled) -> list[Chart]:
        """This year as it stands, and what was accepted of the years before."""
        if not self._has_report:
            return []
        units = Union.objects.reporting().count() if self.union.is_city else 1
        return charts_of(filled.values, filled.figures, self._years(filled).or_live(filled.values, units))

    def _years(self, filled: Filled) -> Years:
        return years_until(filled.campaign, None if self.union.is_city else self.union, drawn(filled.figures))
