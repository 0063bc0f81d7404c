"""The forms as they were handed in, to take away, with the code that proves them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission
from portal.documents.pdf import PdfUnavailableError
from portal.enums import AuditAction
from portal.views.base import PortalView
from reports.campaign_figures import FORM_NUMBERS
from reports.frozen import FrozenForms
from reports.models import Submission
from reports.render.formats import FORMATS
from reports.views.proof import verify_url
from reports.views.selection import form_number
from reports.views.submission import find_submission

KINDS = ("pdf", "docx", "xlsx")


class SubmissionDownload(PortalView):
    """One form, or with the number 0 both, as handed in. Leaves one audit row."""

    permission = Permission.EXPORT_ANNEX

    def get(self, request, *, pk: int, number: int, kind: str):
        submission = find_submission(request.user, pk)
        if kind not in KINDS:
            raise Http404(_("没有这种格式。"))
        forms = (form_number(str(number), FORM_NUMBERS),) if number else FORM_NUMBERS
        filled = FrozenForms.of(submission, verify_url(request, submission))
        try:
            content = FORMATS[kind].union(filled, forms)
        except PdfUnavailableError as error:
            messages.error(request, str(error))
            return redirect("submission_show", submission.pk)
        which = _("附件%d") % number if number else _("统计表")
        return self._attachment(submission, content, f"{which}.{kind}")

    def _attachment(self, submission: Submission, content: bytes, name: str) -> HttpResponse:
        report = submission.report
        details = {"code": submission.code, "file": name}
        audit.record(AuditAction.EXPORTED, request=self.request, union=report.union, subject=str(report), **details)
        file_name = f"{report.campaign.year}_{report.union.code}_{submission.code}_{name}"
        headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=file_name)}
        kind = name.rpartition(".")[2]
        return HttpResponse(content, content_type=FORMATS[kind].content_type, headers=headers)
