"""Heat of a matrix: in which fifth of its column's own range a number lies."""

from collections.abc import Iterable
from decimal import Decimal

STEPS = 5


def steps(column: Iterable[int | Decimal]) -> list[int]:
    """1 for the lowest fifth of the range to STEPS for the highest; 0 where all numbers of the column are the same."""
    numbers = [Decimal(number) for number in column]
    least, most = min(numbers, default=Decimal(0)), max(numbers, default=Decimal(0))
    if least == most:
        return [0] * len(numbers)
    return [min(int((number - least) * STEPS / (most - least)) + 1, STEPS) for number in numbers]
