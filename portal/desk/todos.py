"""What waits for a person: one table of questions, each with the list that its number opens.

The apps above declare theirs, `settings.TODOS` names where; the home page asks them of whoever signed in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from portal.access import Permission, can
from portal.models import User


@dataclass(frozen=True)
class Todo:
    """One question: how many things of this kind wait for those who hold `permission`.

    `count` counts exactly the rows that the list at `url` shows that person. `urgent` stands out on the page: somebody
    else waits for it, or a day has passed.
    """

    label: str | Promise
    permission: Permission
    count: Callable[[User], int]
    url: Callable[[User], str]
    urgent: bool = False


@dataclass(frozen=True)
class Waiting:
    """A question with its answer."""

    label: str | Promise
    count: int
    url: str
    urgent: bool


@cache
def all_todos() -> tuple[Todo, ...]:
    """Every question, in the order in which the page shows them."""
    return tuple(todo for path in settings.TODOS for todo in import_string(path))


def waiting_for(user: User) -> list[Waiting]:
    """What waits for `user`, urgent things first. One query for each question that the role may ask."""
    asked = [(todo, todo.count(user)) for todo in all_todos() if can(user, todo.permission)]
    found = [Waiting(todo.label, count, todo.url(user), todo.urgent) for todo, count in asked if count]
    return sorted(found, key=lambda waiting: not waiting.urgent)
