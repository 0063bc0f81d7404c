"""Shares of a whole and other numbers that are printed rounded: one rule for all of them, as in the official sheets."""

from decimal import ROUND_HALF_UP, Decimal

UNKNOWN = "—"
TENTH = Decimal("0.1")
Number = int | Decimal


def half_up(number: Number, step: Decimal = TENTH) -> Decimal:
    """`number` rounded to `step`, a half away from zero. The figures of the forms themselves are never rounded."""
    return Decimal(number).quantize(step, ROUND_HALF_UP)


def per_cent(part: Number, whole: Number) -> Decimal | None:
    """`part` in hundredths of `whole`, to a tenth; None of nothing."""
    return half_up(Decimal(part) * 100 / Decimal(whole)) if whole else None


def printed(rate: Decimal | None) -> str:
    return UNKNOWN if rate is None else f"{rate}%"
