"""What a move of unions may not do to the ledgers, and the money that may go along (workbook.md, load_unions)."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from uuid import uuid4

from django.utils.translation import gettext as _

from aid.enums import FundSource, LineResult
from aid.ledger.days import Net, balances, empty, first_not_covered, nets
from aid.models import BatchItem, CarriedFunds
from portal.access import path_range
from portal.kept.revisions import raising
from portal.models import Union
from portal.unions.moves import UnionMoveRefused

Ledgers = dict[tuple[str, str], Net]  # by code of the 填报单位 and source


def ledgers_now() -> Ledgers:
    """Every ledger of the whole tree; by code, which a move does not change."""
    found: Ledgers = defaultdict(empty)
    for city in Union.objects.filter(depth=1):
        codes = dict(Union.objects.in_union(city).values_list("path", "code"))
        for (path, source), net in nets(city).items():
            found[codes[path], source] = net
    return found


class LedgerGuard:
    """No ledger may be worse on any day than it was before the moves, unless it is covered."""

    def __init__(self):
        self._at_first: Ledgers | None = None
        self._latest: Ledgers = {}

    def before(self, union: Union, giver: Union, receiver: Union) -> None:
        """Remember the ledgers; payments on their way must be settled by the unit that released them."""
        under_way = BatchItem.objects.filter(path_range(union.path, "case__union_path"), result=LineResult.PENDING)
        count = under_way.exclude(path_range(union.path, "batch__union_path")).count()
        if count:
            words = _("“%(union)s”不能移动：还有 %(count)d 笔助学款在“%(unit)s”的发放批次中没有办结")
            raise UnionMoveRefused(words % {"union": union.name, "count": count, "unit": giver.name})
        self._latest = ledgers_now()
        if self._at_first is None:
            self._at_first = self._latest

    def carry(self, union: Union, giver: Union, receiver: Union, *, actor) -> list[str]:
        """Carry money between the two, day by day, as much as either lacks and no more. Writes 划转 in both ledgers."""
        if giver.pk == union.pk:
            return []  # the whole unit went, and its ledger with it: there is nobody to carry from
        now, carried = ledgers_now(), []
        for source in FundSource:
            steps = _steps(
                *(each[unit.code, source] for unit in (giver, receiver) for each in (self._latest, now)),
            )
            for day, amount in steps:
                _write(giver, receiver, source=source, day=day, amount=amount)
                carried.append(_in_words(giver, receiver, source=source, day=day, amount=amount))
        return carried

    def after(self, union: Union, giver: Union, receiver: Union) -> None:
        """The ledgers are added up from the records: nothing is kept beside them."""

    def faults(self) -> list[str]:
        """One sentence for each ledger that the moves made worse on some day, with source and sum."""
        if self._at_first is None:
            return []
        names = dict(Union.objects.values_list("code", "name"))
        found = []
        for (code, source), net in sorted(ledgers_now().items()):
            lacking = first_not_covered(self._at_first[code, source], net, [])
            if lacking:
                _place, day, balance = lacking
                words = _("移动后“%(unit)s”的“%(source)s”台账截至 %(day)s 超支 %(amount)s 元")
                values = {"unit": names[code], "source": FundSource(source).label, "day": day}
                found.append(words % (values | {"amount": f"{-balance:,.2f}"}))
        return found


def _steps(giver_before: Net, giver_after: Net, receiver_before: Net, receiver_after: Net) -> list:
    """By day, what is to be carried from giver to receiver; below zero the other way."""
    days = sorted({*giver_before, *giver_after, *receiver_before, *receiver_after})
    lacking = (_lacking(receiver_before, receiver_after, days), _lacking(giver_before, giver_after, days))
    steps: list[tuple[date, Decimal]] = []
    carried = Decimal()
    for place, day in enumerate(days):
        wanted = lacking[0][place] - lacking[1][place]
        if wanted != carried:
            steps.append((day, wanted - carried))
            carried = wanted
    return steps


def _lacking(before: Net, after: Net, days: list[date]) -> list[Decimal]:
    """On each of `days`, what is missing to be no worse than before."""
    was, now = (dict(balances({day: net.get(day, Decimal()) for day in days})) for net in (before, after))
    return [max(Decimal(), min(was[day], Decimal()) - now[day]) for day in days]


def _in_words(giver: Union, receiver: Union, *, source: str, day: date, amount: Decimal) -> str:
    first, second = (giver, receiver) if amount > 0 else (receiver, giver)
    words = _("%(day)s “%(source)s” %(amount)s 元由“%(giver)s”划转到“%(receiver)s”")
    values = {"day": day, "source": FundSource(source).label, "amount": f"{abs(amount):,.2f}"}
    return words % (values | {"giver": first.name, "receiver": second.name})


def _write(giver: Union, receiver: Union, *, source: str, day: date, amount: Decimal) -> None:
    key = uuid4()
    for unit, other, signed in ((giver, receiver, -amount), (receiver, giver, amount)):
        row = CarriedFunds(key=key, other=other, source=source, carried_on=day, amount=signed)
        row.place_in(Union.objects.get(pk=unit.pk))
        with raising([row]):
            row.save()
