"""What a figure is made of: a window, a fact, conditions, a measure. One declaration serves every use of the figure.

The number, the list behind it, the near misses, the cell of the export and the page of the documentation all read the
same `Condition`s, so they cannot differ.
"""

import datetime
import functools
import operator
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Case, Model, Q, SmallIntegerField, Value, When

from portal.access import path_range
from portal.models import Campaign, Union, UnionOwned, VersionedRecord
from portal.records.attribute import Attribute, encrypted_unread, last_field, relations
from reports.figures.measures import Kind, Measure
from reports.figures.units import Unit

OF_TOTAL = "："  # between the name of a total and what a part adds to it
SHARED = (Union, Campaign)  # of which there are few beside the records that name them


@dataclass(frozen=True)
class Window:
    """The days that count, both included: `starts_on` of the campaign to the cut-off (annexes.md, "window")."""

    campaign: Campaign
    starts_on: datetime.date
    cut_off: datetime.date

    @classmethod
    def of(cls, campaign: Campaign, as_of: datetime.date | None = None) -> "Window":
        """The window of `campaign` up to `as_of`, else to today, never past the end of the campaign."""
        return cls(campaign, campaign.starts_on, campaign.cut_off(as_of))

    @property
    def year(self) -> int:
        return self.campaign.year

    @property
    def year_starts_on(self) -> datetime.date:
        """Fresh and past graduates are told apart by the calendar year, whatever the campaign's dates."""
        return datetime.date(self.year, 1, 1)

    @property
    def year_ends_on(self) -> datetime.date:
        return datetime.date(self.year, 12, 31)


@dataclass(frozen=True)
class Miss:
    """A way to fail a condition that has words of its own: a payment is not merely "not paid", it bounced."""

    holds: Callable[[Window], Q]
    words: str


MET, FAILED = 0, 1  # how a record stands to a condition; what lies above is the place of its Miss in `ways`


@dataclass(frozen=True)
class Condition:
    """One thing a record must satisfy to be counted.

    `miss` is the reason shown for a record that fails it; it may name {starts_on}, {cut_off}, {year} and, in full-width
    brackets, {date}, the record's own. The first of `ways` that holds has words of its own. A condition that `is_kind`
    tells what kind of thing is counted: a record of another kind is no near miss.
    """

    name: str
    holds: Callable[[Window], Q]
    miss: str
    ways: tuple[Miss, ...] = ()
    is_kind: bool = False

    def standing(self, window: Window) -> Case:
        """How a record stands to the condition, as a number: MET, FAILED, or FAILED + 1 for the first of `ways` …

        What is neither true nor false (a value is missing) counts as failed, as it does in the figure's own WHERE.
        """
        ways = (When(way.holds(window), then=Value(code)) for code, way in enumerate(self.ways, start=FAILED + 1))
        met = When(self.holds(window), then=Value(MET))
        return Case(met, *ways, default=Value(FAILED), output_field=SmallIntegerField())

    def reason(self, window: Window, date: datetime.date | None = None, standing: int = FAILED) -> str:
        """The sentence for a record dated `date` that fails this condition; without a date, for all that do."""
        words = str(self.miss if standing == FAILED else self.ways[standing - FAILED - 1].words)
        if date is None:
            words = words.replace("（{date}）", "")
        return words.format(starts_on=window.starts_on, cut_off=window.cut_off, year=window.year, date=date)


def every(conditions: Iterable[Condition], window: Window) -> Q:
    """All `conditions` at once."""
    return functools.reduce(operator.and_, (condition.holds(window) for condition in conditions), Q())


@dataclass(frozen=True, eq=False)
class Fact:
    """A kind of record that is counted, and what all figures over it have in common.

    `date` is the field by which its lists are sorted; `columns` are what they show: names of people stand in full
    within the scope, identity numbers are never among them. `together` are paths of related records that lie in the
    record's own union by rule (a payment belongs to the union of its case, even when the household has moved).
    `beside` are relations that lead to records which decide, without being shown, whether one is counted.
    What a figure composed by the department may ask: `person` is the path to the person, `sums` are the fields that
    can be added up, `asked` are fields to choose records by besides the columns; those in `kinds` tell what kind of
    thing a record is.
    """

    name: str
    label: str
    model: type[UnionOwned]
    date: str
    conditions: tuple[Condition, ...]
    columns: tuple[Attribute, ...]
    together: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    person: str = ""
    sums: tuple[str, ...] = ()
    asked: tuple[Attribute, ...] = ()
    kinds: tuple[str, ...] = ()

    def lies_in(self, path: str) -> Q:
        """The records of the union at `path` and below.

        Asked of the records in `together` as well, so that the database joins the union's few with the union's few:
        PostgreSQL read the cases of all units for the payments of one (40 ms of 60), and does not infer the range.
        """
        owners = ("", *(f"{other}__" for other in self.together))
        return functools.reduce(operator.and_, (path_range(path, f"{owner}union_path") for owner in owners))

    @property
    def related(self) -> list[str]:
        """What to join so that showing the columns asks no further question."""
        return relations(self.model, [column.path for column in self.columns])

    @property
    def shared(self) -> list[str]:
        """Of `related` what many records have in common: read once for all of them, not joined to each."""
        return [path for path in self.related if self._at(path) in SHARED]

    @property
    def joined(self) -> list[str]:
        return [path for path in self.related if self._at(path) not in SHARED]

    @property
    def shown(self) -> list[str]:
        """The fields that showing the columns reads, those of `shared` apart; with the path that tells the scope."""
        columns = [column.path.replace(".", "__") for column in self.columns]
        behind = tuple(f"{path}__" for path in self.shared)
        own = [path for path in columns if not path.startswith(behind)]
        scopes = [f"{path}__union_path" for path in self.joined if issubclass(self._at(path), UnionOwned)]
        return [*own, *self.shared, *scopes]

    @property
    def versioned(self) -> dict[str, type[Model]]:
        """The paths of the related records that may change what a record counts as, or is shown as, and their kinds."""
        read = relations(self.model, [column.path for column in (*self.columns, *self.asked)])
        owners = {path: self._at(path) for path in (*read, *self.beside)}
        return {path: owner for path, owner in owners.items() if issubclass(owner, VersionedRecord)}

    def _at(self, path: str) -> type[Model]:
        """The model that the relations of `path` lead to."""
        return last_field(self.model, path.replace("__", ".")).related_model

    @property
    def unread(self) -> list[str]:
        """Encrypted fields that no column shows: left in the database, not opened."""
        return encrypted_unread(self.model, [column.path for column in self.columns])


@dataclass(frozen=True)
class Bound:
    """That a figure is at most the figure `slug`; a hard bound keeps the report from being handed in."""

    slug: str
    is_hard: bool


@dataclass(frozen=True, eq=False)
class Figure:
    """One blank of a form. `parts` are the figures that add up to it.

    A figure without a fact is counted from no record: it is the sum of its `summands`, or the unit types it in.
    One of a campaign's own may stand in the place of one of the notice's, `stands_for`.
    """

    slug: str
    form: int
    line: str
    label: str
    unit: Unit
    fact: Fact | None
    measure: Measure
    conditions: tuple[Condition, ...] = ()
    parts: tuple[str, ...] = ()
    summands: tuple["Figure", ...] = ()
    bound: Bound | None = None
    stands_for: str = ""

    @property
    def is_part(self) -> bool:
        """Whether it is named as one of those that add up to another: a form has it indented, below 其中."""
        return OF_TOTAL in str(self.label)

    @property
    def place(self) -> str:
        """The slug by which checks, charts and other years look for it."""
        return self.stands_for or self.slug

    @property
    def source(self) -> Fact:
        """The records a figure is counted from. Raises LookupError for one that is counted from none."""
        if self.fact is None:
            raise LookupError(self.slug)
        return self.fact

    @property
    def is_typed(self) -> bool:
        """Whether the unit types it in."""
        return self.fact is None and not self.summands

    @property
    def all_conditions(self) -> tuple[Condition, ...]:
        """Those of the fact and its own."""
        return (*self.source.conditions, *self.conditions)

    @property
    def kinds(self) -> tuple[Condition, ...]:
        """What kind of thing is counted; a near miss is of the same."""
        return tuple(condition for condition in self.all_conditions if condition.is_kind)

    @property
    def missable(self) -> tuple[Condition, ...]:
        """What a near miss may fail."""
        return tuple(condition for condition in self.all_conditions if not condition.is_kind)

    @property
    def is_distinct(self) -> bool:
        """Whether things are counted that several records may name."""
        return self.fact is not None and self.measure.kind is Kind.DISTINCT

    def counted(self, window: Window) -> Q:
        """The records this figure counts."""
        return every(self.all_conditions, window)

    def __str__(self):
        return str(self.label)


class RegistryError(ValueError):
    """The declarations contradict themselves."""


class Registry:
    """Figures in the order of the forms, checked when it is made. An unknown slug raises KeyError."""

    def __init__(self, *figures: Figure):
        self.figures = figures
        self._by_slug = {figure.slug: figure for figure in figures}
        self._by_place = {figure.place: figure for figure in reversed(figures)} | self._by_slug
        repeated = [slug for slug, times in Counter(figure.slug for figure in figures).items() if times > 1]
        named = {slug for figure in figures for slug in (*figure.parts, *([figure.bound.slug] if figure.bound else []))}
        unknown = named - self._by_slug.keys()
        mixed = [figure.slug for figure in figures if figure.unit.is_money != (figure.measure.kind is Kind.MONEY)]
        if repeated or unknown or mixed:
            message = f"slugs declared twice: {repeated}; unknown parts: {sorted(unknown)}; unit and measure: {mixed}"
            raise RegistryError(message)

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.figures)

    def __len__(self) -> int:
        return len(self.figures)

    def __contains__(self, slug: str) -> bool:
        return slug in self._by_slug

    def __getitem__(self, slug: str) -> Figure:
        return self._by_slug[slug]

    def get(self, slug: str, default=None):
        """The figure called `slug`, else `default`."""
        return self._by_slug.get(slug, default)

    def in_place_of(self, slug: str) -> Figure | None:
        """The figure called `slug`, else the one of the campaign's own that stands for it; None if there is neither."""
        return self._by_place.get(slug)

    def of_form(self, form: int) -> tuple[Figure, ...]:
        return tuple(figure for figure in self.figures if figure.form == form)


def by_fact(figures: Iterable[Figure]) -> list[tuple[Figure, ...]]:
    """Figures grouped by the fact they count: one query each. Those that count no records are left out."""
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.fact:
            groups.setdefault(figure.fact.name, []).append(figure)
    return [tuple(group) for group in groups.values()]
