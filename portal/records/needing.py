"""Need to know: who works on a family reads what the work needs without giving a reason each time."""

from django.conf import settings

from portal.access import Permission, can
from portal.models import UnionOwned, User


def works_on(user: User, record: UnionOwned) -> bool:
    """Whether `user` is of those of the 填报单位 who work on whom `record` is about.

    They see causes, health, address and telephone on its page, the opening of which is logged; ID and card stay masked.
    The city may turn it off: then everybody gives a reason.
    """
    if not settings.SHOW_WHAT_IS_NEEDED or not can(user, Permission.KNOW_FAMILIES) or user.union.is_city:
        return False
    return record.union_path.startswith(user.union.path)
