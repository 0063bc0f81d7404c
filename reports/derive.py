"""Figures to numbers: one query per fact, for one union or for all units at once.

Values are raw: yuan (Decimal, to the fen) for money, whole numbers for the rest. `Unit.format` prints them.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from portal.models import Campaign, Union
from reports.figures import FIGURES
from reports.figures.registry import Figure, Window, by_fact
from reports.statements import unit_rows

Values = dict[str, int | Decimal]


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
    values = _zeros(figures)
    for members in by_fact(figures):
        for _unit, found in unit_rows(members, window, union.path):
            values |= found
    return values


def derive_units(
    campaign: Campaign,
    as_of: datetime.date | None = None,
    *,
    units: Iterable[Union] | None = None,
    figures: Iterable[Figure] = FIGURES,
) -> CityFigures:
    """The figures of each of `units` (else of every reporting unit) and their total.

    The number of queries does not depend on the number of units, nor does the time: all are counted in one pass.
    """
    figures = tuple(figures)
    window = Window.of(campaign, as_of)
    asked = list(Union.objects.reporting() if units is None else units)
    values = {unit.path: _zeros(figures) for unit in asked}
    for members in by_fact(figures):
        for path, found in unit_rows(members, window):
            if path in values:  # what the city or a union that does not report holds is in no form
                values[path] |= found
    by_unit = {unit: values[unit.path] for unit in asked}
    return CityFigures(by_unit, total(by_unit.values(), figures))


def total(rows: Iterable[Values], figures: Iterable[Figure] = FIGURES) -> Values:
    """The sum of units' figures, figure by figure: an employer whom two units contacted counts in both."""
    rows = list(rows)
    return {
        figure.slug: sum((row[figure.slug] for row in rows), start=figure.measure.value(None)) for figure in figures
    }


def _zeros(figures: Iterable[Figure]) -> Values:
    """Nothing counted, in the order of `figures`."""
    return {figure.slug: figure.measure.value(None) for figure in figures}
