"""What of Golden Autumn waits for whom; the home page asks."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.models import FollowUp, Household
from aid.visit_plan import due_now
from portal.access import Permission
from portal.models import User
from portal.todos import Todo


def households(name: str) -> tuple[Callable[[User], int], Callable[[User], str]]:
    """How many files of the person's own union and below are in the list `name`, and the list."""

    def count(user: User) -> int:
        return getattr(Household.objects.visible_to(user), name)().count()

    return count, lambda _user: f"{reverse('household_list')}?todo={name}"


def this_summer(state: str) -> str:
    """The plan of this year's visits, narrowed to one state."""
    return f"{reverse('visitplan')}?campaign={localdate().year}&group=aided&state={state}"


def open_follow_ups(user: User) -> int:
    return FollowUp.objects.visible_to(user).filter(done_on__isnull=True).count()


def open_follow_ups_url() -> str:
    return f"{reverse('followup_list')}?open=yes"


TODOS = (
    Todo(_("一年未核实的档案"), Permission.KEEP_RECORDS, *households("unverified")),
    Todo(_("未帮扶过的档案"), Permission.KEEP_RECORDS, *households("never_aided")),
    Todo(_("材料不全的档案"), Permission.KEEP_RECORDS, *households("lacking_documents")),
    Todo(_("7、8 月未走访的受助子女"), Permission.KEEP_RECORDS, due_now, lambda _user: this_summer("due")),
    Todo(_("走访后待跟进的事项"), Permission.KEEP_RECORDS, open_follow_ups, lambda _user: open_follow_ups_url()),
)
