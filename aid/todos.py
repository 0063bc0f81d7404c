"""What of Golden Autumn waits for whom; the home page asks."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid.models import Household
from portal.access import Permission
from portal.models import User
from portal.todos import Todo


def households(name: str) -> tuple[Callable[[User], int], Callable[[User], str]]:
    """How many files of the person's own union and below are in the list `name`, and the list."""

    def count(user: User) -> int:
        return getattr(Household.objects.visible_to(user), name)().count()

    return count, lambda _user: f"{reverse('household_list')}?todo={name}"


TODOS = (
    Todo(_("一年未核实的档案"), Permission.KEEP_RECORDS, *households("unverified")),
    Todo(_("未帮扶过的档案"), Permission.KEEP_RECORDS, *households("never_aided")),
    Todo(_("材料不全的档案"), Permission.KEEP_RECORDS, *households("lacking_documents")),
)
