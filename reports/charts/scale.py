"""Round numbers for the axis of a chart."""

import math
from decimal import Decimal

STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
MOST_STEPS = 5


def ticks(largest: Decimal) -> list[Decimal]:
    """0 and round numbers up to the first that is at least `largest`: at most MOST_STEPS steps of 1, 2 or 5 times 10ⁿ.

    >>> [str(tick) for tick in ticks(Decimal(37))]
    ['0', '10', '20', '30', '40']
    """
    if largest <= 0:
        return [Decimal(0), Decimal(1)]
    power = Decimal(10) ** (largest.adjusted() - 1)
    steps = (factor * power * ten for ten in (1, 10) for factor in STEPS)
    step = next(step for step in steps if largest <= step * MOST_STEPS)
    return [step * number for number in range(math.ceil(largest / step) + 1)]


def printed(tick: Decimal) -> str:
    """Without the zeros and powers that arithmetic leaves."""
    return f"{tick.normalize():f}"
