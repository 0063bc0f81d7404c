"""Files that go with a report, to take away: as uploaded while it is prepared, as frozen once it is handed in.

Each download leaves one audit row.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalView
from portal.workflow import MoveRefused
from reports.annex.campaign_figures import figures_known_to, figures_of_submission
from reports.counting.rows import adjusted_words
from reports.handed_in.files import SUMMARY, is_whole, named_files
from reports.models import AdjustmentFile, FrozenFile, Report, SummaryFile
from reports.preparing.adjustment_file import remove_adjustment_file
from reports.sealing.proving import Tampered, prove
from reports.views.handed_in.submission import find_submission
from reports.views.preparing.preparation import own_report
from reports.views.preparing.report import find_report


def attachment(
    request: HttpRequest, report: Report, file: SummaryFile | AdjustmentFile | FrozenFile, what: str
) -> HttpResponse:
    """`file` to be saved, never to be shown by the browser: what is in it was written by somebody else."""
    audit.record(AuditAction.EXPORTED, by=By.of(request), about=report, file=what)
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=file.file_name),
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(bytes(file.content), content_type=file.content_type, headers=headers)


class ReportSummaryDownload(PortalView):
    """The summary report: the frozen one of a report that is handed in, if its bytes were kept."""

    permission = Permission.VIEW_REPORTS

    def get(self, request, pk: int):
        report = find_report(request.user, pk)
        if not report.is_editable:
            prove(report.submission)
        named = {} if report.is_editable else {file.slug: file for file in named_files(report.submission)}
        if SUMMARY not in named:
            return attachment(request, report, get_object_or_404(SummaryFile, report=report), _("总结报告"))
        file = get_object_or_404(FrozenFile, submission=report.submission_id, slug=SUMMARY)
        if not is_whole(file, named[SUMMARY].digest):
            raise Tampered([report.submission])
        return attachment(request, report, file, _("总结报告"))


class ReportAdjustFile(PortalView):
    """The file that shows why a figure is adjusted, as it was uploaded."""

    permission = Permission.VIEW_REPORTS

    def get(self, request, pk: int, slug: str):
        report = find_report(request.user, pk)
        file = get_object_or_404(AdjustmentFile, adjustment__report=report, adjustment__slug=slug)
        return attachment(request, report, file, adjusted_words(figures_known_to(report), slug))


class ReportAdjustFileRemove(PortalView):
    """Takes the file of an adjustment away; the adjustment stays."""

    permission = Permission.PREPARE_REPORT

    def post(self, request, pk: int, slug: str):
        report = own_report(request.user, pk)
        try:
            remove_adjustment_file(report, slug=slug, by=By.of(request))
        except ValidationError:
            raise Http404(_("没有这个数字。")) from None
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("report_show", report.pk)
        messages.success(request, _("依据文件已移除。"))
        return redirect("report_adjust", report.pk, slug)


class SubmissionFile(PortalView):
    """A file as it was handed in; not given out where its bytes are no longer those that were frozen."""

    permission = Permission.VIEW_REPORTS

    def get(self, request, pk: int, slug: str = SUMMARY):
        submission = find_submission(request.user, pk)
        named = {file.slug: file for file in named_files(submission)}
        if slug not in named:
            raise Http404(_("报送时没有这个文件。"))
        file = get_object_or_404(FrozenFile, submission=submission, slug=slug)
        if not is_whole(file, named[slug].digest):
            messages.error(request, _("文件与报送时的校验值不一致，请联系市总保障部。"))
            return redirect("submission_show", submission.pk)
        what = adjusted_words(figures_of_submission(submission), slug) if slug else _("总结报告")
        return attachment(request, submission.report, file, what)
