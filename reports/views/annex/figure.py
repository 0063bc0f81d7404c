"""The list behind a figure, and its near misses."""

from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.access import Permission, can
from portal.models import Campaign, Union
from portal.records.table import Heading, Table, TableCell, table
from portal.views.listing import PAGE_SIZE, address_with
from portal.web.base import PortalPage, PortalView
from reports.annex.campaign_figures import figures_of
from reports.counting.derive import derive
from reports.counting.lineage import lineage, near_misses, reasons
from reports.counting.origin import live_origin
from reports.figures.funnel import FUNNEL
from reports.figures.registry import Figure, Window
from reports.models import Report
from reports.views.selection import as_of_in, campaign_of, union_in_scope


class FigurePage(PortalView):
    """What is asked in an address: a figure of a union and campaign, up to a day, and whether of its near misses."""

    @cached_property
    def campaign(self) -> Campaign:
        return campaign_of(self.kwargs["year"])

    @cached_property
    def figure(self) -> Figure:
        slug = self.kwargs["slug"]
        figure = figures_of(self.campaign).get(slug) or FUNNEL.get(slug)
        if figure is None:
            raise Http404(_("没有这个数字。"))
        return figure

    @cached_property
    def union(self) -> Union:
        return union_in_scope(self.request.user, self.kwargs["code"])

    @cached_property
    def as_of(self):
        return as_of_in(self.request)

    @property
    def misses(self) -> bool:
        return bool(self.request.GET.get("misses"))

    def records(self):
        """The records that count, or the near misses."""
        find = near_misses if self.misses else lineage
        return find(self.figure, self.campaign, self.union, self.as_of, user=self.request.user)


class FigureRecords(FigurePage, PortalPage):
    """Exactly the records that a figure counts; with `?misses=1` those it does not, each with the reasons."""

    permission = Permission.VIEW_FIGURES
    template_name = "reports/figure/records.html"

    def get_context_data(self, *, year: int, code: str, slug: str, **kwargs):
        figure, campaign, union, as_of = self.figure, self.campaign, self.union, self.as_of
        figures, window = figures_of(campaign), Window.of(campaign, as_of)
        values = derive(campaign, union, as_of, figures=(figure, *figure.summands))
        listed = self._list() if figure.fact else {}
        return super().get_context_data(
            figure=figure,
            campaign=campaign,
            union=union,
            window=window,
            value=figure.unit.format(values[slug]),
            origin=live_origin(figure, values, Report.objects.latest_of(campaign, union)),
            annex_url=self._annex_url(figure, campaign, union),
            parts=[(part, self._part_url(year, code, part.slug)) for part in map(figures.__getitem__, figure.parts)],
            **listed,
            **kwargs,
        )

    def _list(self) -> dict:
        """A page of the records that count, or of the near misses."""
        page = Paginator(self.records(), PAGE_SIZE).get_page(self.request.GET.get("page"))
        window = Window.of(self.campaign, self.as_of) if self.misses else None
        return {
            "misses": self.misses,
            "table": self._table(self.figure, page.object_list, window),
            "count": page.paginator.count,
            "counted_url": address_with(self.request, misses=None, page=None),
            "misses_url": address_with(self.request, misses=1, page=None),
            "export_url": self._export_url() if can(self.request.user, Permission.EXPORT_LISTS) else "",
            **self._pages(page),
        }

    def _table(self, figure: Figure, records, window: Window | None) -> Table:
        """The records as a table; with a window, the second cell of each says why it is not counted."""
        records = list(records)
        made = table(figure.fact.columns, figure.fact.model, records, self.request.user.union.path)
        if window is None:
            return made
        why = [
            TableCell("；".join(reasons(record, figure, window)), "", numeric=False, minor=False) for record in records
        ]
        number, *headings = made.headings
        return Table(
            [number, Heading(_("不计入的原因"), numeric=False, minor=False), *headings],
            [[row[0], cell, *row[1:]] for row, cell in zip(made.rows, why, strict=True)],
        )

    def _annex_url(self, figure: Figure, campaign, union) -> str:
        asked = {"campaign": campaign.year, "unit": union.code, "form": figure.form or None}
        page = "annex" if figure.form else "funnel"
        return reverse(page) + address_with(self.request, **asked, misses=None, page=None)

    def _part_url(self, year: int, code: str, slug: str) -> str:
        return reverse("figure_records", args=[year, code, slug]) + address_with(self.request, misses=None, page=None)

    def _export_url(self) -> str:
        return reverse("figure_records_export", kwargs=self.kwargs) + address_with(self.request, page=None)

    def _pages(self, page) -> dict:
        previous = page.previous_page_number() if page.has_previous() else None
        following = page.next_page_number() if page.has_next() else None
        return {
            "previous_url": address_with(self.request, page=previous) if previous else "",
            "next_url": address_with(self.request, page=following) if following else "",
            "summary": _("第 %(page)d / %(pages)d 页") % {"page": page.number, "pages": page.paginator.num_pages},
        }
