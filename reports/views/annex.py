"""The annexes on screen: live figures, each opening its records."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property

from portal.access import Permission, can
from portal.views.base import PortalPage
from portal.views.listing import address_with
from reports.render import html
from reports.render.filled import FORM_NUMBERS, Filled
from reports.views.selection import AnnexSelection, form_number, union_in_scope


class AnnexPage(PortalPage):
    """One of the two forms for a campaign, a cut-off and a union in scope."""

    permission = Permission.VIEW_FIGURES
    template_name = "reports/annex/show.html"

    @cached_property
    def union(self):
        return union_in_scope(self.request.user, self.request.GET.get("unit", "").strip())

    def get_context_data(self, **kwargs):
        number = form_number(self.request.GET.get("form", "1"), FORM_NUMBERS)
        selection = AnnexSelection(self.request.GET, user=self.request.user, union=self.union)
        tabs = [(n, address_with(self.request, form=n), n == number) for n in FORM_NUMBERS]
        shown = self._shown(selection.cleaned_data, number) if selection.is_valid() else {}
        return super().get_context_data(
            selection=selection, union=self.union, number=number, tabs=tabs, **shown, **kwargs
        )

    def _shown(self, asked: dict, number: int) -> dict:
        filled = Filled.live(asked["campaign"], self.union, asked["as_of"], forms=(number,))
        code, year = self.union.code, filled.campaign.year
        query = f"?{urlencode({'as_of': asked['as_of']})}" if asked["as_of"] else ""
        links = {
            f"{kind}_url": reverse("annex_download", args=[year, code, number, kind]) + query
            for kind in ("xlsx", "docx", "pdf", "json")
        }
        if self.union.is_city and can(self.request.user, Permission.EXPORT_CITY):
            address, more = reverse("city_download", args=[year]), query.replace("?", "&")
            links |= {f"city_{kind}_url": f"{address}?kind={kind}{more}" for kind in ("xlsx", "docx", "pdf")}
        rows = html.rows(filled, number, lambda slug: reverse("figure_records", args=[year, code, slug]) + query)
        return {"filled": filled, "title": filled.form(number).title, "rows": rows, **links}
