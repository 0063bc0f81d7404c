"""The list behind a figure, and its near misses."""

from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.access import Permission, can
from portal.models import Campaign, Union
from portal.views.listing import PAGE_SIZE, address_with, pages_of
from portal.web.base import PortalPage, PortalView
from reports.annex.campaign_figures import figures_of, named_by
from reports.counting import distinct
from reports.counting.derive import derive
from reports.counting.lineage import lineage
from reports.counting.near_misses import MissReason, UnknownReasonError, near_misses, reasons_of
from reports.counting.origin import live_origin
from reports.figures.funnel import FUNNEL
from reports.figures.registry import Figure, Window
from reports.models import Report
from reports.views.annex.figure_sections import Section, by_reason, by_thing, thing_tab, whole
from reports.views.selection import as_of_in, campaign_of, union_in_scope


class FigurePage(PortalView):
    """What is asked in an address: a figure of a union and campaign, up to a day, and whether of its near misses."""

    @cached_property
    def campaign(self) -> Campaign:
        return campaign_of(self.kwargs["year"])

    @cached_property
    def figure(self) -> Figure:
        slug = self.kwargs["slug"]
        figure = figures_of(self.campaign).get(slug)
        if figure is None and slug in FUNNEL:
            (figure,) = named_by(self.campaign, [FUNNEL[slug]])
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
        """Whether the near misses are asked for; `reason` is the key of one of their reasons."""
        return bool(self.request.GET.get("misses"))

    @property
    def reason(self) -> str:
        return self.request.GET.get("reason", "") if self.misses else ""

    @property
    def things(self) -> bool:
        """Whether what is counted is asked for by the things that a distinct count counts."""
        return self.figure.is_distinct and not self.misses and bool(self.request.GET.get("things"))

    def records(self) -> QuerySet:
        """The records that count, or the near misses. A reason that there is not is a 404."""
        asked = (self.figure, self.campaign, self.union, self.as_of)
        if not self.misses:
            counted = lineage(*asked, user=self.request.user)
            return distinct.by_thing(counted, self.figure) if self.things else counted
        try:
            return near_misses(*asked, user=self.request.user, reason=self.reason)
        except UnknownReasonError:
            raise Http404(_("没有这个原因。")) from None


class FigureRecords(FigurePage, PortalPage):
    """Exactly the records that a figure counts; with `?misses=1` those it does not, each with the reasons."""

    permission = Permission.VIEW_FIGURES
    template_name = "reports/figure/records.html"

    def get_context_data(self, *, year: int, code: str, slug: str, **kwargs):
        figure, campaign, union, as_of = self.figure, self.campaign, self.union, self.as_of
        figures, window = figures_of(campaign), Window.of(campaign, as_of)
        values = derive(campaign, union, as_of, figures=(figure, *figure.summands))
        listed = self._list(values[slug]) if figure.fact else {}
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

    def _list(self, value: int | Decimal) -> dict:
        """A page of the records that count towards `value`, or of the near misses."""
        found = self._reasons() if self.misses else []
        page = self._page(found)
        return {
            "misses": self.misses,
            "tabs": self._tabs(),
            "kinds": [condition.name for condition in self.figure.kinds] if self.misses else [],
            "reasons": [(each, self._tab(misses=1, reason=each.key), each.key == self.reason) for each in found],
            "reason": self.reason,
            "sections": self._sections(list(page.object_list), found),
            "said": self._said(value, page.paginator.count),
            "count": page.paginator.count,
            "misses_url": self._tab(misses=1),
            "export_url": self._export_url() if can(self.request.user, Permission.EXPORT_LISTS) else "",
            **pages_of(self.request, page),
        }

    def _said(self, value: int | Decimal, count: int) -> str:
        """How many records the list has; of a distinct count, what it counts in them."""
        if self.figure.is_distinct and not self.misses:
            return distinct.said(self.figure, int(value), count)
        return _("共 %(count)d 条记录") % {"count": count}

    def _page(self, found: list[MissReason]) -> Page:
        """A page of the records. Near misses, of which there may be as many as the city has records, are counted with
        their reasons, and sorted without all that is shown of them: in half the time.
        """
        records, asked = self.records(), self.request.GET.get("page")
        if not self.misses:
            return Paginator(records, PAGE_SIZE).get_page(asked)
        paginator = Paginator(records.values_list("pk", flat=True), PAGE_SIZE)
        paginator.count = sum(each.count for each in found if self.reason in ("", each.key))
        page = paginator.get_page(asked)
        page.object_list = records.filter(pk__in=list(page.object_list))
        return page

    def _tabs(self) -> list[tuple[str, str, bool]]:
        """The lists of the figure: label, address, whether it is the one that is open."""
        tabs = [(_("计入的记录"), self._tab(), not (self.misses or self.things))]
        if self.figure.is_distinct:
            tabs.append((thing_tab(self.figure), self._tab(things=1), self.things))
        return [*tabs, (_("没有计入的记录"), self._tab(misses=1), self.misses)]

    def _reasons(self) -> list[MissReason]:
        return reasons_of(self.figure, self.campaign, self.union, self.as_of, user=self.request.user)

    def _sections(self, records: list, found: list[MissReason]) -> list[Section]:
        scope = self.request.user.union.path
        if self.misses:
            return by_reason(self.figure, records, scope, Window.of(self.campaign, self.as_of), found)
        if self.things:
            return by_thing(self.figure, records, scope, of_city=self.union.is_city)
        return whole(self.figure, records, scope)

    def _tab(self, **asked) -> str:
        """The same figure, another list of it."""
        return address_with(self.request, **{**dict.fromkeys(("misses", "reason", "things", "page")), **asked})

    def _annex_url(self, figure: Figure, campaign, union) -> str:
        asked = {"campaign": campaign.year, "unit": union.code, "form": figure.form or None}
        page = "annex" if figure.form else "funnel"
        return reverse(page) + self._tab(**asked)

    def _part_url(self, year: int, code: str, slug: str) -> str:
        return reverse("figure_records", args=[year, code, slug]) + self._tab()

    def _export_url(self) -> str:
        return reverse("figure_records_export", kwargs=self.kwargs) + address_with(self.request, page=None)
