"""The audit log."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.access import Permission
from portal.audit_words import in_words
from portal.forms.filters import AuditFilter
from portal.models import AuditEntry
from portal.records.exporting.resource import ExportColumn
from portal.text import as_key
from portal.views.exporting import ListExport, moment
from portal.views.listing import PAGE_SIZE, address_with, export_address
from portal.web.base import PortalPage


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
