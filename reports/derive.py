"""Figures to numbers: one query per fact, for one union or for all units at once.

Values are raw: yuan (Decimal, to the fen) for money, whole numbers for the rest. `Unit.format` prints them.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from portal.models import Campaign, Union
from portal.models.owned import unit_path
from reports.figures import FIGURES
from reports.figures.registry import Fact, Figure, Window, by_fact, every

Values = dict[str, int | Decimal]

# A slug may be the name of a field of the fact; the prefix keeps the aggregate's name apart.
ALIAS = "figure_{}"


@dataclass(frozen=True)
class CityFigures:
    """The figures of reporting units, in the order asked for, and their sum."""

    units: dict[Union, Values]
    total: Values


def derive(
    campaign: Campaign,
    union: Union,
    as_of: datetime.date | None = None,
    *,
    figures: Iterable[Figure] = FIGURES,
) -> Values:
    """The figures of `union` and everything below it, up to `as_of` (else today).

    The city's are the sum of its reporting units', as when the forms are added up by hand.
    """
    figures = tuple(figures)
    if union.is_city:
        return derive_units(campaign, as_of, figures=figures).total
    window = Window.of(campaign, as_of)
    found: Values = {}
    for members in by_fact(figures).values():
        fact = members[0].fact
        row = _records(fact, window).in_union(union).aggregate(**_aggregates(members, window))
        found |= _values(members, row)
    return _in_order(figures, found)


def derive_units(
    campaign: Campaign,
    as_of: datetime.date | None = None,
    *,
    units: Iterable[Union] | None = None,
    figures: Iterable[Figure] = FIGURES,
) -> CityFigures:
    """The figures of each of `units` (else of every reporting unit) and their total.

    The number of queries does not depend on the number of units.
    """
    figures = tuple(figures)
    window = Window.of(campaign, as_of)
    asked = list(Union.objects.reporting() if units is None else units)
    by_path = {unit.path: {figure.slug: figure.measure.value(None) for figure in figures} for unit in asked}
    for members in by_fact(figures).values():
        records = _records(members[0].fact, window).annotate(unit_path=unit_path())
        if units is not None:
            records = records.filter(unit_path__in=list(by_path))
        for row in records.values("unit_path").annotate(**_aggregates(members, window)).order_by():
            if row["unit_path"] in by_path:  # what the city or a union that does not report holds is in no form
                by_path[row["unit_path"]] |= _values(members, row)
    values = {unit: by_path[unit.path] for unit in asked}
    return CityFigures(values, total(values.values(), figures))


def total(rows: Iterable[Values], figures: Iterable[Figure] = FIGURES) -> Values:
    """The sum of units' figures, figure by figure: an employer whom two units contacted counts in both."""
    rows = list(rows)
    return {
        figure.slug: sum((row[figure.slug] for row in rows), start=figure.measure.value(None)) for figure in figures
    }


def _records(fact: Fact, window: Window) -> QuerySet:
    """The records that satisfy what all figures of the fact share: in WHERE, where an index serves."""
    return fact.model.objects.filter(every(fact.conditions, window))


def _aggregates(figures: Iterable[Figure], window: Window) -> dict:
    return {
        ALIAS.format(figure.slug): figure.measure.aggregate(every(figure.conditions, window) or None)
        for figure in figures
    }


def _values(figures: Iterable[Figure], row: dict) -> Values:
    return {figure.slug: figure.measure.value(row[ALIAS.format(figure.slug)]) for figure in figures}


def _in_order(figures: Iterable[Figure], values: Values) -> Values:
    return {figure.slug: values[figure.slug] for figure in figures}
