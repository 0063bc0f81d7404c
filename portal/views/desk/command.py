"""All pages by their names."""

from typing import Any

from portal.access import Permission
from portal.web.base import PortalPage
from portal.web.commands import command_groups


class CommandList(PortalPage):
    """The box to search records by, and every page that the person may open; Ctrl+K shows the same in a dialog."""

    permission = Permission.VIEW_HOME
    template_name = "portal/command/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(groups=command_groups(self.request.user), **kwargs)
