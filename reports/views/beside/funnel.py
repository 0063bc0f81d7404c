"""就业全程: the way from graduating to keeping a job, by union and by year; every number opens its people."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction
from portal.records.exporting.answer import list_file
from portal.records.exporting.resource import ListResource, by_place
from portal.views.units.folding import UnitKind, folded
from portal.web.base import PortalPage, PortalView
from reports.annex.campaign_figures import named_by
from reports.beside.funnel import KindRow, UnionRow, by_union, by_year, together, turn_of_year
from reports.charts.charted_funnel import rate_charts, stages_chart
from reports.counting.derive import Values
from reports.counting.kept import FUNNEL_FIGURES
from reports.counting.rates import RATE_LABELS, Rates
from reports.figures.funnel import FURTHER_STUDY, SELF_PLACED, SIGNED, STAGES, TURNING, TURNING_UNEMPLOYED
from reports.figures.registry import Figure
from reports.views.selection import AnnexSelection, as_of_in, campaign_of, union_asked, union_in_scope

SHOWN = (*STAGES[:2], SELF_PLACED, FURTHER_STUDY, SIGNED, *STAGES[2:])


class FunnelPage(PortalPage):
    """One campaign of a union in scope, up to a cut-off."""

    permission = Permission.VIEW_FIGURES
    template_name = "reports/funnel/show.html"

    @cached_property
    def asked(self):
        return union_asked(self.request)

    @property
    def union(self):
        return self.asked.union

    def get_context_data(self, **kwargs):
        selection = AnnexSelection(self.request.GET, user=self.request.user, asked=self.asked)
        shown = self._shown(**selection.cleaned_data) if selection.is_valid() else {}
        return super().get_context_data(selection=selection, union=self.union, **shown, **kwargs)

    def _shown(self, *, campaign, as_of, **_others) -> dict:
        self.query = f"?{urlencode({'as_of': as_of})}" if as_of else ""
        values, years = FUNNEL_FIGURES.of_union(campaign, self.union, as_of), by_year(campaign, self.union, as_of)
        rows = {row.union.path: row for row in by_union(campaign, self.union, as_of)}
        fold = folded([row.union for row in rows.values()], self.request)
        shown, turning = named_by(campaign, SHOWN), named_by(campaign, (TURNING, TURNING_UNEMPLOYED))
        return {
            "campaign": campaign,
            "cut_off": campaign.cut_off(as_of),
            "figures": shown,
            "numbers": self._numbers(shown, values, campaign.year, self.union.code),
            "rates": list(zip(RATE_LABELS, Rates.of(values).texts, strict=True)),
            "rate_labels": RATE_LABELS,
            "fold": fold,
            "unions": [
                *(self._of_kind(kind, rows, campaign) for kind in fold.kinds),
                *((rows[each.path], self._of_union(rows[each.path], campaign, as_of)) for each in fold.units),
            ],
            "years": [(row, self._numbers(shown, row.values, row.campaign.year, self.union.code)) for row in years],
            "charts": [stages_chart(values, named_by(campaign, STAGES)), *rate_charts(years)],
            "turn": self._turn(campaign, as_of),
            "turning": self._numbers(turning, values, campaign.year, self.union.code),
            "export_url": reverse("funnel_export", args=[campaign.year, self.union.code]) + self.query,
        }

    def _numbers(self, figures, values: Values, year: int, code: str) -> list[tuple[Figure, int, str]]:
        """Each figure, its number, and the list of the people in it; of earlier years to their end."""
        urls = (reverse("figure_records", args=[year, code, figure.slug]) + self.query for figure in figures)
        return [(figure, values[figure.slug], url) for figure, url in zip(figures, urls, strict=True)]

    def _of_union(self, row, campaign, as_of) -> tuple[str, list]:
        """The page of a union below, and its numbers; those that a union keeps itself have no list of their own."""
        if row.own:
            return "", [(figure, row.values[figure.slug], "") for figure in named_by(campaign, SHOWN)]
        asked = {"campaign": campaign.year, "unit": row.union.code} | ({"as_of": as_of} if as_of else {})
        numbers = self._numbers(named_by(campaign, SHOWN), row.values, campaign.year, row.union.code)
        return f"{reverse('funnel')}?{urlencode(asked)}", numbers

    @staticmethod
    def _of_kind(kind: UnitKind, rows: dict[str, UnionRow], campaign) -> tuple[KindRow, tuple[str, list]]:
        """A kind's numbers, which have no list of their own, and the page of its unions."""
        row = together(kind.label, (rows[union.path] for union in kind.units))
        return row, (kind.url, [(figure, row.values[figure.slug], "") for figure in named_by(campaign, SHOWN)])

    def _turn(self, campaign, as_of) -> list[tuple]:
        """Each line with the list behind today's number."""
        rows = turn_of_year(campaign, self.union, as_of)
        address = [campaign.year, self.union.code]
        return [(row, reverse("figure_records", args=[*address, row.figure.slug]) + self.query) for row in rows]


class FunnelExport(PortalView):
    """The table by union, as shown. Writes one audit row."""

    permission = Permission.EXPORT_ANNEX

    def get(self, request, *, year: int, code: str):
        campaign, union, as_of = campaign_of(year), union_in_scope(request.user, code), as_of_in(request)
        rows = by_union(campaign, union, as_of)
        headings = [_("工会编码"), _("工会"), *map(str, named_by(campaign, SHOWN)), *map(str, RATE_LABELS)]
        whole = UnionRow(union, FUNNEL_FIGURES.of_union(campaign, union, as_of))
        lines = [*([row.union.code, row.name, *self._cells(row)] for row in rows), ["", _("合计"), *self._cells(whole)]]
        name = _("就业全程_%(year)s_%(code)s") % {"year": year, "code": union.code}
        details = {"campaign": year, "cut_off": str(campaign.cut_off(as_of)), "count": len(rows)}
        audit.record(AuditAction.EXPORTED, by=By.of(request), subject=_("就业全程"), union=union, **details)
        return list_file(request, ListResource(_("就业全程"), by_place(headings)), lines, name=name)

    @staticmethod
    def _cells(row) -> list:
        return [*(row.values[figure.slug] for figure in SHOWN), *row.rates.texts]
