"""Raised less paid, by unit and source, on every day (domain.md: closed ledger). Amounts are yuan.

Within a day receipts come first, so what is left when the day ends is what counts. Imported history may be overdrawn;
whatever makes that worse on any day is refused all the same.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from aid.enums import FundSource, PaymentState
from aid.models import CarriedFunds, Contribution, Disbursement
from portal.models import Union
from portal.models.owned import unit_path

Net = dict[date, Decimal]  # what was raised (and confirmed) on a day, or carried here, less what was paid on it


@dataclass(frozen=True)
class Overdraft:
    """Less than nothing is left of a source at the end of `day`."""

    unit_path: str
    source: FundSource
    day: date
    balance: Decimal


def empty() -> Net:
    return defaultdict(Decimal)


def nets(scope: Union) -> dict[tuple[str, str], Net]:
    """By unit path and source, for every 填报单位 in `scope`. Three queries."""
    found: dict[tuple[str, str], Net] = defaultdict(empty)
    raised = Contribution.objects.in_union(scope).filter(confirmed_amount__gt=0)
    paid = Disbursement.objects.in_union(scope).filter(status=PaymentState.PAID)
    carried = CarriedFunds.objects.in_union(scope)
    sums = (raised, "received_on", "confirmed_amount", 1), (paid, "paid_on", "amount", -1)
    for records, day, money, sign in (*sums, (carried, "carried_on", "amount", 1)):
        rows = records.order_by().annotate(unit=unit_path()).values_list("unit", "source", day)
        for unit, source, on, amount in rows.annotate(total=Sum(money)):
            found[unit, source][on] += sign * amount
    return found


def nets_of(unit: Union) -> dict[str, Net]:
    """By source, of the one 填报单位 that `unit` is or belongs to."""
    found = nets(Union(path=unit.reporting_path))
    return defaultdict(empty, {source: net for (_path, source), net in found.items()})


def balances(net: Net) -> Iterator[tuple[date, Decimal]]:
    """What is left at the end of each day on which something changes."""
    left = Decimal()
    for day in sorted(net):
        left += net[day]
        yield day, left


def overdrafts(scope: Union) -> list[Overdraft]:
    """Of each unit and source in `scope` that was ever overdrawn, the first such day; by path and source."""
    return list(_first_days(nets(scope)))


def _first_days(found: dict[tuple[str, str], Net]) -> Iterator[Overdraft]:
    for (path, source), net in sorted(found.items()):
        first = next(((day, left) for day, left in balances(net) if left < 0), None)
        if first:
            yield Overdraft(path, FundSource(source), *first)


@dataclass(frozen=True)
class Proof:
    """How many ledgers (one unit, one source) were gone through, day by day, and those that were ever overdrawn."""

    ledgers: int
    days: int
    overdrafts: tuple[Overdraft, ...]


def prove(scope: Union) -> Proof:
    """Go through every day of every ledger in `scope`."""
    found = nets(scope)
    return Proof(len(found), sum(map(len, found.values())), tuple(_first_days(found)))


class Room:
    """How much more may be paid from a source on each day, when it stood as `before` and would stand as `after`.

    Below zero is allowed only as far as it was below zero before, on the same day.
    """

    def __init__(self, before: Net, after: Net, *more: date):
        self.days = sorted({*before, *after, *more})
        self.left: list[Decimal] = []
        room: list[Decimal] = []
        was = left = Decimal()
        for day in self.days:
            was, left = was + before.get(day, 0), left + after.get(day, 0)
            self.left.append(left)
            room.append(left - min(was, Decimal()))
        # From the end: the place of the day from there on that has least room, the earliest of several.
        self._tightest = list(range(len(room)))
        for place in range(len(room) - 2, -1, -1):
            later = self._tightest[place + 1]
            self._tightest[place] = later if room[later] < room[place] else place
        self._room = room

    def lacking(self, amount: Decimal, day: date | None = None) -> tuple[date, Decimal] | None:
        """The day, from `day` on, on which `amount` is not there, and what was left on it; None if it is there."""
        if not self.days:
            return None
        tightest = self._tightest[bisect_left(self.days, day) if day else 0]
        return (self.days[tightest], self.left[tightest]) if amount > self._room[tightest] else None


def first_not_covered(
    before: Net, after: Net, payments: Sequence[tuple[date, Decimal]]
) -> tuple[int, date, Decimal] | None:
    """Of `payments`, in the order of their days, the first that overdraws or makes an overdraft worse on any day.

    Its place, the day on which money is missing, and what was left on it without this payment. The place is -1 if
    `after` alone, without any payment, is worse than `before`. None if all is covered.
    """
    room = Room(before, after, *(day for day, _amount in payments))
    if lacking := room.lacking(Decimal()):
        return -1, *lacking
    spent = Decimal()
    for place, (day, amount) in enumerate(payments):
        if lacking := room.lacking(spent + amount, day):
            return place, lacking[0], lacking[1] - spent
        spent += amount
    return None
