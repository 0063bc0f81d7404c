"""The checks of a report (annexes.md, "Checks"), each declared once.

They look at values and a context alone, so the same declarations serve live figures, adjusted ones and frozen ones.
"""

from collections.abc import Iterable
from functools import lru_cache

from reports.checks import arithmetic, comparison, preparation, records
from reports.checks.context import Context
from reports.checks.registry import Check, Checks, Finding
from reports.counting.derive import Values
from reports.figures.registry import Registry


@lru_cache(maxsize=64)
def checks_for(figures: Registry) -> Checks:
    """The checks of a report that has `figures`: those whose figures all stand in its forms."""
    asked = (
        *arithmetic.hard(figures),
        *preparation.checks(figures),
        *arithmetic.soft(figures),
        *comparison.checks(figures),
        *records.CHECKS,
    )
    return Checks(figures, *(check for check in asked if all(slug in figures for slug in check.figures)))


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


__all__ = ["Check", "Context", "Finding", "check_report", "checks_for", "not_made"]
