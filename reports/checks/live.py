"""The checks of the figures as the records stand now."""

import datetime

from django.core.cache import cache

from portal.models import Campaign, Union
from reports.annex.campaign_figures import figures_of
from reports.checks import check_report, checks_for, records
from reports.checks.comparison import PAID_BEFORE, RAISED_BEFORE
from reports.checks.context import Context, PerChild, Preparation
from reports.checks.registry import Finding
from reports.counting.derive import Values, derive, derive_units
from reports.figures import FIGURES

RECORDS = tuple(check.records for check in records.CHECKS)
BESIDES = (*RECORDS, RAISED_BEFORE, PAID_BEFORE)
PER_CHILD = (FIGURES["paid"], FIGURES["aided"])
MEAN_KEPT = 60  # seconds


def live_values(
    campaign: Campaign,
    union: Union,
    as_of: datetime.date | None = None,
    *,
    last_year: Values | None = None,
    preparation: Preparation | None = None,
    exact: bool = False,
) -> tuple[Values, Context]:
    """The figures of `union` and what its checks need besides.

    The figures are of this moment; the mean over all units, against which one soft check holds them, may be up to
    MEAN_KEPT old on a page, since counting the payments of the whole city takes four times as long as all the rest.
    What is decided by the checks (submitting, explaining) asks for the `exact` mean, which pages then show as well.
    The number of queries depends neither on the number of units nor on that of records.
    """
    found, per_child = _found(campaign, union, as_of, exact=exact)
    context = Context(
        balance=found[RAISED_BEFORE.slug] - found[PAID_BEFORE.slug],
        per_child=per_child,
        last_year=last_year,
        records={question.slug: found[question.slug] for question in RECORDS},
        preparation=preparation,
    )
    return {figure.slug: found[figure.slug] for figure in figures_of(campaign)}, context


def _found(
    campaign: Campaign, union: Union, as_of: datetime.date | None, *, exact: bool
) -> tuple[Values, PerChild | None]:
    """What is asked of `union`, and the mean over every unit; of the city both come in one pass."""
    asked = tuple(dict.fromkeys((*figures_of(campaign), *BESIDES, *PER_CHILD)))
    if union.is_city:
        city = derive_units(campaign, as_of, figures=asked)
        return city.total, PerChild.of(city.units.values())
    return derive(campaign, union, as_of, figures=asked), _per_child(campaign, as_of, exact=exact)


def _per_child(campaign: Campaign, as_of: datetime.date | None, *, exact: bool) -> PerChild | None:
    key = f"per_child/{campaign.pk}/{campaign.starts_on}/{campaign.cut_off(as_of)}"
    kept = None if exact else cache.get(key)
    if kept is None:
        kept = (PerChild.of(derive_units(campaign, as_of, figures=PER_CHILD).units.values()),)
        cache.set(key, kept, MEAN_KEPT)
    return kept[0]


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
