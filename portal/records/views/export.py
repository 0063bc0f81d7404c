"""A list as a file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction
from portal.records.exporting.answer import PARAMETER, list_file
from portal.records.exporting.formats import FORMATS, USUAL
from portal.records.exporting.jobs import LONGEST_AT_ONCE, start_list_file
from portal.records.exporting.resource import LARGEST_EXPORT
from portal.records.exporting.whole_list import WholeList
from portal.records.kind import RecordKind
from portal.records.lists.listing import Listing
from portal.web.base import PortalView, given


class RecordExport(PortalView):
    """The list as filtered, all pages; sensitive fields stay masked. A long one is made by a job."""

    kind: RecordKind = given()
    permission = Permission.EXPORT_LISTS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        listing = Listing(self.kind, request, request.GET)
        whole = WholeList(listing)
        refusal = self._refusal(whole)
        if refusal:
            messages.error(request, refusal)
            return redirect(reverse(f"{self.kind.name}_list") + listing.address())
        ending = request.GET.get(PARAMETER, USUAL.name)
        if ending not in FORMATS:
            raise Http404(_("没有这种文件格式。"))
        if whole.count > LONGEST_AT_ONCE:
            job = start_list_file(self.request.user, self.kind, listing.left(), ending)
            return redirect("job_show", job.pk)
        audit.record(AuditAction.EXPORTED, by=By.of(request), subject=str(self.kind.title), **whole.told)
        return list_file(request, whole.resource, whole.records(), name=whole.name)

    @staticmethod
    def _refusal(whole: WholeList) -> str:
        if not whole.listing.is_valid:
            return _("筛选条件有误，没有导出。请更正后再试。")
        if whole.count > LARGEST_EXPORT:
            limits = {"count": whole.count, "limit": LARGEST_EXPORT}
            return _("共 %(count)d 条，一次最多导出 %(limit)d 条。请先筛选再导出。") % limits
        return ""
