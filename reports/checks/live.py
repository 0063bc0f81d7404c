"""The checks of the figures as the records stand now."""

import datetime

from portal.models import Campaign, Union
from reports.annex.campaign_figures import figures_of
from reports.checks import check_report, checks_for
from reports.checks.arithmetic import standing
from reports.checks.comparison import carried_over
from reports.checks.context import Context, PerChild, Preparation
from reports.checks.registry import Finding
from reports.counting.derive import CityFigures, Values, derive, derive_units
from reports.counting.kept import FORM_FIGURES
from reports.figures.registry import Figure, Registry

PER_CHILD = ("paid", "aided")


def live_values(
    campaign: Campaign,
    union: Union,
    as_of: datetime.date | None = None,
    *,
    last_year: Values | None = None,
    preparation: Preparation | None = None,
) -> tuple[Values, Context]:
    """The figures of `union` and what its checks need besides.

    All are of this moment; of the other units, with whose mean one soft check compares, what is kept is asked, with the
    proof that nothing was written since.
    """
    figures = figures_of(campaign)
    found, per_child = _found(campaign, union, as_of)
    raised, paid = carried_over(figures)
    context = Context(
        balance=found[raised.slug] - found[paid.slug],
        per_child=per_child,
        last_year=last_year,
        records={question.slug: found[question.slug] for question in _questions(figures)},
        preparation=preparation,
    )
    return {figure.slug: found[figure.slug] for figure in figures}, context


def _questions(figures: Registry) -> tuple[Figure, ...]:
    """What the checks of records ask."""
    return tuple(check.records for check in checks_for(figures) if check.records)


def _found(campaign: Campaign, union: Union, as_of: datetime.date | None) -> tuple[Values, PerChild | None]:
    """What is asked of `union`, and the mean over every unit; of the city both come in one pass."""
    figures = figures_of(campaign)
    asked, compared = (*figures, *_questions(figures), *carried_over(figures)), standing(figures, *PER_CHILD)
    if union.is_city:
        city = derive_units(campaign, as_of, figures=asked)
        return city.total, _mean(city, compared)
    mean = _mean(FORM_FIGURES.of_units(campaign, as_of, needed=compared), compared) if compared else None
    return derive(campaign, union, as_of, figures=asked), mean


def _mean(city: CityFigures, compared: tuple[Figure, ...]) -> PerChild | None:
    """The mean of what is paid by what stands in the places of PER_CHILD, if something does."""
    return PerChild.of(city.units.values(), *(figure.slug for figure in compared)) if compared else None


def live_findings(
    campaign: Campaign,
    union: Union,
    as_of: datetime.date | None = None,
    *,
    last_year: Values | None = None,
    preparation: Preparation | None = None,
) -> list[Finding]:
    """What is wrong with the figures of `union`, up to `as_of` (else today)."""
    values, context = live_values(campaign, union, as_of, last_year=last_year, preparation=preparation)
    return check_report(values, checks_for(figures_of(campaign)), context=context)
