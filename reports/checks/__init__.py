"""The checks of a report (annexes.md, "Checks"), each declared once.

They look at values and a context alone, so the same declarations serve live figures, adjusted ones and frozen ones.
"""

from collections.abc import Iterable

from reports.checks import arithmetic, comparison, preparation, records
from reports.checks.context import Context
from reports.checks.registry import Check, Checks, Finding
from reports.derive import Values
from reports.figures import FIGURES

CHECKS = Checks(
    FIGURES,
    *arithmetic.hard(FIGURES),
    *preparation.CHECKS,
    *arithmetic.soft(FIGURES),
    *comparison.checks(FIGURES),
    *records.CHECKS,
)


def check_report(values: Values, *, context: Context, checks: Iterable[Check] = CHECKS) -> list[Finding]:
    """What is wrong with a report of `values`, in the order of the checks.

    A check whose part of the context is not known is left out; `not_made` names those.
    """
    return [
        Finding(check, message)
        for check in checks
        if check.can_be_made(context) and (message := check.message(values, context))
    ]


def not_made(context: Context, *, checks: Iterable[Check] = CHECKS) -> list[Check]:
    """The checks that cannot be made yet."""
    return [check for check in checks if not check.can_be_made(context)]


__all__ = ["CHECKS", "Check", "Context", "Finding", "check_report", "not_made"]
