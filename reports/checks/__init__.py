"""The checks of a report (annexes.md, "Checks"), each declared once.

They look at values and a context alone, so the same declarations serve live figures, adjusted ones and frozen ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from reports.checks import arithmetic, comparison, preparation, records
from reports.checks.context import Context
from reports.checks.registry import Check, Checks, Finding
from reports.counting.derive import Values
from reports.figures import FIGURES
from reports.figures.registry import Registry


@lru_cache(maxsize=64)
def checks_for(figures: Registry) -> Checks:
    """The checks of a report that has `figures`: those whose figures all stand in its forms."""
    asked = (
        *arithmetic.hard(figures),
        *preparation.checks(figures),
        *arithmetic.soft(figures),
        *comparison.checks(figures),
        *records.checks(figures),
    )
    return Checks(figures, *asked)


@dataclass(frozen=True)
class Lost:
    """A check of the notice that cannot be made of a campaign's figures, and why."""

    check: Check
    why: str


@lru_cache(maxsize=64)
def lost_checks(figures: Registry) -> tuple[Lost, ...]:
    """The checks of the notice that `figures` leave nothing to compare for, in its order.

    A total that is not asked has nothing to be added up, nor a change to be explained: those are not told.
    """
    told = (check for check in checks_for(FIGURES) if not check.code.startswith(("change_", "total_")))
    return tuple(Lost(check, why) for check in told if (why := _why_lost(check, figures)))


def _why_lost(check: Check, figures: Registry) -> str:
    missing = [FIGURES[slug] for slug in check.figures if figures.in_place_of(slug) is None]
    if missing:
        named = "、".join(f"“{figure}”" for figure in missing)
        return _("表中没有%(figures)s，也没有代替它的数字") % {"figures": named}
    for slug in check.figures if check.records else ():
        figure = figures.in_place_of(slug)
        if figure.fact is not FIGURES[slug].fact:
            named = {"figure": figure, "records": FIGURES[slug].source.label}
            return _("“%(figure)s”不从“%(records)s”的记录统计") % named
    return ""


def check_report(values: Values, checks: Iterable[Check], *, context: Context) -> list[Finding]:
    """What is wrong with a report of `values`, in the order of the checks.

    A check whose part of the context is not known is left out; `not_made` names those.
    """
    return [
        Finding(check, message, check.message(values, context.own))
        for check in checks
        if check.can_be_made(context) and (message := check.message(values, context))
    ]


def not_made(checks: Iterable[Check], context: Context) -> list[Check]:
    """The checks that cannot be made yet."""
    return [check for check in checks if not check.can_be_made(context)]


__all__ = ["Check", "Context", "Finding", "Lost", "check_report", "checks_for", "lost_checks", "not_made"]
