"""The page an area opens with."""

from typing import Any

from django.http import Http404

from portal.access import Permission
from portal.desk.cards import cards_for
from portal.desk.todos import waiting_for, waiting_in
from portal.desk.ways import ways_of
from portal.models.asked_once import asked_once
from portal.web.base import PortalPage, SignedInRequest
from portal.web.navigation import areas_for


class AreaPage(PortalPage):
    """The way of the work with the number at each step, what waits for the person, what can be done, what came last.

    An area that the role does not have is a 404, like one that does not exist.
    """

    permission = Permission.VIEW_HOME
    template_name = "portal/area/show.html"

    request: SignedInRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, slug = self.request.user, self.kwargs["slug"]
        area = next((area for area in areas_for(user) if area.slug == slug and area.items), None)
        if area is None:
            raise Http404
        with asked_once():
            ways = ways_of(area.slugs, user)
            waiting = waiting_in(area, waiting_for(user))
            cards = cards_for(user, area.slugs)
        return super().get_context_data(area=area, ways=ways, waiting=waiting, acts=area.acts, **cards, **kwargs)
