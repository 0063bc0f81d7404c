"""The audit log."""

from portal.access import Permission
from portal.filters import AuditFilter
from portal.models import AuditEntry
from portal.views.base import PortalPage
from portal.views.listing import PAGE_SIZE, address_with


class AuditLog(PortalPage):
    """Who did what, newest first, within the scope of the person who asks."""

    permission = Permission.VIEW_AUDIT
    template_name = "portal/audit/list.html"

    def get_context_data(self, **kwargs):
        asked = self.request.GET.get("before", "")
        before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
        audit_filter = AuditFilter(self.request.GET, queryset=AuditEntry.objects.visible_to(self.request.user))
        rows = list(audit_filter.qs.page(before=before, size=PAGE_SIZE + 1))
        more = len(rows) > PAGE_SIZE
        return super().get_context_data(
            filter=audit_filter,
            rows=rows[:PAGE_SIZE],
            first_url=address_with(self.request, before=None) if before else "",
            next_url=address_with(self.request, before=rows[PAGE_SIZE - 1].id) if more else "",
            **kwargs,
        )
