"""The accounts that the log-in page names, where nobody can be harmed by it: in the demo."""

from dataclasses import dataclass

from django.conf import settings

from portal.models import User
from reports.demo.words import ACCOUNTS, PASSWORD, UNIONS


@dataclass(frozen=True)
class DemoAccount:
    """One account to try the demo with."""

    username: str
    person: str
    role: str
    union: str
    password: str = PASSWORD


def demo_accounts() -> list[DemoAccount]:
    """Those of the demo city that are there; none where DEBUG is off, or where the city is another. One query."""
    if not settings.DEBUG:
        return []
    places = {code: name for code, name, _kind, _parent in UNIONS}
    people = {name: (person, places[code]) for name, person, _role, code in ACCOUNTS}
    found = {user.username: user for user in User.objects.filter(username__in=people).select_related("union")}
    theirs = [user for name in people if (user := found.get(name)) and (user.name, user.union.name) == people[name]]
    return [DemoAccount(user.username, user.name, str(user.get_role_display()), user.union.name) for user in theirs]
