"""Forms to take away; every download leaves a row in the audit log."""

from urllib.parse import urlencode

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
from reports.render.filled import FORM_NUMBERS, Filled
from reports.render.formats import FORMATS, Format
from reports.views.selection import as_of_in, campaign_of, form_number, union_in_scope

XLSX = FORMATS["xlsx"].content_type


class AnnexFile(PortalView):
    """A file of forms. Where this machine cannot make one, the person is back at the form, with the reason."""

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except PdfUnavailableError as error:
            messages.error(request, str(error))
            asked = {"campaign": kwargs["year"], "unit": kwargs.get("code"), "as_of": request.GET.get("as_of")}
            query = urlencode({name: value for name, value in asked.items() if value})
            return redirect(f"{reverse('annex')}?{query}")


class AnnexDownload(AnnexFile):
    """One form, or with the number 0 both, of one union in scope."""

    permission = Permission.EXPORT_ANNEX

    def get(self, request, *, year: int, code: str, number: int, kind: str):
        forms = (form_number(str(number), FORM_NUMBERS),) if number else FORM_NUMBERS
        file_format = _format(kind)
        filled = Filled.live(campaign_of(year), union_in_scope(request.user, code), as_of_in(request), forms=forms)
        which = _("附件%d") % number if number else _("统计表")
        return _attachment(request, filled, file_format, file_format.union(filled, forms), which)


def _format(kind: str) -> Format:
    if kind not in FORMATS:
        raise Http404(_("没有这种格式。"))
    return FORMATS[kind]


def _attachment(request: HttpRequest, filled: Filled, kind: Format, content: bytes, which: str) -> HttpResponse:
    """`content` as a file named after what it holds. Writes one audit row."""
    name = f"{which}.{kind.name}"
    details = {"campaign": filled.campaign.year, "cut_off": str(filled.cut_off), "file": name}
    audit.record(AuditAction.EXPORTED, by=By.of(request), subject=_("统计表"), union=filled.union, **details)
    file_name = f"{filled.campaign.year}_{filled.union.code}_{filled.cut_off:%Y%m%d}_{name}"
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=file_name)}
    return HttpResponse(content, content_type=kind.content_type, headers=headers)
