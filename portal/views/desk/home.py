"""The first page after log-in."""

from typing import Any

from portal.access import Permission
from portal.desk.due import due_for
from portal.desk.todos import waiting_for
from portal.models import Announcement
from portal.records.recent import recent
from portal.web.base import PortalPage, SignedInRequest

ANNOUNCEMENTS_SHOWN = 5


class HomePage(PortalPage):
    """What waits for the person, what the union was told, the days until the report is due, what was opened last."""

    permission = Permission.VIEW_HOME
    template_name = "portal/home/show.html"

    request: SignedInRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unread = Announcement.objects.unread_by(self.request.user).select_related("sent_by__union").order_by("-id")
        return super().get_context_data(
            due_dates=due_for(self.request.user),
            announcements=unread[:ANNOUNCEMENTS_SHOWN],
            waiting=waiting_for(self.request.user),
            recent=recent(self.request),
            **kwargs,
        )
