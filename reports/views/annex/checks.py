"""The checks of a union's live figures, and the records that a check finds."""

from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.access import Permission
from portal.records.lists.table import table
from portal.views.listing import PAGE_SIZE, address_with, pages_of
from portal.web.base import PortalPage
from reports.annex.campaign_figures import figures_of
from reports.checks import check_report, checks_for, lost_checks, not_made
from reports.checks.live import live_values
from reports.checks.registry import CheckKind, Finding
from reports.counting.lineage import lineage
from reports.figures.registry import Window
from reports.views.selection import as_of_in, campaign_of, union_in_scope


class ChecksPage(PortalPage):
    """What is asked about: a campaign, a union in scope, a cut-off."""

    permission = Permission.VIEW_FIGURES

    @cached_property
    def campaign(self):
        return campaign_of(self.kwargs["year"])

    @cached_property
    def figures(self):
        return figures_of(self.campaign)

    @cached_property
    def checks(self):
        return checks_for(self.figures)

    @cached_property
    def union(self):
        return union_in_scope(self.request.user, self.kwargs["code"])

    @cached_property
    def as_of(self):
        return as_of_in(self.request)

    def get_context_data(self, **kwargs):
        window = Window.of(self.campaign, self.as_of)
        return super().get_context_data(campaign=self.campaign, union=self.union, window=window, **kwargs)

    def address(self, name: str, *further) -> str:
        """The address of another page about the same campaign, union and cut-off."""
        return reverse(name, args=[self.campaign.year, self.union.code, *further]) + address_with(
            self.request, page=None
        )


class AnnexChecks(ChecksPage):
    """What does not tie, hard and soft apart, each finding with the way to its records."""

    template_name = "reports/checks/show.html"

    def get_context_data(self, **kwargs):
        values, context = live_values(self.campaign, self.union, self.as_of)
        findings = check_report(values, self.checks, context=context)
        return super().get_context_data(
            groups=[(kind, [self._row(found) for found in findings if found.check.kind is kind]) for kind in CheckKind],
            findings=findings,
            made=_sentences(check for check in self.checks if check.can_be_made(context)),
            not_made=_sentences(not_made(self.checks, context)),
            lost=lost_checks(self.figures),
            annex_url=reverse("annex") + address_with(self.request, campaign=self.campaign.year, unit=self.union.code),
            **kwargs,
        )

    def _row(self, finding: Finding) -> tuple[str, list[tuple[str, str]]]:
        """The sentence, and the lists to open: of the records found, else of each figure compared."""
        if finding.records:
            records = (finding.check.records, self.address("annex_check_records", finding.records))
            return finding.message, [records, *self._figures(finding)]
        return finding.message, self._figures(finding)

    def _figures(self, finding: Finding) -> list[tuple[str, str]]:
        return [(self.figures[slug], self.address("figure_records", slug)) for slug in finding.slugs]


class AnnexCheckRecords(ChecksPage):
    """The records that one check finds, a page at a time."""

    template_name = "reports/checks/records.html"

    def get_context_data(self, *, check: str, **kwargs):
        if check not in self.checks or not self.checks[check].records:
            raise Http404(_("没有这项核对。"))
        question, user = self.checks[check].records, self.request.user
        records = lineage(question, self.campaign, self.union, self.as_of, user=user)
        page = Paginator(records, PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            question=question,
            table=table(question.fact.columns, question.fact.model, page.object_list, user.union.path),
            count=page.paginator.count,
            checks_url=self.address("annex_checks"),
            **pages_of(self.request, page),
            **kwargs,
        )


def _sentences(checks) -> list[str]:
    """What must hold, each sentence once: all figures share that of the comparison with last year."""
    return list(dict.fromkeys(str(check.words) for check in checks))
