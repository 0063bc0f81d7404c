"""The audit log."""

from collections.abc import Iterable
from itertools import islice
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.access import Permission
from portal.audit_words import in_words
from portal.enums import Duty
from portal.evidence.sealing import table
from portal.evidence.verifying import link_faults, trigger_faults
from portal.forms.filters import AuditFilter
from portal.models import AuditEntry, EvidenceLink
from portal.operating.duties import standing
from portal.records.exporting.resource import ExportColumn
from portal.records.lists.paging import Keyset, turn_to
from portal.refusals.lookup import get_object_or_404
from portal.text import as_key
from portal.views.exporting import ListExport, moment
from portal.views.listing import PAGE_SIZE, address_with, export_address, page_addresses
from portal.web.base import PortalPage

LATEST_FIRST = Keyset.parse("-id")
FAULTS_TOLD = 50


class AuditLog(PortalPage):
    """Who did what, newest first, within the scope of the person who asks."""

    permission = Permission.VIEW_AUDIT
    template_name = "portal/audit/list.html"

    @cached_property
    def filter(self) -> AuditFilter:
        return AuditFilter(self.request.GET, queryset=AuditEntry.objects.visible_to(self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before = as_key(self.request.GET.get("before", ""))
        rows = list(self.filter.qs.page(before=before, size=PAGE_SIZE + 1))
        more = len(rows) > PAGE_SIZE
        return super().get_context_data(
            filter=self.filter,
            export_url=export_address(self.request, "audit_export"),
            rows=[(entry, in_words(entry.detail)) for entry in rows[:PAGE_SIZE]],
            first_url=address_with(self.request, before=None) if before else "",
            next_url=address_with(self.request, before=rows[PAGE_SIZE - 1].id) if more else "",
            **kwargs,
        )


class EvidenceList(PortalPage):
    """What was sealed, the latest first; one seal is proved at a press, and what is wrong with it is named."""

    permission = Permission.VIEW_AUDIT
    template_name = "portal/audit/evidence.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        links = EvidenceLink.objects.defer("hashes")
        page = turn_to(self.request.GET, links, links, LATEST_FIRST)
        return super().get_context_data(
            rows=[(link, table(cast("EvidenceLink", link).source)._meta.verbose_name) for link in page.records],
            pages=page_addresses(self.request, page),
            unguarded=list(trigger_faults()),
            standing=standing(Duty.EVIDENCE),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        link = get_object_or_404(EvidenceLink, pk=as_key(request.POST.get("link", "")))
        found = list(islice(link_faults(link), FAULTS_TOLD))
        return self.render_to_response(self.get_context_data(proved=link, faults=found))


class AuditExport(ListExport, AuditLog):
    """The log as it is filtered, newest first."""

    title = _("审计日志")
    list_name = "audit_log"
    columns = (
        ExportColumn(_("时间"), lambda entry: moment(entry.at)),
        ExportColumn(_("人员"), lambda entry: entry.actor.name if entry.actor else ""),
        ExportColumn(_("事项"), lambda entry: entry.get_action_display()),
        ExportColumn(_("对象"), lambda entry: entry.subject),
        ExportColumn(_("来源地址"), lambda entry: entry.address),
        ExportColumn(_("说明"), lambda entry: "；".join(f"{name}：{text}" for name, text in in_words(entry.detail))),
    )

    def exported_rows(self) -> Iterable[AuditEntry]:
        rows: QuerySet[AuditEntry] = self.filter.qs.select_related("actor").order_by("-id")
        return rows.iterator()
