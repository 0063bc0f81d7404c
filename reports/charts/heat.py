"""Heat of a matrix: in which fifth of its column's own range a number lies."""

from collections.abc import Iterable
from decimal import Decimal

STEPS = 5


def steps(column: Iterable[int | Decimal | None]) -> list[int]:
    """1 for the lowest fifth of the range to STEPS for the highest.

    0 for None (nothing was reported), and where all numbers of the column are the same.
    """
    column = list(column)
    numbers = [Decimal(number) for number in column if number is not None]
    least, most = min(numbers, default=Decimal(0)), max(numbers, default=Decimal(0))
    return [0 if number is None or least == most else _step(Decimal(number), least, most) for number in column]


def _step(number: Decimal, least: Decimal, most: Decimal) -> int:
    return min(int((number - least) * STEPS / (most - least)) + 1, STEPS)
