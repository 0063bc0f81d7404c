"""The statements behind the figures: written by the ORM once per process, then sent again with other values.

Building the conditional aggregates of 49 figures takes the ORM some three times as long as PostgreSQL takes to answer
them for one unit. The SQL depends on the declarations alone; only dates, campaign and union change from call to call.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.functions import Substr

from portal.access import PATH_END
from portal.models import Campaign
from portal.models.owned import unit_path
from portal.models.union import STEP_LENGTH
from reports.figures.registry import Figure, Window, every

# A slug may be the name of a field of the fact; the prefix keeps the aggregate's name apart.
ALIAS = "figure_{}"
DATES = ("starts_on", "cut_off", "year_starts_on", "year_ends_on")

Figures = tuple[Figure, ...]


@dataclass(frozen=True)
class Slot:
    """A parameter that changes from call to call."""

    name: str


@dataclass(frozen=True)
class Statement:
    sql: str
    params: tuple

    def values(self, slots: Mapping[str, object]) -> list:
        """The parameters, with those of this call in their places."""
        return [slots[param.name] if isinstance(param, Slot) else param for param in self.params]


def unit_rows(figures: Figures, window: Window, path: str | None = None) -> Iterator[tuple[str, dict]]:
    """The path of each reporting unit that has records of the figures' one fact, with its raw values by slug.

    One query. With `path`, of the records of the union there and below only.
    """
    connection = connections[router.db_for_read(figures[0].source.model)]
    statement = _prepared(connection.alias, figures, scoped=path is not None)
    if statement is None:
        statement = Statement(*_compile(connection, figures, window, path))
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.values(_slots(connection, window, path)))
        for unit, *raw in cursor:
            yield unit, {figure.slug: figure.measure.value(value) for figure, value in zip(figures, raw, strict=True)}


def written(figures: Figures, window: Window) -> tuple[str, list]:
    """The statement of the figures' one fact for all units, with its parameters: the question, as it is asked."""
    connection = connections[router.db_for_read(figures[0].source.model)]
    statement = _prepared(connection.alias, figures, scoped=False)
    if statement is None:
        statement = Statement(*_compile(connection, figures, window, None))
    return statement.sql, statement.values(_slots(connection, window, None))


def grouped(figures: Figures, window: Window) -> QuerySet:
    """What `unit_rows` asks, as a queryset."""
    return _grouped(figures, window, None, unit_path())


def below_rows(figures: Figures, window: Window, path: str) -> Iterator[tuple[str, dict]]:
    """The same of the union at `path`, by the unions right below it; what it keeps itself stands under its own path."""
    below = Substr("union_path", 1, len(path) + STEP_LENGTH)
    for group, *raw in _grouped(figures, window, path, below).values_list("group", *map(_alias, figures)):
        yield group, {figure.slug: figure.measure.value(value) for figure, value in zip(figures, raw, strict=True)}


def _alias(figure: Figure) -> str:
    return ALIAS.format(figure.slug)


def _grouped(figures: Figures, window: Window, path: str | None, group: Substr) -> QuerySet:
    """What all figures of the fact share stands in WHERE, for an index."""
    fact = figures[0].source
    records = fact.model.objects.filter(every(fact.conditions, window))
    if path is not None:
        records = records.filter(fact.lies_in(path))
    aggregates = {_alias(f): f.measure.aggregate(every(f.conditions, window) or None) for f in figures}
    grouped: QuerySet = records.annotate(group=group).values("group").annotate(**aggregates).order_by()
    return grouped


def _compile(connection: BaseDatabaseWrapper, figures: Figures, window: Window, path: str | None) -> tuple[str, tuple]:
    """The statement for `window` and `path` themselves."""
    records = _grouped(figures, window, path, unit_path()).using(connection.alias)
    sql, params = records.query.get_compiler(connection.alias).as_sql()
    return sql, tuple(params)


@lru_cache(maxsize=256)
def _prepared(using: str, figures: Figures, *, scoped: bool) -> Statement | None:
    """The statement with slots, found by writing it for two windows that have no value in common.

    A parameter that is the same in both is part of the declarations; one that differs must be a value of the window,
    and of the same name in both. None if some parameter is neither (a condition that reckons with the window).
    """
    connection = connections[using]
    written = []
    for window, probe_path in _probes():
        path = probe_path if scoped else None
        sql, params = _compile(connection, figures, window, path)
        names = {value: Slot(name) for name, value in _slots(connection, window, path).items()}
        written.append((sql, params, [names.get(param) for param in params]))
    (sql, params, slots), (other_sql, other_params, other_slots) = written
    if sql != other_sql or len(params) != len(other_params):
        return None
    merged = []
    for param, other, slot, other_slot in zip(params, other_params, slots, other_slots, strict=True):
        if slot != other_slot or (slot is None and param != other):
            return None
        merged.append(slot or param)
    return Statement(sql, tuple(merged))


def _probes() -> Iterator[tuple[Window, str]]:
    """Two windows and paths whose values occur in no declaration and nowhere twice."""
    for year in (1601, 1701):
        campaign = Campaign(pk=-year, year=year)
        yield Window(campaign, datetime.date(year + 10, 3, 5), datetime.date(year + 20, 4, 6)), f"\x01{year}"


def _slots(connection: BaseDatabaseWrapper, window: Window, path: str | None) -> dict[str, object]:
    slots: dict[str, object] = {name: connection.ops.adapt_datefield_value(getattr(window, name)) for name in DATES}
    slots |= {"campaign": window.campaign.pk, "year": window.year}
    return slots if path is None else slots | {"path": path, "path_end": path + PATH_END}
