"""Which charts are drawn of a campaign's figures: money by source, shares, units, years."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.models import Union
from reports.beside.years import Year, Years
from reports.charts.columns import line, stacked
from reports.charts.marks import Chart, Series
from reports.charts.ranked import ranked
from reports.counting.derive import Values
from reports.figures import FIGURES
from reports.figures.registry import OF_TOTAL, Figure, Registry

MONEY, AIDED, PAID = "raised", "aided", "paid"
MOST_UNITS = 15
MOST_PLAIN = 4  # figures drawn of a form that has none of the above
Number = int | Decimal


def parts_of(figures: Registry, whole: Figure) -> list[Figure]:
    """The figures that add up to `whole`, as far as the forms have them."""
    parts = whole.parts or tuple(part.slug for part in whole.summands)
    return [figures[part] for part in parts if part in figures]


@dataclass(frozen=True)
class Headlines:
    """What is drawn of the figures of a campaign, whoever declared them.

    By its `sources` over the years: money raised. By its `shares` this year: who was aided. By `years`: who was aided
    and what was paid. Totals of the campaign's own join them; of a form without any of these its first figures are
    drawn.
    """

    sources: tuple[Figure, ...]
    shares: tuple[Figure, ...]
    years: tuple[Figure, ...]

    @classmethod
    def of(cls, figures: Registry) -> "Headlines":
        own = [figure for figure in figures if figure.slug not in FIGURES and parts_of(figures, figure)]
        raised, aided, paid = ([found] if (found := figures.in_place_of(slug)) else [] for slug in (MONEY, AIDED, PAID))
        money = [figure for figure in own if figure.unit.is_money]
        people = [figure for figure in own if not figure.unit.is_money]
        undivided = [figure for figure in raised if not parts_of(figures, figure)]
        years = _once(undivided, aided, people, paid) or tuple(figures)[:MOST_PLAIN]
        return cls(_once(raised, money), _once(aided, people), years)

    @property
    def units(self) -> tuple[Figure, ...]:
        """By which units are ranked: the money first, as the forms have it."""
        return tuple(sorted(self.years, key=lambda figure: not figure.unit.is_money))


def _once(*groups: Iterable[Figure]) -> tuple[Figure, ...]:
    return tuple(dict.fromkeys(figure for group in groups for figure in group))


def drawn(figures: Registry) -> Registry:
    """The figures that charts over the years need: fewer rows to read than all of them."""
    chosen = Headlines.of(figures)
    parts = [part for whole in chosen.sources for part in parts_of(figures, whole)]
    every = _once(chosen.sources, chosen.shares, chosen.years, parts)
    return Registry(*(replace(figure, parts=(), bound=None) for figure in every))


def charts_of(values: Values, figures: Registry, years: Years) -> list[Chart]:
    """Of the city or of one unit: `values` are this year's, `years` what was accepted up to this year."""
    chosen = Headlines.of(figures)
    return [
        *(chart for whole in chosen.sources for chart in _sources(whole, figures, years)),
        *(chart for whole in chosen.shares for chart in _shares(whole, values, figures)),
        *(_by_year(figure, years) for figure in chosen.years),
    ]


def unit_charts(units: Mapping[Union, Values], figures: Registry, *, everyone: bool = False) -> list[Chart]:
    """The units with the most money paid and children aided; or all of them."""
    return [_units(figure, units, everyone=everyone) for figure in Headlines.of(figures).units if units]


def _sources(whole: Figure, figures: Registry, years: Years) -> list[Chart]:
    parts = parts_of(figures, whole)
    series = [_series(_last_word(part), part, [years.value(year, part) for year in years.years]) for part in parts]
    title = _("%(figure)s来源，按年度（%(unit)s）") % {"figure": whole, "unit": whole.unit.label}
    return [_with_units(stacked(title, _("年度"), _names(years), series), years)] if parts else []


def _shares(whole: Figure, values: Values, figures: Registry) -> list[Chart]:
    parts = [part for part in parts_of(figures, whole) if part.slug in values]
    if not parts:
        return []
    series = _series(str(whole), whole, [values[part.slug] for part in parts])
    by = _("学段") if whole.slug == AIDED else _("分项")
    title = _("%(figure)s，按%(by)s（%(unit)s）") % {"figure": whole, "by": by, "unit": whole.unit.label}
    return [ranked(title, by, [_last_word(part) for part in parts], series)]


def _by_year(figure: Figure, years: Years) -> Chart:
    title = _("%(figure)s，按年度（%(unit)s）") % {"figure": figure, "unit": figure.unit.label}
    numbers = [years.value(year, figure) for year in years.years]
    return _with_units(line(title, _("年度"), _names(years), _series(str(figure), figure, numbers)), years)


def _with_units(chart: Chart, years: Years) -> Chart:
    """Of the city: how many units each year contains, in the table and in a line below the title."""
    if not years.of_city:
        return chart
    rows = [[*row, str(year.units)] for row, year in zip(chart.rows, years.years, strict=True)]
    return replace(chart, headings=[*chart.headings, _("单位数")], rows=rows, note=_units_said(years))


def _units_said(years: Years) -> str:
    told = "，".join(_units_of(year) for year in years.years)
    words = _("包含的单位：%(told)s。") % {"told": told}
    differ = len({year.units for year in years.years if year.units}) > 1
    return words + _("单位数不同的年度不能直接比较。") if differ else words


def _units_of(year: Year) -> str:
    words = _("%(year)d 年 %(count)d 个（当前记录）") if year.is_live else _("%(year)d 年 %(count)d 个")
    return words % {"year": year.campaign.year, "count": year.units}


def _units(figure: Figure, units: Mapping[Union, Values], *, everyone: bool) -> Chart:
    reported = [pair for pair in units.items() if figure.slug in pair[1]]
    falling = sorted(reported, key=lambda pair: pair[1][figure.slug], reverse=True)
    shown = falling if everyone else falling[:MOST_UNITS]
    title = _("%(figure)s，按单位（%(unit)s）") % {"figure": figure, "unit": figure.unit.label}
    left_out = len(falling) - len(shown)
    note = (
        _("从多到少前 %(shown)d 个，另有 %(left)d 个单位。") % {"shown": len(shown), "left": left_out}
        if left_out
        else ""
    )
    series = _series(str(figure), figure, [values[figure.slug] for _unit, values in shown])
    return ranked(title, _("单位"), [unit.name for unit, _values in shown], series, note)


def _series(name: str, figure: Figure, numbers: list[Number | None]) -> Series:
    """Numbers in the unit of the form."""
    values = [None if number is None else Decimal(figure.unit.shown(number)) for number in numbers]
    return Series(str(name), values, ["—" if number is None else figure.unit.format(number) for number in numbers])


def _names(years: Years) -> list[str]:
    live = _("%(year)d（当前）")
    return [live % {"year": year.campaign.year} if year.is_live else str(year.campaign.year) for year in years.years]


def _last_word(part: Figure) -> str:
    """What a part adds to the name of its whole: "筹集资金：社会捐助" is called 社会捐助 beside its siblings."""
    return str(part).rpartition(OF_TOTAL)[2]
