"""The first page after log-in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from portal.access import Permission
from portal.desk.cards import cards_for
from portal.desk.due import due_for
from portal.desk.first_steps import first_steps_for
from portal.desk.season import season_for
from portal.desk.todos import Waiting, most_urgent, waiting_for, waiting_in
from portal.models import Announcement, User
from portal.models.asked_once import asked_once
from portal.records.recent import recent
from portal.web.base import PortalPage, SignedInRequest
from portal.web.navigation import areas_for

ANNOUNCEMENTS_SHOWN = 3


@dataclass(frozen=True)
class Waits:
    """What waits in one area; the last group is of what belongs to none."""

    label: str | Promise
    url: str
    lines: list[Waiting]


class HomePage(PortalPage):
    """One screen: the year with today on it, what is urgent, what waits by area, numbers so far, what was opened last.

    In an empty portal the first steps stand in the place of what waits.
    """

    permission = Permission.VIEW_HOME
    template_name = "portal/home/show.html"
    request: SignedInRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        with asked_once():
            waiting = waiting_for(user)
            return super().get_context_data(
                today=timezone.localdate(),
                season=season_for(user),
                due_dates=due_for(user),
                first_steps=first_steps_for(user),
                urgent=most_urgent(waiting),
                waits=by_area(waiting, user),
                recent=recent(self.request),
                acts=areas_for(user)[0].acts,
                **cards_for(user),
                **self._announcements(user),
                **kwargs,
            )

    def _announcements(self, user: User) -> dict[str, Any]:
        """The latest that are unread; how many there are is asked, by the frame, where these are not all."""
        unread = Announcement.objects.unread_by(user).select_related("sent_by__union").order_by("-id")
        found = list(unread[: ANNOUNCEMENTS_SHOWN + 1])
        number = {"unread": len(found)} if len(found) <= ANNOUNCEMENTS_SHOWN else {}
        return {"announcements": found[:ANNOUNCEMENTS_SHOWN], **number}


def by_area(waiting: Iterable[Waiting], user: User) -> list[Waits]:
    """What waits, in the order of the areas."""
    waiting = list(waiting)
    groups = [Waits(area.label, area.url, waiting_in(area, waiting)) for area in areas_for(user)]
    rest = Waits("", "", [each for each in waiting if not each.area])
    return [group for group in (*groups, rest) if group.lines]
