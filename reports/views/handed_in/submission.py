"""Handing a report in: what still stands in the way, the button, the receipt."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.access import Permission
from portal.audit import By
from portal.documents import qr
from portal.models import User
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalPage
from portal.workflow import MoveRefused
from reports.counting.stale import mark_of, stale_in_summary
from reports.handed_in.submission import submit_report
from reports.models import Report, Submission
from reports.preparing.standing import has_summary, standing
from reports.review.hints import hints_for
from reports.sealing.proving import prove
from reports.views.preparing.report import ReportPage, figure_tables, find_report, is_own
from reports.views.proof import verify_url


def find_submission(user: User, pk: int) -> Submission:
    """The submission, proved whole, if it is of the user's union or one below; 404 otherwise. Raises Tampered."""
    submissions = Submission.objects.visible_to(user)
    related = ("report__campaign", "report__union", "submitted_by", "union")
    return prove(get_object_or_404(submissions.select_related(*related), pk=pk))


class ReportSubmit(ReportPage):
    """The lead looks at everything once more and hands it in; a second press leads to the same receipt."""

    permission = Permission.SUBMIT_REPORT
    template_name = "reports/report/submit.html"

    @cached_property
    def report(self) -> Report:
        report = find_report(self.request.user, self.kwargs["pk"])
        if not is_own(self.request.user, report):
            raise PermissionDenied(_("报表只能由填报单位（%(union)s）自己报送。") % {"union": report.union})
        return report

    def get(self, request, *args, **kwargs):
        if not self.report.is_editable:
            return redirect("submission_receipt", self.report.submission_id)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        live = standing(self.report)
        outdated = stale_in_summary(self.report, live.rows)
        return super().get_context_data(
            live=live,
            hints=hints_for(self.report),
            explanations=[(found.message, live.explanation(found)) for found in live.soft],
            forms=figure_tables(self.report, live.rows, may_edit=False),
            has_summary=has_summary(self.report),
            stale=outdated,
            mark=mark_of(outdated),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int):
        try:
            submission = submit_report(self.report, by=By.of(request), seen=request.POST.get("seen", ""))
        except MoveRefused as refused:
            return self.refused(str(refused))
        messages.success(request, _("报表已报送。"))
        return redirect("submission_receipt", submission.pk)

    def refused(self, reason: str):
        """Why it was not handed in; if that is because it has been already, its receipt."""
        del self.report
        if not self.report.is_editable:
            messages.info(self.request, reason)
            return redirect("submission_receipt", self.report.submission_id)
        messages.error(self.request, reason)
        return self.render_to_response(self.get_context_data())


class SubmissionPage(PortalPage):
    """A page about one submission; nothing on it is live."""

    permission = Permission.VIEW_REPORTS

    @cached_property
    def submission(self) -> Submission:
        return find_submission(self.request.user, self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        shown = {"submission": self.submission, "report": self.submission.report}
        return super().get_context_data(**shown | kwargs)


class SubmissionReceipt(SubmissionPage):
    """What was handed in, by whom, when, and the digest that proves it; made to be printed."""

    template_name = "reports/report/receipt.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(code=qr.svg(verify_url(self.request, self.submission)), **kwargs)
