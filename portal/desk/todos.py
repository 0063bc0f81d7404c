"""What waits for a person: one table of questions, each with the list that its number opens.

The apps above declare theirs, `settings.TODOS` names where; the home page asks them of whoever signed in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from django.conf import settings
from django.urls import resolve
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from portal.access import Permission, can
from portal.desk.counting import Question, counted, shown
from portal.models import User
from portal.web.navigation import Area, area_of, areas_for

URGENT = 3  # told on top of the first page


@dataclass(frozen=True)
class Todo:
    """One question: how many things of this kind wait for those who hold `permission`.

    `rows` are exactly the rows that the list at `url` shows that person, or their number where no queryset tells it.
    `urgent` stands out on the page: somebody else waits for it, or a day has passed. `act` says in words what to do
    about `{count}` of them; without it the label is said. `first` finds the one that waits longest.
    """

    label: str | Promise
    permission: Permission
    rows: Callable[[User], Question]
    url: Callable[[User], str]
    urgent: bool = False
    act: str | Promise = ""
    first: Callable[[User], "First | None"] | None = None


@dataclass(frozen=True)
class First:
    """The one of many that waits longest: what it is, and its page."""

    words: str
    url: str


@dataclass(frozen=True)
class Waiting:
    """A question with its answer; `area` is the slug of the area that its list belongs to, '' where it has none."""

    todo: Todo

    label: str | Promise
    count: int
    url: str
    urgent: bool
    area: str
    first: First | None = None

    @property
    def shown(self) -> str:
        return shown(self.count)

    @property
    def act(self) -> str:
        """What to do, in words."""
        return str(self.todo.act).format(count=self.shown) if self.todo.act else f"{self.label}：{self.shown}"


@cache
def all_todos() -> tuple[Todo, ...]:
    """Every question, in the order in which the page shows them."""
    return tuple(todo for path in settings.TODOS for todo in import_string(path))


def waiting_for(user: User) -> list[Waiting]:
    """What waits for `user`, urgent things first. One query for all questions that a queryset answers."""
    asked = [todo for todo in all_todos() if can(user, todo.permission)]
    counts = counted({place: todo.rows(user) for place, todo in enumerate(asked)})
    areas = areas_for(user)
    found = [_answered(todo, counts[place], user, areas) for place, todo in enumerate(asked) if counts[place]]
    return sorted(found, key=lambda waiting: not waiting.urgent)


def waiting_in(area: Area, waiting: Iterable[Waiting]) -> list[Waiting]:
    """Those whose list belongs to `area`."""
    return [each for each in waiting if each.area == area.slug]


def most_urgent(waiting: Iterable[Waiting], user: User) -> list[Waiting]:
    """The first URGENT of what is urgent, each with the one of them that waits longest: a query each."""
    urgent = [each for each in waiting if each.urgent][:URGENT]
    return [replace(each, first=each.todo.first(user) if each.todo.first else None) for each in urgent]


def _answered(todo: Todo, count: int, user: User, areas: tuple[Area, ...]) -> Waiting:
    url = todo.url(user)
    area = area_of(areas, _name_at(url.partition("?")[0]))
    return Waiting(todo, todo.label, count, url, todo.urgent, area.slug if area else "")


@lru_cache(maxsize=1000)
def _name_at(path: str) -> str:
    """The url name of the page at `path`."""
    return resolve(path).url_name or ""
