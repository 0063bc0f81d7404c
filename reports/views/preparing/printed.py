"""The forms of a report to take away: as they were handed in, with the code that proves them, or as a draft."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.documents.pdf import PdfUnavailableError
from portal.enums import AuditAction
from portal.web.base import PortalView
from reports.annex.campaign_figures import FORM_NUMBERS
from reports.models import Report
from reports.render import html
from reports.render.filled import Filled
from reports.render.formats import FORMATS
from reports.render.frozen import FrozenForms
from reports.render.prepared import PreparedForms
from reports.views.handed_in.submission import find_submission
from reports.views.preparing.report import ReportPage, find_report, records_url
from reports.views.proof import verify_url
from reports.views.selection import form_number

KINDS = ("pdf", "docx", "xlsx")


@dataclass(frozen=True)
class Printed:
    """What is printed: the forms of a report, the mark in the file's name, and the page where the person came from."""

    filled: Filled
    report: Report
    mark: str
    page: str


class FormsDownload(PortalView):
    """One form, or with the number 0 both. Leaves one audit row."""

    permission = Permission.EXPORT_ANNEX

    def printed(self, request: HttpRequest, pk: int) -> Printed:
        raise NotImplementedError

    def get(self, request, *, pk: int, number: int, kind: str):
        printed = self.printed(request, pk)
        if kind not in KINDS:
            raise Http404(_("没有这种格式。"))
        forms = (form_number(str(number), FORM_NUMBERS),) if number else FORM_NUMBERS
        try:
            content = FORMATS[kind].union(printed.filled, forms)
        except PdfUnavailableError as error:
            messages.error(request, str(error))
            return redirect(printed.page)
        which = _("附件%d") % number if number else _("统计表")
        return self._attachment(printed, content, f"{which}.{kind}")

    def _attachment(self, printed: Printed, content: bytes, name: str) -> HttpResponse:
        report = printed.report
        details = {"code": printed.mark, "file": name}
        audit.record(AuditAction.EXPORTED, by=By.of(self.request), about=report, **details)
        file_name = f"{report.campaign.year}_{report.union.code}_{printed.mark}_{name}"
        headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=file_name)}
        kind = name.rpartition(".")[2]
        return HttpResponse(content, content_type=FORMATS[kind].content_type, headers=headers)


class SubmissionDownload(FormsDownload):
    """The forms as handed in."""

    def printed(self, request, pk):
        submission = find_submission(request.user, pk)
        filled = FrozenForms.of(submission, verify_url(request, submission))
        return Printed(filled, submission.report, submission.code, reverse("submission_show", args=[pk]))


class ReportForms(ReportPage):
    """Both forms as on paper while the report is prepared, each blank opening its records."""

    template_name = "reports/report/forms.html"

    def get(self, request, *args, **kwargs):
        if not self.report.is_editable:
            return redirect("submission_show", self.report.submission_id)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        filled = PreparedForms.of(self.report)
        forms = [
            (number, filled.form(number).title, html.rows(filled, number, lambda slug: records_url(self.report, slug)))
            for number in FORM_NUMBERS
        ]
        return super().get_context_data(forms=forms, words=filled.stamp.words, **kwargs)


class ReportFormsDownload(FormsDownload):
    """The draft of the forms, to be looked at and signed on paper before the report is handed in."""

    def printed(self, request, pk):
        report = find_report(request.user, pk)
        if not report.is_editable:
            raise Http404(_("报表已报送，请下载已报送的统计表。"))
        return Printed(PreparedForms.of(report), report, _("草稿"), reverse("report_forms", args=[pk]))
