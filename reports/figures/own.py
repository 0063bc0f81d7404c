"""Figures of a campaign's own: typed in by the units, added up from others, or composed from the fields of a fact.

They are kept as data with the campaign, and are made into the same `Figure`s as those of the notice: from then on they
have a number, a list and near misses like them.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.figures.choosing import AskedField, Choice, choosables
from reports.figures.facts import FACTS
from reports.figures.measures import COUNT, Kind, Measure, distinct, money, sum_of
from reports.figures.registry import Bound, Fact, Figure
from reports.figures.units import Unit

FACT_BY_NAME = {fact.name: fact for fact in FACTS}


class OwnKind(models.TextChoices):
    """Where the value of a figure of one's own comes from."""

    TYPED = "typed", _("由填报单位填写")
    TOTAL = "total", _("由其他数字相加")
    COMPOSED = "composed", _("从记录统计")


class OwnMeasure(models.TextChoices):
    """What is measured of the records that are counted."""

    NUMBER = "number", _("记录数")
    PERSONS = "persons", _("人数（同一人只计一次）")
    SUM = "sum", _("合计")


@dataclass(frozen=True)
class OwnFigure:
    """One figure as the department declared it; its line and form follow from the wording that it stands in.

    `parts` are the slugs that add up to a total, or must add up to a composed figure. `fact`, `measure`, `field` and
    `choices` say what a composed figure counts. It must not exceed the figure `at_most`, if that is given. It
    `stands_for` the figure of the notice in whose place it is asked: what is checked and drawn of that, and its numbers
    of other years, are then those of this one.
    """

    slug: str
    label: str
    unit: str
    kind: str
    parts: tuple[str, ...] = ()
    fact: str = ""
    measure: str = OwnMeasure.NUMBER.value
    field: str = ""
    choices: tuple[Choice, ...] = ()
    at_most: str = ""
    is_hard: bool = True
    stands_for: str = ""

    @property
    def place(self) -> str:
        """As `Figure.place`."""
        return self.stands_for or self.slug

    @classmethod
    def load(cls, kept: dict) -> "OwnFigure":
        """From what `dump` made of it."""
        choices = tuple(Choice(**{**choice, "codes": tuple(choice["codes"])}) for choice in kept["choices"])
        return cls(**{**kept, "parts": tuple(kept["parts"]), "choices": choices})

    def dump(self) -> dict:
        """As it is kept, in JSON."""
        return asdict(self)

    def moved(self, years: int) -> "OwnFigure":
        """The same question to the records of `years` later: the days by which it chooses move along."""
        fact = FACT_BY_NAME.get(self.fact)
        days = {by.path for by in choosables(fact) if by.asked is AskedField.DAYS} if fact else set()
        moved = (choice.moved(years) if choice.path in days else choice for choice in self.choices)
        return replace(self, choices=tuple(moved))

    def figure(self, form: int, line: str, summands: Mapping[str, Figure]) -> Figure:
        """The figure, in line `line` of form `form`. KeyError if a part of a total is none of `summands`."""
        unit, fact = Unit(self.unit), FACT_BY_NAME.get(self.fact)
        return Figure(
            self.slug,
            form,
            line,
            self.label,
            unit,
            fact,
            self._measure(unit, fact),
            tuple(choice.condition(fact) for choice in self.choices),
            self.parts,
            tuple(summands[slug] for slug in self.parts) if self.kind == OwnKind.TOTAL else (),
            Bound(self.at_most, self.is_hard) if self.at_most else None,
            self.stands_for,
        )

    def _measure(self, unit: Unit, fact: Fact | None) -> Measure:
        if fact is None:
            return money() if unit.is_money else COUNT
        match self.measure:
            case OwnMeasure.PERSONS:
                return distinct(fact.person)
            case OwnMeasure.SUM:
                return summed(fact, self.field)
        return COUNT


@lru_cache(maxsize=256)
def asked_of(own: OwnFigure, years: int) -> Figure:
    """The composed figure `own`, asked of the records of `years` later; the same object for the same question."""
    return own.moved(years).figure(1, "", {})


def summed(fact: Fact, field: str) -> Measure:
    """The sum of a field of `fact`: in yuan for an amount."""
    decimal = isinstance(fact.model._meta.get_field(field), models.DecimalField)
    return money(field) if decimal else sum_of(field)


def measures_money(fact: Fact, measure: str, field: str) -> bool:
    """Whether what is measured is an amount of money."""
    return measure == OwnMeasure.SUM and summed(fact, field).kind is Kind.MONEY
