"""What a public table leaves out, so that nobody is known by it: no count of persons below `LEAST` is printed.

A number that is left out must not follow from those that stand: the hidden groups of a table are at least two, and
together at least `LEAST`; which others go with a small one, their order says and not their size, from which one could
reason back. They are all marked alike, so that the mark does not say which of them is the small one.
Money tells of persons, too, who get so much each: beside a hidden group there is none, and the sums are rounded.
"""

import math
from collections.abc import Hashable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

Group = TypeVar("Group", bound=Hashable)

LEAST = 5
WAN = Decimal(10_000)


def hidden(persons: Mapping[Group, int]) -> frozenset[Group]:
    """The groups whose persons and money are not printed: those below `LEAST`, and what would tell them; else none."""
    groups = list(persons)
    left_out = {group for group in groups if persons[group] < LEAST}
    first = min(map(groups.index, left_out), default=0)
    for group in groups[first:] + groups[:first] if left_out else ():
        if len(left_out) > 1 and sum(persons[each] for each in left_out) >= LEAST:
            break
        left_out.add(group)
    return frozenset(left_out)


def step_for(standards: Iterable[Decimal]) -> Decimal:
    """To what the sums are rounded where a group is hidden, in yuan: whole 万元, and twice what two persons differ by.

    The hidden money is then known to no less than that, and at least two divisions of the hidden persons make it up.
    """
    known = list(standards)
    apart = 2 * (max(known) - min(known)) if known else Decimal()
    return max(Decimal(math.ceil(apart / WAN)), Decimal(1)) * WAN


def rounded(money: Decimal, step: Decimal) -> Decimal:
    return (money / step).quantize(Decimal(1), ROUND_HALF_UP) * step
