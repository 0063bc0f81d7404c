"""Figures of all units from what is kept of each: only of those whose records were written are they counted again."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Model

from portal.kept.counts import Kept
from portal.models import Campaign, Union
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city
from reports.annex.campaign_figures import figures_of
from reports.counting.compared import compared_days
from reports.counting.derive import CityFigures, Values, assembled, derive, derive_units, leaves_of
from reports.counting.statements import grouped, unit_rows, written
from reports.figures.funnel import FUNNEL, OF_ANNEX2
from reports.figures.measures import Kind
from reports.figures.registry import Figure, Window, by_fact

# No campaign ends on it: it stands in the question for the last day, which is asked apart.
SOME_DAY = datetime.date(1601, 3, 5)


@dataclass(frozen=True)
class KeptFigures:
    """Figures that are kept together, by the name `what`; `asked` tells which they are in a campaign."""

    what: str
    asked: Callable[[Campaign], Iterable[Figure]]

    @property
    def kept(self) -> Kept:
        return Kept(self.what, question=self._question, count=self._count, days=self._days, nothing={})

    def of_units(
        self,
        campaign: Campaign,
        as_of: datetime.date | None = None,
        *,
        units: Iterable[Union] | None = None,
        needed: Iterable[Figure] | None = None,
    ) -> CityFigures:
        """As `derive_units` counts them, with those `needed` at least.

        Of another day than today (or the last of the campaign) nothing is kept: they are counted.
        """
        figures, cut_off = tuple(self.asked(campaign)), campaign.cut_off(as_of)
        units = list(Union.objects.of_campaign(campaign) if units is None else units)
        if cut_off != campaign.cut_off():
            with whole_city(Across.KEPT):
                return derive_units(campaign, as_of, units=units, figures=figures if needed is None else needed)
        found = self.kept.of_units(campaign, cut_off, [unit.path for unit in units])
        counted = {figure.slug: figure for figure in leaves_of(figures)}
        rows = ((path, _read(values, counted)) for path, values in found.items())
        return assembled(campaign, units, figures, rows)

    def of_union(self, campaign: Campaign, union: Union, as_of: datetime.date | None = None) -> Values:
        """As `derive` counts them: the city's as the sum of its units', a unit's as kept, of one within it counted."""
        if union.is_city:
            return self.of_units(campaign, as_of).total
        if union.is_reporting:
            return self.of_units(campaign, as_of, units=[union]).total
        return derive(campaign, union, as_of, figures=self.asked(campaign))

    def _by_fact(self, campaign: Campaign) -> list[tuple[Figure, ...]]:
        return by_fact(leaves_of(self.asked(campaign)))

    def _question(self, campaign: Campaign) -> str:
        """The statements themselves: other figures, other days of the campaign or another way to count change them."""
        window = Window(campaign, campaign.starts_on, SOME_DAY)
        asked = (
            (tuple(each.slug for each in members), *written(members, window)) for members in self._by_fact(campaign)
        )
        return repr(list(asked))

    def _count(self, campaign: Campaign, cut_off: datetime.date, path: str | None) -> Mapping[str, dict]:
        window = Window(campaign, campaign.starts_on, cut_off)
        found: dict[str, dict] = {}
        for members in self._by_fact(campaign):
            for unit, values in unit_rows(members, window, path):
                found.setdefault(unit, {}).update(_dump(values))
        return found

    def _days(self, campaign: Campaign) -> Iterator[tuple[type[Model], str]]:
        window = Window(campaign, campaign.starts_on, SOME_DAY)
        days = (day for members in self._by_fact(campaign) for day in compared_days(grouped(members, window), SOME_DAY))
        return iter(dict.fromkeys(days))


def _dump(values: Values) -> dict[str, int | str]:
    """As JSON holds it; what is nothing need not be kept."""
    return {slug: str(value) if isinstance(value, Decimal) else value for slug, value in values.items() if value}


def _read(values: Mapping[str, int | str], figures: Mapping[str, Figure]) -> Values:
    read = {Kind.MONEY: Decimal}
    return {slug: read.get(figures[slug].measure.kind, int)(value) for slug, value in values.items()}


FORM_FIGURES = KeptFigures("figures", figures_of)
FUNNEL_FIGURES = KeptFigures("funnel", lambda _campaign: FUNNEL)
TURNING_FIGURES = KeptFigures("turning", lambda _campaign: OF_ANNEX2)  # whatever the forms of the campaign ask for


def count_ahead(campaign: Campaign) -> None:
    """Bring up to date what is kept of every unit of `campaign`."""
    for kept in (FORM_FIGURES, FUNNEL_FIGURES, TURNING_FIGURES):
        kept.of_units(campaign)
