"""Earlier years beside each other: of the city, or of one unit."""

from portal.access import Permission
from portal.models import Union
from portal.web.base import PortalPage
from reports.annex.campaign_figures import FORM_NUMBERS
from reports.beside.years import years_until
from reports.charts.charted import charts_of
from reports.render.filled import Filled
from reports.views.selection import campaign_of, union_in_scope


class AnnexYears(PortalPage):
    """Every figure that was accepted in up to five years, with the change in number and per cent.

    Where nothing was accepted for the last of them, its records as they stand take that place. A union further below
    has no report, and so nothing to compare.
    """

    permission = Permission.VIEW_REPORTS
    template_name = "reports/annex/years.html"

    def get_context_data(self, *, year: int, code: str, **kwargs):
        union, campaign = union_in_scope(self.request.user, code), campaign_of(year)
        years = years_until(campaign, None if union.is_city else union)
        if years.years[-1].values is None:
            units = Union.objects.reporting().count() if union.is_city else 1
            years = years.or_live(Filled.live(campaign, union, None).values, units)
        latest = years.years[-1].values or {}
        return super().get_context_data(
            union=union,
            campaign=campaign,
            years=years.years,
            forms=[(number, [(f, years.row(f)) for f in years.figures.of_form(number)]) for number in FORM_NUMBERS],
            charts=charts_of(latest, years.figures, years),
            **kwargs,
        )
