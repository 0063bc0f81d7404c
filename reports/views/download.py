"""Forms to take away; every download leaves a row in the audit log."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission
from portal.enums import AuditAction
from portal.views.base import PortalView
from reports.derive import derive_units
from reports.render.filled import FORM_NUMBERS, Filled
from reports.render.json import union_json
from reports.render.xlsx import city_workbook, union_workbook
from reports.views.selection import as_of_in, campaign_of, form_number, union_in_scope

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class AnnexDownload(PortalView):
    """One form, or with the number 0 both, of one union in scope, as .xlsx or .json."""

    permission = Permission.EXPORT_ANNEX

    def get(self, request, *, year: int, code: str, number: int, kind: str):
        forms = (form_number(str(number), FORM_NUMBERS),) if number else FORM_NUMBERS
        filled = Filled.live(campaign_of(year), union_in_scope(request.user, code), as_of_in(request), forms=forms)
        if kind == "xlsx":
            content, content_type = union_workbook(filled, forms), XLSX
        elif kind == "json":
            content, content_type = union_json(filled.values, forms).encode(), "application/json"
        else:
            raise Http404(_("没有这种格式。"))
        which = _("附件%d") % number if number else _("统计表")
        return _attachment(request, filled, content, content_type, f"{which}.{kind}")


class CityDownload(PortalView):
    """The city's forms, a sheet per unit, and the matrix."""

    permission = Permission.EXPORT_CITY

    def get(self, request, *, year: int):
        city = request.user.union
        if not city.is_city:
            raise Http404(_("只有市总工会有全市统计表。"))
        campaign, as_of = campaign_of(year), as_of_in(request)
        figures = derive_units(campaign, as_of)
        filled = Filled(campaign, city, campaign.cut_off(as_of), figures.total)
        return _attachment(request, filled, city_workbook(filled, figures), XLSX, _("全市统计表") + ".xlsx")


def _attachment(request: HttpRequest, filled: Filled, content: bytes, content_type: str, name: str) -> HttpResponse:
    """`content` as a file named after what it holds. Writes one audit row."""
    details = {"campaign": filled.campaign.year, "cut_off": str(filled.cut_off), "file": name}
    audit.record(AuditAction.EXPORTED, request=request, subject=_("统计表"), union=filled.union, **details)
    file_name = f"{filled.campaign.year}_{filled.union.code}_{filled.cut_off:%Y%m%d}_{name}"
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=file_name)}
    return HttpResponse(content, content_type=content_type, headers=headers)
