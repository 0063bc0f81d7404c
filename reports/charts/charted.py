"""Which charts are drawn of the figures: money by source, stages, units, years; parts are those of the forms."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.models import Union
from reports.beside.years import Year, Years
from reports.charts.columns import line, stacked
from reports.charts.marks import Chart, Series
from reports.charts.ranked import ranked
from reports.counting.derive import Values
from reports.figures.registry import Figure, Registry

MONEY, AIDED, PAID = "raised", "aided", "paid"
MOST_UNITS = 15
Number = int | Decimal


def parts_of(figures: Registry, slug: str) -> list[Figure]:
    """The figures that add up to `slug`, as far as the forms have them; none where they do not have it."""
    if slug not in figures:
        return []
    whole = figures[slug]
    parts = whole.parts or tuple(part.slug for part in whole.summands)
    return [figures[part] for part in parts if part in figures]


def drawn(figures: Registry) -> Registry:
    """The figures that charts over the years need: fewer rows to read than all of them."""
    whole = [figures[slug] for slug in (MONEY, AIDED, PAID) if slug in figures]
    chosen = [*whole, *parts_of(figures, MONEY)]
    return Registry(*(replace(figure, parts=(), bound=None) for figure in dict.fromkeys(chosen)))


def charts_of(values: Values, figures: Registry, years: Years) -> list[Chart]:
    """Of the city or of one unit: `values` are this year's, `years` what was accepted up to this year."""
    return [
        *_sources(figures, years),
        *_stages(values, figures),
        *(_by_year(figures[slug], years) for slug in (AIDED, PAID) if slug in figures),
    ]


def unit_charts(units: Mapping[Union, Values], figures: Registry, *, everyone: bool = False) -> list[Chart]:
    """The units with the most money paid and children aided; or all of them."""
    return [_units(figures[slug], units, everyone=everyone) for slug in (PAID, AIDED) if slug in figures and units]


def _sources(figures: Registry, years: Years) -> list[Chart]:
    parts = parts_of(figures, MONEY)
    series = [_series(_last_word(part), part, [years.value(year, part) for year in years.years]) for part in parts]
    title = _("筹集资金来源，按年度（%(unit)s）") % {"unit": figures[MONEY].unit.label} if parts else ""
    return [_with_units(stacked(title, _("年度"), _names(years), series), years)] if parts else []


def _stages(values: Values, figures: Registry) -> list[Chart]:
    parts = [part for part in parts_of(figures, AIDED) if part.slug in values]
    if not parts:
        return []
    numbers = [values[part.slug] for part in parts]
    series = _series(figures[AIDED].label, figures[AIDED], numbers)
    title = _("%(figure)s，按学段（%(unit)s）") % {"figure": figures[AIDED], "unit": figures[AIDED].unit.label}
    return [ranked(title, _("学段"), [_last_word(part) for part in parts], series)]


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
    return [str(year.campaign.year) for year in years.years]


def _last_word(part: Figure) -> str:
    """What a part adds to the name of its whole: "筹集资金：社会捐助" is called 社会捐助 beside its siblings."""
    return str(part).rpartition("：")[2]
