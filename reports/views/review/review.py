"""The reviewer before one report: what was handed in beside other figures, the moves, what was said."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.access import Permission
from portal.audit import By
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalPage, PortalView
from portal.workflow import Move, MoveRefused
from reports.annex.campaign_figures import FORM_NUMBERS, figures_known_to, figures_of_submission
from reports.beside.comparison import compared
from reports.beside.difference import submission_before
from reports.counting.origin import frozen_origins
from reports.counting.stale import frozen_stale
from reports.enums import ReturnedPart
from reports.figures.registry import Registry
from reports.forms.review import CommentForm, ReturnForm, SeenForm
from reports.guards import needs_two
from reports.handed_in.submission import accept_report, endorse_report, return_report, start_review
from reports.models import Report, ReturnedFigure
from reports.review.commenting import comment_counts, notes_of, thread
from reports.review.late import days_late_of, late_words
from reports.review.returned import named_subject
from reports.review.reviewing import agreed_to, decide_on
from reports.sealing.proving import prove
from reports.views.preparing.report import explanations_of, thread_url
from reports.workflow import REPORT_WORKFLOW

MOVE_PAGES = {"return": "review_return", "supplement": "review_supplement"}  # those that need a reason


class ReportReview(PortalView):
    """What the pages about one report share: the report, looked up in scope."""

    permission = Permission.REVIEW_REPORTS

    @cached_property
    def report(self) -> Report:
        reports = Report.objects.visible_to(self.request.user)
        return get_object_or_404(
            reports.select_related("campaign", "union", "submission__submitted_by"), pk=self.kwargs["pk"]
        )

    @cached_property
    def submission(self):
        """What was handed in last, proved whole; before that there is nothing to review."""
        if self.report.submission is None:
            raise Http404(_("该单位还没有报送。"))
        submission = self.report.submission
        submission.report = self.report
        return prove(submission)

    @property
    def url(self) -> str:
        return reverse("review_show", args=[self.report.pk])


class ReviewShow(ReportReview, PortalPage):
    """The frozen figures of both forms in one table, the moves, and the history."""

    template_name = "reports/review/show.html"

    def get_context_data(self, **kwargs):
        report, submission = self.report, self.submission
        moves = REPORT_WORKFLOW.open_to(report, self.request.user)
        returned = Prefetch("figures", ReturnedFigure.objects.order_by("pk"))
        events = report.events.select_related("actor", "submission").prefetch_related(returned)
        figures, said, rows = figures_known_to(report), comment_counts(report), compared(submission)
        origins = frozen_origins(submission)
        tabled = [(row, thread_url(report, row.figure.slug), said[row.figure.slug]) for row in rows]
        return super().get_context_data(
            report=report,
            submission=submission,
            rows=rows,
            forms=[(number, [line for line in tabled if line[0].figure.form == number]) for number in FORM_NUMBERS],
            adjusted=[(row, origins[row.figure.slug]) for row in rows if row.row.difference],
            outliers=[row for row in rows if row.warning],
            uncompared=[row for row in rows if row.peers.are_few],
            buttons=[(move, self._url_of(move)) for move in moves],
            needs_two=needs_two(report),
            agreed=agreed_to(report),
            diff_url=reverse("submission_diff", args=[submission.pk]) if submission_before(submission) else "",
            beside=Report.objects.beside(report),
            comments=thread(report),
            comment_form=CommentForm(),
            notes=[(note, figures.get(note.slug, note.slug)) for note in notes_of(report, self.request.user)],
            events=[(event, _label(event), _returned(event, figures)) for event in events],
            explanations=explanations_of(submission),
            stale=frozen_stale(submission),
            late_words=late_words(late) if (late := days_late_of(report)) else "",
            **kwargs,
        )

    def _url_of(self, move: Move) -> str:
        if move.name in MOVE_PAGES:
            return reverse(MOVE_PAGES[move.name], args=[self.report.pk])
        return reverse("review_move", args=[self.report.pk, move.name])


def _label(event) -> str:
    moves = REPORT_WORKFLOW.by_name
    return str(moves[event.move].label) if event.move in moves else event.move


def _returned(event, figures: Registry) -> list[tuple]:
    """The figures and parts that an event returned, with their reasons."""
    return [
        (named_subject(figure.slug, figures), figure.get_reason_display(), figure.text)
        for figure in event.figures.all()
    ]


class ReviewMove(ReportReview):
    """A move that needs no reason: take the report up, agree to accept it, accept it."""

    def post(self, request, *, name: str, **_kwargs):
        report, form, by = self.report, SeenForm(request.POST), By.of(request)
        makes = {
            "start_review": lambda current: start_review(current, by=by),
            "endorse": lambda current: endorse_report(current, by=by),
            "accept": lambda current: accept_report(current, by=by),
        }
        if name not in makes:
            raise Http404(_("没有这个操作。"))
        try:
            if not form.is_valid():
                raise MoveRefused(_("请打开审核页面，再进行操作。"))
            decide_on(report, seen=form.cleaned_data["seen"], make=makes[name])
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("已完成：%(move)s。") % {"move": REPORT_WORKFLOW.by_name[name].label})
        return redirect(self.url)


class ReviewReturn(ReportReview, PortalPage):
    """Give the report back, with a comment and reasons by figure. What was typed stays when something is missing."""

    template_name = "reports/review/return.html"

    @property
    def figures(self) -> Registry:
        return figures_of_submission(self.submission)

    def get_context_data(self, form: ReturnForm | None = None, **kwargs):
        form = form or ReturnForm(initial={"seen": self.submission.pk}, figures=self.figures)
        rows = [(compared_to, *form.fields_of(compared_to.figure.slug)) for compared_to in compared(self.submission)]
        parts = [(label, *form.fields_of(part)) for part, label in ReturnedPart.choices]
        shown = {"report": self.report, "rows": rows, "parts": parts, "review_url": self.url}
        return super().get_context_data(form=form, **shown, **kwargs)

    def post(self, request, **_kwargs):
        report, form = self.report, ReturnForm(request.POST, figures=self.figures)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))

        def give_back(current: Report) -> None:
            comment = form.cleaned_data["comment"]
            return_report(current, figures=form.returned, comment=comment, by=By.of(request))

        try:
            decide_on(report, seen=form.cleaned_data["seen"], make=give_back)
        except MoveRefused as refused:
            form.add_error(None, ValidationError(str(refused)))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, _("已退回%(unit)s的报表。") % {"unit": report.union})
        return redirect(self.url)
