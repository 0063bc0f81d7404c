"""The checks of the figures as the records stand now."""

import datetime
from collections.abc import Iterable

from portal.models import Campaign, Union
from reports.campaign_figures import figures_of
from reports.checks import check_report, checks_for, records
from reports.checks.comparison import PAID_BEFORE, RAISED_BEFORE
from reports.checks.context import Context, PerChild, Preparation
from reports.checks.registry import Finding
from reports.derive import Values, derive, derive_units
from reports.figures import FIGURES

RECORDS = tuple(check.records for check in records.CHECKS)
BESIDES = (*RECORDS, RAISED_BEFORE, PAID_BEFORE)
PER_CHILD = (FIGURES["paid"], FIGURES["aided"])


def live_values(
    campaign: Campaign,
    union: Union,
    as_of: datetime.date | None = None,
    *,
    last_year: Values | None = None,
    preparation: Preparation | None = None,
) -> tuple[Values, Context]:
    """The figures of `union` and what its checks need besides.

    The number of queries depends neither on the number of units nor on that of records.
    """
    found, units = _found(campaign, union, as_of)
    context = Context(
        balance=found[RAISED_BEFORE.slug] - found[PAID_BEFORE.slug],
        per_child=PerChild.of(units),
        last_year=last_year,
        records={question.slug: found[question.slug] for question in RECORDS},
        preparation=preparation,
    )
    return {figure.slug: found[figure.slug] for figure in figures_of(campaign)}, context


def _found(campaign: Campaign, union: Union, as_of: datetime.date | None) -> tuple[Values, Iterable[Values]]:
    """What is asked of `union`, and of every unit at least paid and aided; of the city both come in one pass."""
    asked = tuple(dict.fromkeys((*figures_of(campaign), *BESIDES, *PER_CHILD)))
    if union.is_city:
        city = derive_units(campaign, as_of, figures=asked)
        return city.total, city.units.values()
    units = derive_units(campaign, as_of, figures=PER_CHILD).units
    return derive(campaign, union, as_of, figures=asked), units.values()


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
