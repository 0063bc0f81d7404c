"""The way of the work of an area, drawn as steps with counts: where things stand, and how many stand there.

The floors declare theirs, `settings.WAYS` names where; the page of an area asks them of whoever opened it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from portal.access import Permission, can
from portal.desk.counting import Question, counted, shown
from portal.desk.kept import kept_counts, kept_over_units, may_keep
from portal.enums import Role
from portal.models import Campaign, User


@dataclass(frozen=True)
class Step:
    """One step: its rows, and the list that shows them. `is_next` says that the person has to move them on."""

    label: str | Promise
    rows: Question
    url: str
    is_next: bool = False


@dataclass(frozen=True)
class Way:
    """The steps of one kind of work in the area of that slug, for those who hold `permission`.

    Where they are not passed one after the other, `in_order` says so, and no arrows are drawn. `kept` says of all
    steps what it says of a `Todo`; their rows are querysets.
    """

    area: str
    label: str | Promise
    permission: Permission
    steps: Callable[[User], Iterable[Step]]
    in_order: bool = True
    kept: bool = False


@dataclass(frozen=True)
class StepCounted:
    """A step with its number."""

    label: str | Promise
    count: int
    url: str
    is_next: bool

    @property
    def shown(self) -> str:
        return shown(self.count)


@dataclass(frozen=True)
class WayCounted:
    """A way with the numbers of its steps."""

    way: Way
    steps: list[StepCounted]

    @property
    def label(self) -> str | Promise:
        return self.way.label

    @property
    def in_order(self) -> bool:
        return self.way.in_order


@cache
def all_ways() -> tuple[Way, ...]:
    """Every way, in the order in which a page shows them."""
    return tuple(way for path in settings.WAYS for way in import_string(path))


def ways_of(slugs: Collection[str], user: User) -> list[WayCounted]:
    """The ways of the areas of these slugs as `user` sees them. One query counts all steps that are not kept."""
    asked = {
        (way, place): step
        for way in all_ways()
        if way.area in slugs and can(user, way.permission)
        for place, step in enumerate(way.steps(user))
    }
    counts = _kept(asked, user)
    counts |= counted({key: step.rows for key, step in asked.items() if key not in counts})
    drawn: dict[Way, list[StepCounted]] = {}
    for key, step in asked.items():
        drawn.setdefault(key[0], []).append(StepCounted(step.label, counts[key], step.url, step.is_next))
    return [WayCounted(way, steps) for way, steps in drawn.items()]


def _kept(asked: Mapping[tuple[Way, int], Step], user: User) -> dict[tuple[Way, int], int]:
    """The numbers of the steps of which they are kept, area by area."""
    counts: dict[tuple[Way, int], int] = {}
    for area in dict.fromkeys(way.area for way, _place in asked if way.kept):
        steps = {key: step.rows for key, step in asked.items() if key[0].area == area and key[0].kept}
        names = {f"{way.label} {place}": (way, place) for way, place in steps}
        rows = {name: found for name, key in names.items() if isinstance(found := steps[key], QuerySet)}
        if may_keep(user):
            numbers = kept_counts(f"ways_{area}", user, {name: _answering(each) for name, each in rows.items()})
        else:
            numbers = kept_over_units(f"ways_{area}", user, rows)
        counts |= {names[name]: number for name, number in numbers.items()}
    return counts


def _answering(rows: QuerySet) -> Callable[[User], Question]:
    return lambda _user: rows


def count_ahead(_campaign: Campaign) -> None:
    """Bring up to date what is kept of every unit for those who see all of them."""
    slugs = {way.area for way in all_ways()}
    for role in Role:
        if user := User.objects.filter(role=role, union__depth=1, is_active=True).first():
            ways_of(slugs, user)
