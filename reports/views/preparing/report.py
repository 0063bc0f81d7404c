"""The reports a unit owes, and one of them: figures side by side, findings, history, what to do next."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.access import Permission, can
from portal.models import Campaign, User
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalPage, PortalView
from reports.annex.campaign_figures import FORM_NUMBERS, figures_of, figures_of_submission, form_of
from reports.beside.difference import submission_before
from reports.beside.last_year import last_year
from reports.checks import checks_for
from reports.checks.registry import Finding
from reports.counting.rows import FigureRow, frozen_figure_rows
from reports.counting.stale import frozen_stale, stale_in_summary
from reports.enums import ReportState, ReturnedPart
from reports.forms.review import CommentForm
from reports.models import AdjustmentFile, Narrative, Report, Submission, SummaryFile
from reports.preparing.standing import Standing, standing
from reports.review.commenting import comment_counts, may_comment, thread
from reports.review.late import days_late_of, late_words
from reports.review.returned import to_do
from reports.sealing.proving import prove
from reports.views.preparing.report_list import AllReports
from reports.views.preparing.steps import Step, mending, steps_left
from reports.views.selection import campaign_of, union_in_scope
from reports.workflow import REPORT_WORKFLOW

MOVE_PAGES = {"submit": "report_submit"}  # the reviewer's moves stand on the reviewer's page
PART_PAGES = {
    ReturnedPart.SUMMARY: "report_summary",
    ReturnedPart.CONTACT: "report_contact",
    ReturnedPart.EXPLANATIONS: "report_explain_all",
}
VERSIONS_SHOWN = 100


def find_report(user: User, pk: int) -> Report:
    """The report, if it is of the user's union or one below; 404 otherwise."""
    reports = Report.objects.visible_to(user).select_related("campaign", "union", "submission__submitted_by")
    return get_object_or_404(reports, pk=pk)


def is_own(user: User, report: Report) -> bool:
    """Whether the user is of the 填报单位 itself: those above and below it do not prepare its report."""
    return user.union_id == report.union_id


@dataclass(frozen=True)
class Owed:
    """A campaign's report as the list shows it; `report` is None where it has not been begun."""

    campaign: Campaign
    report: Report | None
    today: date

    @property
    def due_on(self) -> date:
        return self.report.due_on if self.report else self.campaign.due_on

    @property
    def has_begun(self) -> bool:
        """Whether the campaign runs already: next year's is set up before, and its forms may still change."""
        return self.campaign.starts_on <= self.today

    @property
    def days_left(self) -> int:
        return (self.due_on - self.today).days

    @property
    def days_over(self) -> int:
        return -self.days_left

    @property
    def is_open(self) -> bool:
        """Whether the due date still counts; a supplementary report has none."""
        return self.report is None or (self.report.is_editable and not self.report.number)


class ReportList(PortalPage):
    """The reports of the user's own reporting unit, a line for each campaign; in the city those of all units."""

    permission = Permission.VIEW_REPORTS
    template_name = "reports/report/list.html"

    def get(self, request, *args, **kwargs):
        return AllReports.as_view()(request) if request.user.union.is_city else super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        union = self.request.user.union
        return super().get_context_data(
            union=union,
            unit=None if union.is_reporting else union.reporting_unit(),
            rows=list(self._owed()) if union.is_reporting else [],
            may_begin=can(self.request.user, Permission.PREPARE_REPORT),
            **kwargs,
        )

    def _owed(self):
        today = timezone.localdate()
        mine = Report.objects.visible_to(self.request.user).filter(union=self.request.user.union)
        reports = mine.select_related("campaign").order_by("-campaign__year", "number")
        begun = {year: list(found) for year, found in groupby(reports, lambda report: report.campaign.year)}
        for campaign in Campaign.objects.all():
            for report in begun.get(campaign.year, [None]):
                yield Owed(campaign, report, today)


class ReportBegin(PortalView):
    """Begins the report of the own unit for a campaign; pressed twice, there is one."""

    permission = Permission.PREPARE_REPORT

    def post(self, request, year: int, code: str):
        campaign, union = campaign_of(year), union_in_scope(request.user, code)
        if union != request.user.union or not union.is_reporting:
            raise PermissionDenied(_("报表只能由填报单位自己填报。"))
        if campaign.starts_on > timezone.localdate():
            messages.error(
                request, _("%(year)s 年度从 %(day)s 起填报。") % {"year": campaign, "day": campaign.starts_on}
            )
            return redirect("report_list")
        return redirect("report_show", Report.objects.open(campaign, union).pk)


class ReportPage(PortalPage):
    """A page about one report."""

    permission = Permission.VIEW_REPORTS

    @cached_property
    def report(self) -> Report:
        return find_report(self.request.user, self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(report=self.report, **kwargs)


class ReportShow(ReportPage):
    """Everything about one report; live while it is prepared, frozen from the moment it is handed in."""

    template_name = "reports/report/show.html"

    def get_context_data(self, **kwargs):
        report, user = self.report, self.request.user
        own = is_own(user, report)
        if report.submission_id:
            prove(report.submission)
        may_edit = own and report.is_editable and can(user, Permission.PREPARE_REPORT)
        live = standing(report) if report.is_editable else None
        rows = live.rows if live else frozen_figure_rows(report.submission, last_year(report))
        return super().get_context_data(
            owed=Owed(report.campaign, report, timezone.localdate()),
            may_edit=may_edit,
            forms=figure_tables(report, rows, may_edit=may_edit),
            findings=[finding_row(report, live, found) for found in live.findings] if live else [],
            explanations=[] if live else explanations_of(report.submission),
            is_live=live is not None,
            late_words=late_words(late) if (late := days_late_of(report)) else "",
            stale=stale_in_summary(report, rows) if live else frozen_stale(report.submission),
            summary=SummaryFile.objects.filter(report=report).defer("content").select_related("uploaded_by").first(),
            steps=steps_left(report, live) if may_edit else [],
            evidence=evidence_of(report),
            has_narrative=Narrative.objects.filter(report=report).exists(),
            returned=self._returned(rows),
            comments=thread(report),
            comment_form=CommentForm() if may_comment(user, report) else None,
            notes_url=reverse("review_notes", args=[report.pk]) if can(user, Permission.VIEW_NOTES) else "",
            diff_url=self._diff_url(),
            beside=Report.objects.visible_to(user).beside(report),
            moves=list(self._moves()) if own else [],
            review_url=self._review_url(),
            past=history(report),
            submissions=report.submissions.order_by("-number").select_related("submitted_by"),
            **kwargs,
        )

    def _returned(self, rows: dict[str, FigureRow]) -> dict | None:
        """The unit's to-do list while the report is returned: each figure with its records and its thread."""
        report = self.report
        found = to_do(report, rows) if report.state == ReportState.RETURNED else None
        if found is None:
            return None
        urls = [_mending_urls(report, item.why.slug) for item in found.items]
        return {"list": found, "items": list(zip(found.items, urls, strict=True))}

    def _diff_url(self) -> str:
        submission = self.report.submission
        has_before = submission and submission_before(submission)
        return reverse("submission_diff", args=[submission.pk]) if has_before else ""

    def _review_url(self) -> str:
        may = can(self.request.user, Permission.REVIEW_REPORTS) and self.report.submission_id
        return reverse("review_show", args=[self.report.pk]) if may else ""

    def _moves(self):
        for move in REPORT_WORKFLOW.open_to(self.report, self.request.user):
            if move.name in MOVE_PAGES:
                yield move.label, reverse(MOVE_PAGES[move.name], args=[self.report.pk])


def _mending_urls(report: Report, slug: str) -> tuple[str, str, str]:
    """Where what was returned is mended, what that is called, and where it is talked about."""
    if slug in PART_PAGES:
        return reverse(PART_PAGES[slug], args=[report.pk]), _("去修改"), thread_url(report)
    return records_url(report, slug), _("查看记录"), thread_url(report, slug)


def evidence_of(report: Report) -> list[tuple]:
    """The files of the adjustments: figure, name, address; those handed in stand with the submission."""
    if not report.is_editable:
        return []
    figures = figures_of(report.campaign)
    files = AdjustmentFile.objects.filter(adjustment__report=report).order_by("adjustment__id")
    return [
        (figures[slug], name, reverse("report_adjust_file", args=[report.pk, slug]))
        for slug, name in files.values_list("adjustment__slug", "file_name")
        if slug in figures
    ]


def figure_tables(report: Report, rows: dict[str, FigureRow], *, may_edit: bool) -> list[tuple]:
    """For each form its number, its title, and its figures, each with the addresses of its records, its adjustment and
    its thread, and how many comments that has.
    """
    said = comment_counts(report)
    return [
        (
            number,
            form_of(report.campaign, number).title,
            [
                (
                    row,
                    records_url(report, slug),
                    _edit_url(report, row) if may_edit else "",
                    (thread_url(report, slug), said[slug]),
                )
                for slug, row in rows.items()
                if row.figure.form == number
            ],
        )
        for number in FORM_NUMBERS
    ]


def _edit_url(report: Report, row: FigureRow) -> str:
    """Where the unit changes a figure: it is adjusted, or typed in; a total follows from its parts."""
    if row.figure.summands:
        return ""
    return reverse("report_typed" if row.figure.is_typed else "report_adjust", args=[report.pk, row.figure.slug])


def thread_url(report: Report, slug: str = "") -> str:
    """Where a figure, or the whole report, is talked about."""
    return reverse("figure_comments", args=[report.pk, slug]) if slug else reverse("report_comments", args=[report.pk])


def records_url(report: Report, slug: str) -> str:
    """The records behind a figure: live while the report is prepared and the form has it, else the frozen ones."""
    if report.is_editable and (slug in figures_of(report.campaign) or not report.submission_id):
        return reverse("figure_records", args=[report.campaign.year, report.union.code, slug])
    return reverse("submission_records", args=[report.submission_id, slug])


@dataclass(frozen=True)
class FindingRow:
    """A finding with the lists that mend it, or the page that does, and the explanation given.

    `is_outdated` says that what was explained is no longer what is found.
    """

    finding: Finding
    explanation: str
    links: list[tuple[str, str]]
    mend: Step | None = None
    is_outdated: bool = False


def finding_row(report: Report, live: Standing, found: Finding) -> FindingRow:
    if page := mending(report, found):
        return FindingRow(found, "", [], page)
    year, code = report.campaign.year, report.union.code
    figures = figures_of(report.campaign)
    links = [(str(figures[slug]), reverse("figure_records", args=[year, code, slug])) for slug in found.slugs]
    if found.records:
        listed = (str(found.check.records), reverse("annex_check_records", args=[year, code, found.records]))
        links.insert(0, listed)
    return FindingRow(found, live.explanation(found), links, is_outdated=live.is_outdated(found))


def explanations_of(submission: Submission) -> list[tuple[str, str]]:
    """What was explained when the report was handed in, under what the check found then.

    Submissions from before findings were kept have the words of the check.
    """
    figures, content = figures_of_submission(submission), submission.content
    checks, findings = checks_for(figures), content.get("findings", {})
    return [
        (findings.get(code) or (checks[code].about(figures) if code in checks else _("已取消的核对")), text)
        for code, text in content.get("explanations", {}).items()
    ]


@dataclass(frozen=True)
class Past:
    """One line of the history: a move, or a change while it was prepared."""

    at: datetime
    who: str
    what: str
    comment: str = ""


def history(report: Report) -> list[Past]:
    """What happened with the report, latest first: moves, and the versions that say what was changed."""
    labels = {move.name: move.label for move in REPORT_WORKFLOW.moves}
    moves = [
        Past(event.at, str(event.actor), str(labels.get(event.move, event.move)), event.comment)
        for event in report.events.select_related("actor")
    ]
    versions = report.history.select_related("history_user").order_by("-history_date", "-history_id")[:VERSIONS_SHOWN]
    changes = [
        Past(version.history_date, str(version.history_user or _("系统")), version.history_change_reason)
        for version in versions
        if version.history_change_reason
    ]
    return sorted([*moves, *changes], key=lambda past: past.at, reverse=True)
