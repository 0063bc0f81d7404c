"""What was accepted year by year: the city, or one unit, with the change from each year to the next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from portal.models import Campaign, Union
from portal.words.shares import per_cent
from reports.annex.campaign_figures import figures_of
from reports.beside.reported import Lack, lacks, reported_values, sum_reported
from reports.counting.derive import Values
from reports.counting.rows import signed
from reports.enums import ReportState
from reports.figures.registry import Figure, Registry
from reports.models import Report

MOST_YEARS = 5


@dataclass(frozen=True)
class Year:
    """One campaign: how many units were accepted, and their sum; no values where nothing was accepted.

    `is_live` where the records of all units as they stand take the place of what was accepted. `lacks` are the figures
    that some of these reports have not got, although the forms of that year have.
    """

    campaign: Campaign
    units: int
    values: Values | None
    lacks: Sequence[Lack] = ()
    is_live: bool = False


@dataclass(frozen=True)
class YearCell:
    """One figure of one year as printed, and its change from the year before: number and per cent, '' where unknown."""

    text: str
    change: str = ""
    percent: str = ""


@dataclass(frozen=True)
class Years:
    """Up to MOST_YEARS campaigns, the earliest first; figures are those of the last one.

    `of_city` where the numbers are sums of units, whose number may differ from year to year.
    """

    years: list[Year]
    figures: Registry
    of_city: bool = False

    def as_live(self, values: Values, units: int = 1) -> "Years":
        """The same with the records of so many units as they stand for the last year."""
        last = Year(self.years[-1].campaign, units, values, is_live=True)
        return replace(self, years=[*self.years[:-1], last])

    def or_live(self, values: Values, units: int = 1) -> "Years":
        """The same; where nothing was accepted for the last year, with its records as they stand, if it has any."""
        is_there = self.years[-1].values is not None or not any(values.values())
        return self if is_there else self.as_live(values, units)

    def value(self, year: Year, figure: Figure) -> int | Decimal | None:
        return None if year.values is None else year.values.get(figure.slug)

    def row(self, figure: Figure) -> list[YearCell]:
        """`figure` in each year."""
        cells, before = [], None
        for year in self.years:
            value = self.value(year, figure)
            cells.append(_cell(figure, value, before))
            before = value
        return cells


def years_until(campaign: Campaign, union: Union | None = None, figures: Registry | None = None) -> Years:
    """What was accepted for `campaign` and the campaigns before it: the sum of the city's units, or of `union` alone.

    `figures` are those asked for, else all of `campaign`. A supplementary report stands for the one before it. Four
    queries at most, however many years and units.
    """
    campaigns = list(Campaign.objects.filter(year__lte=campaign.year)[:MOST_YEARS])[::-1]
    latest = _accepted(campaigns, union)
    figures = figures or figures_of(campaign)
    then = {each.pk: _then(each, figures) for each in campaigns}
    asked = {figure.slug: figure for placed in then.values() for figure in placed.values()}
    values = reported_values((pk for units in latest.values() for pk in units.values()), asked.values())
    named = _named(latest, union)
    reported = {year: {named[unit]: values[pk] for unit, pk in units.items()} for year, units in latest.items()}
    years = [_year(each, reported[each.pk], then[each.pk]) for each in campaigns]
    return Years(years, figures, of_city=union is None)


def _then(campaign: Campaign, figures: Iterable[Figure]) -> dict[str, Figure]:
    """What the forms of `campaign` had in the place of each of `figures`, by its slug; without those they had not."""
    known = figures_of(campaign)
    found = {figure.slug: known.get(figure.slug) or known.in_place_of(figure.place) for figure in figures}
    return {slug: figure for slug, figure in found.items() if figure}


def _named(latest: Mapping[int, Mapping[int, int]], union: Union | None) -> dict[int, Union]:
    if union is not None:
        return {union.pk: union}
    return Union.objects.in_bulk({unit for units in latest.values() for unit in units})


def _year(campaign: Campaign, reported: Mapping[Union, Values], then: Mapping[str, Figure]) -> Year:
    """The figures that the forms of that year had: one that it had not is unknown, not 0."""
    if not reported:
        return Year(campaign, 0, None)
    asked = list(dict.fromkeys(then.values()))
    sums = sum_reported(reported.values(), asked)
    values = {slug: sums[figure.slug] for slug, figure in then.items() if figure.slug in sums}
    return Year(campaign, len(reported), values, lacks(reported, asked))


def _accepted(campaigns: Iterable[Campaign], union: Union | None) -> dict[int, dict[int, int]]:
    """By campaign and unit, the submission that was accepted last."""
    latest: dict[int, dict[int, int]] = {campaign.pk: {} for campaign in campaigns}
    units = Union.objects.reporting() if union is None else [union]
    reports = Report.objects.filter(campaign__in=latest, union__in=units, state=ReportState.ACCEPTED).order_by("number")
    for campaign, unit, submission in reports.values_list("campaign", "union", "submission"):
        latest[campaign][unit] = submission
    return latest


def _cell(figure: Figure, value: int | Decimal | None, before: int | Decimal | None) -> YearCell:
    if value is None:
        return YearCell("—")
    text = figure.unit.format(value)
    if before is None:
        return YearCell(text)
    percent = f"{per_cent(value - before, before):+}%" if before else ""
    return YearCell(text, signed(figure, value - before), percent)
