"""Figures to numbers: one query per fact, for one union or for all units at once.

Figures that units type in are read from their reports, and totals added up last.

Values are raw: yuan (Decimal, to the fen) for money, whole numbers for the rest. `Unit.format` prints them.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from portal.models import Campaign, Union
from reports.annex.campaign_figures import figures_of
from reports.counting.statements import below_rows, unit_rows
from reports.figures.registry import Figure, Window, by_fact
from reports.models import TypedFigure

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
    figures: Iterable[Figure] | None = None,
) -> Values:
    """The figures of `union` and everything below it, up to `as_of` (else today): `figures`, else the campaign's.

    The city's are the sum of its reporting units', as when the forms are added up by hand.
    """
    figures = tuple(figures_of(campaign) if figures is None else figures)
    if union.is_city:
        return derive_units(campaign, as_of, figures=figures).total
    window, leaves = Window.of(campaign, as_of), leaves_of(figures)
    values = zeros(leaves)
    for members in by_fact(leaves):
        for _unit, found in unit_rows(members, window, union.path):
            values |= found
    for _unit, slug, value in _typed(campaign, leaves, union):
        values[slug] = value
    return _with_sums(values, figures)


def derive_units(
    campaign: Campaign,
    as_of: datetime.date | None = None,
    *,
    units: Iterable[Union] | None = None,
    figures: Iterable[Figure] | None = None,
) -> CityFigures:
    """The figures of each of `units` (else of every reporting unit) and their total: `figures`, else the campaign's.

    The number of queries does not depend on the number of units, nor does the time: all are counted in one pass.
    """
    figures = tuple(figures_of(campaign) if figures is None else figures)
    window, leaves = Window.of(campaign, as_of), leaves_of(figures)
    asked = list(Union.objects.of_campaign(campaign) if units is None else units)
    rows = (row for members in by_fact(leaves) for row in unit_rows(members, window))
    return assembled(campaign, asked, figures, rows)


def assembled(
    campaign: Campaign, units: Iterable[Union], figures: Iterable[Figure], rows: Iterable[tuple[str, Values]]
) -> CityFigures:
    """The figures of `units` from what was counted, told by path, with what units typed and totals added up."""
    asked, figures = list(units), tuple(figures)
    leaves = leaves_of(figures)
    values = {unit.path: zeros(leaves) for unit in asked}
    for path, found in rows:
        if path in values:  # what the city or a union that does not report holds is in no form
            values[path] |= found
    for path, slug, value in _typed(campaign, leaves):
        if path in values:
            values[path][slug] = value
    by_unit = {unit: _with_sums(values[unit.path], figures) for unit in asked}
    return CityFigures(by_unit, total(by_unit.values(), figures))


def derive_below(
    campaign: Campaign, top: Union, as_of: datetime.date | None = None, *, figures: Iterable[Figure]
) -> dict[str, Values]:
    """`figures` of the unions right below `top` that have records, by path; what `top` keeps itself by its own.

    Of figures that count records. One query per fact.
    """
    figures = tuple(figures)
    window = Window.of(campaign, as_of)
    found: dict[str, Values] = {}
    for members in by_fact(figures):
        for path, values in below_rows(members, window, top.path):
            found[path] = found.get(path, zeros(figures)) | values
    return found


def total(rows: Iterable[Values], figures: Iterable[Figure]) -> Values:
    """The sum of units' figures, figure by figure: an employer whom two units contacted counts in both."""
    rows = list(rows)
    return {
        figure.slug: sum((row[figure.slug] for row in rows), start=figure.measure.value(None)) for figure in figures
    }


def as_value(figure: Figure, number: Decimal) -> int | Decimal:
    """A stored number as `derive` gives it: yuan for money, else a whole number."""
    return number if figure.unit.is_money else int(number)


def leaves_of(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """`figures` with the summands of totals in place of the totals, each once."""
    found = (leaf for figure in figures for leaf in (figure.summands or (figure,)))
    return tuple(dict.fromkeys(found))


def _typed(campaign: Campaign, figures: Iterable[Figure], union: Union | None = None) -> Iterator[tuple]:
    """Path of the unit, slug and value of what units typed into their latest reports. No query where none is asked."""
    typed = {figure.slug: figure for figure in figures if figure.is_typed}
    if not typed:
        return
    rows = TypedFigure.objects.filter(report__campaign=campaign, slug__in=typed).order_by("report__number")
    if union is not None:
        rows = rows.filter(report__union=union)
    for path, slug, value in rows.values_list("report__union_path", "slug", "value"):
        yield path, slug, as_value(typed[slug], value)


def _with_sums(values: Values, figures: Iterable[Figure]) -> Values:
    """The values of `figures` in their order, totals added up from their summands."""
    return {
        figure.slug: sum((values[part.slug] for part in figure.summands), start=figure.measure.value(None))
        if figure.summands
        else values[figure.slug]
        for figure in figures
    }


def zeros(figures: Iterable[Figure]) -> Values:
    """Nothing counted, in the order of `figures`."""
    return {figure.slug: figure.measure.value(None) for figure in figures}
