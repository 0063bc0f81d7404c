"""就业全程 of one union: by the unions below it, by year, and what the turn of the year does to annex 2."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.models import Campaign, Union
from portal.models.campaign import default_dates
from reports.annex.campaign_figures import named_by
from reports.beside.years import MOST_YEARS
from reports.counting.derive import Values, derive, derive_below, total
from reports.counting.kept import FUNNEL_FIGURES, TURNING_FIGURES
from reports.counting.rates import Rates
from reports.counting.rows import signed
from reports.enums import ReportState
from reports.figures.funnel import FUNNEL, OF_ANNEX2
from reports.figures.registry import Figure
from reports.models import Report


@dataclass(frozen=True)
class UnionRow:
    """One union's numbers; `own` are those that the union above keeps itself."""

    union: Union
    values: Values
    own: bool = False

    @property
    def name(self) -> str:
        return _("%(union)s（本级）") % {"union": self.union.name} if self.own else self.union.name

    @property
    def rates(self) -> Rates:
        return Rates.of(self.values)


@dataclass(frozen=True)
class KindRow:
    """The numbers of all unions of one kind together."""

    name: str
    values: Values

    @property
    def rates(self) -> Rates:
        return Rates.of(self.values)


@dataclass(frozen=True)
class YearRow:
    """One campaign's numbers."""

    campaign: Campaign
    values: Values

    @property
    def rates(self) -> Rates:
        return Rates.of(self.values)


@dataclass(frozen=True)
class TurnRow:
    """One line of annex 2 today, and on the first day of the next year if nothing else happens."""

    figure: Figure
    now: int
    then: int

    @property
    def change(self) -> int:
        return self.then - self.now

    @property
    def change_text(self) -> str:
        return signed(self.figure, self.change)


def by_union(campaign: Campaign, top: Union, as_of: datetime.date | None = None) -> list[UnionRow]:
    """The unions right below `top` that have graduates, by code; of the city its reporting units, all of them."""
    if top.is_city:
        return [UnionRow(unit, values) for unit, values in FUNNEL_FIGURES.of_units(campaign, as_of).units.items()]
    found = derive_below(campaign, top, as_of, figures=FUNNEL)
    unions = Union.objects.filter(path__in=found).order_by("path")
    return [UnionRow(union, found[union.path], own=union.path == top.path) for union in unions]


def together(name: str, rows: Iterable[UnionRow]) -> KindRow:
    """The sum of `rows`, under a name of its own."""
    return KindRow(name, total((row.values for row in rows), FUNNEL))


def by_year(campaign: Campaign, union: Union, as_of: datetime.date | None = None) -> list[YearRow]:
    """Up to five campaigns until `campaign`, the earliest first: earlier ones to their end, this one to `as_of`.

    A year that was reported without a graduate on file says nothing of the way, and is left out.
    """
    campaigns = list(Campaign.objects.filter(year__lte=campaign.year)[:MOST_YEARS])[::-1]
    rows = [
        YearRow(each, FUNNEL_FIGURES.of_union(each, union, as_of if each == campaign else each.ends_on))
        for each in campaigns
    ]
    empty = [row.campaign.pk for row in rows if not any(row.values.values())]
    accepted = Report.objects.in_union(union).filter(campaign__in=empty, state=ReportState.ACCEPTED) if empty else []
    reported = {report.campaign_id for report in accepted}
    return [row for row in rows if row.campaign == campaign or row.campaign.pk not in reported]


def turn_of_year(campaign: Campaign, union: Union, as_of: datetime.date | None = None) -> list[TurnRow]:
    """What becomes of the lines of annex 2 that tell fresh from past, with the records as they stand."""
    after = campaign.year + 1
    following = Campaign.objects.filter(year=after).first() or Campaign(year=after, **default_dates(after))
    now = TURNING_FIGURES.of_union(campaign, union, as_of)
    then = derive(following, union, following.starts_on, figures=OF_ANNEX2)
    return [TurnRow(figure, now[figure.slug], then[figure.slug]) for figure in named_by(campaign, OF_ANNEX2)]
