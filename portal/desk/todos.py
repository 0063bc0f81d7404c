"""What waits for a person: one table of questions, each with the list that its number opens.

The apps above declare theirs, `settings.TODOS` names where; the home page asks them of whoever signed in.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from django.conf import settings
from django.urls import resolve
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from portal.access import Permission, can
from portal.desk.counting import Question, counted, shown
from portal.desk.kept import kept_counts, may_keep
from portal.models import User
from portal.web.navigation import Area, area_of, areas_for

URGENT = 3  # told on top of the first page


@dataclass(frozen=True)
class Todo:
    """One question: how many things of this kind wait for those who hold `permission`.

    `rows` are exactly the rows that the list at `url` shows that person, or their number where no queryset tells it.
    `urgent` stands out on the page: somebody else waits for it, or a day has passed. `act` says in words what to do
    about `{count}` of them; without it the label is said. `kept` says that the answer hangs on nothing but the person,
    the campaign, the day, and records whose every write raises the revision of the person's 填报单位: it is not asked
    again before one of them is written. `first` finds the one that waits longest, of a question that is kept.
    """

    label: str | Promise
    permission: Permission
    rows: Callable[[User], Question]
    url: Callable[[User], str]
    urgent: bool = False
    act: str | Promise = ""
    first: "Longest | None" = None
    kept: bool = False


@dataclass(frozen=True)
class First:
    """The one of many that waits longest: what it is, and its page."""

    words: str
    url: str


@dataclass(frozen=True)
class Longest:
    """How the one that waits longest is found: the key of it, None where none waits, and what is said of it."""

    key: Callable[[User], int | None]
    told: Callable[[int], First]


@dataclass(frozen=True)
class Waiting:
    """A question with its answer; `area` is the slug of the area that its list belongs to, '' where it has none."""

    todo: Todo

    label: str | Promise
    count: int
    url: str
    urgent: bool
    area: str
    longest: int = 0  # the key of the one that waits longest, 0 where nothing tells
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
    """What waits for `user`, urgent things first. One query for all questions that are not kept."""
    asked = [todo for todo in all_todos() if can(user, todo.permission)]
    kept, anew = _to_be_kept([todo for todo in asked if todo.kept]), {_name(todo): todo.rows for todo in asked}
    counts = kept_counts("todos", user, kept) if may_keep(user) else {}
    counts = counted({name: ask(user) for name, ask in (kept | anew).items() if name not in counts}) | counts
    areas = areas_for(user)
    found = [_answered(todo, counts, user, areas) for todo in asked if counts[_name(todo)]]
    return sorted(found, key=lambda waiting: not waiting.urgent)


def waiting_in(area: Area, waiting: Iterable[Waiting]) -> list[Waiting]:
    """Those whose list belongs to `area`."""
    return [each for each in waiting if each.area == area.slug]


def most_urgent(waiting: Iterable[Waiting]) -> list[Waiting]:
    """The first URGENT of what is urgent, each with the one of them that waits longest: a query each."""
    urgent = [each for each in waiting if each.urgent][:URGENT]
    return [replace(each, first=_first_of(each)) for each in urgent]


def _first_of(waiting: Waiting) -> First | None:
    longest = waiting.todo.first
    return longest.told(waiting.longest) if longest and waiting.longest else None


def _name(todo: Todo) -> str:
    return str(todo.label)


def _longest(todo: Todo) -> str:
    return f"longest: {todo.label}"


def _to_be_kept(todos: list[Todo]) -> dict[str, Callable[[User], Question]]:
    """Their questions by name; and for the key of the one that waits longest, where it is told."""
    longest = {_longest(todo): _key_of(todo.first) for todo in todos if todo.first}
    return {_name(todo): todo.rows for todo in todos} | longest


def _key_of(longest: Longest) -> Callable[[User], Question]:
    return lambda user: longest.key(user) or 0


def _answered(todo: Todo, counts: Mapping[str, int], user: User, areas: tuple[Area, ...]) -> Waiting:
    url = todo.url(user)
    area = area_of(areas, _name_at(url.partition("?")[0]))
    longest = counts.get(_longest(todo), 0)
    return Waiting(todo, todo.label, counts[_name(todo)], url, todo.urgent, area.slug if area else "", longest)


@lru_cache(maxsize=1000)
def _name_at(path: str) -> str:
    """The url name of the page at `path`."""
    return resolve(path).url_name or ""
