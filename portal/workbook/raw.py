"""What a cell holds before anyone has made sense of it.

A raw value is None, a str, int, float, date or datetime, or one of the three markers for content that is never data.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

DIGITS_KEPT = 15  # by Excel, of any number


@dataclass(frozen=True)
class Formula:
    text: str


@dataclass(frozen=True)
class Boolean:
    value: bool


@dataclass(frozen=True)
class ErrorValue:
    text: str


Content: TypeAlias = str | int | float | date  # a datetime is a date, too
Raw: TypeAlias = Content | Formula | Boolean | ErrorValue | None


def shown(raw: Raw) -> str | None:
    """The content as a clerk sees it, for lists of errors."""
    match raw:
        case None | str():
            text = raw
        case Formula():
            text = "=" + raw.text.removeprefix("=")
        case Boolean():
            text = str(raw.value).upper()
        case ErrorValue():
            text = raw.text
        case date():  # of a datetime, too, only the day
            text = str(raw)[:10]
        case _:
            text = digits(raw)
    return text


def digits(number: float) -> str:
    """A number as the shortest decimal that names it: 110101.0 is 110101, and never 1.10101e+05."""
    if isinstance(number, int):
        return str(number)
    if number != number or abs(number) >= 1e21:  # noqa: PLR0124  NaN, infinity and what nobody typed
        return repr(number)
    return format(as_shown(number), "f")


def as_shown(number: float) -> Decimal:
    """A finite number by the 15 significant digits that Excel shows: 330.00000000000006 is 330."""
    return Decimal(number) if isinstance(number, int) else Decimal(f"{number:.{DIGITS_KEPT}g}")


def lost_digits(raw: Raw) -> bool:
    """Whether a cell holds a number longer than Excel keeps, so that its last digits are no longer those typed."""
    return isinstance(raw, (int, float)) and abs(raw) >= 10**DIGITS_KEPT
