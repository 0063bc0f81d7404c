"""资金台账: what was raised, paid and reserved by source (domain.md: closed ledger), and the guard of what is left.

The ledger is kept per 填报单位, whose Union row every save of its records locks. That row is the lock of a release too,
so a contribution that shrinks, an import and a release cannot pass each other. FundBalance is not a second lock: it is
the guard in the database. Its `taken` moves by a sum added in the UPDATE itself, under CHECK raised >= elsewhere +
taken, so even code that forgot the lock cannot take what is not there.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from aid.enums import FundSource, PaymentState
from aid.ledger.days import first_not_covered, nets_of
from aid.models import BatchItem, CarriedFunds, Contribution, Disbursement, FundBalance
from portal.access import path_range
from portal.models import Union
from portal.models.owned import unit_path
from portal.workflow import MoveRefused

MONEY = DecimalField(max_digits=20, decimal_places=2)
NOTHING = Value(Decimal(), output_field=MONEY)
FEN = Decimal(100)
RESERVING = (PaymentState.PAID, PaymentState.PENDING)


class FundsShort(Exception):  # noqa: N818  named after what happens
    """A payment that the source does not cover; `shortfall` is what is missing."""

    def __init__(self, balance: "Balance", asked: Decimal):
        self.balance, self.asked = balance, asked
        super().__init__(balance.refusal(asked))


def yuan(amount: Decimal) -> str:
    return f"{amount:,.2f}"


@dataclass(frozen=True)
class Balance:
    """One source of one unit, or of several together. Imported history may leave less than nothing."""

    source: FundSource
    raised: Decimal = Decimal()
    paid: Decimal = Decimal()
    reserved: Decimal = Decimal()
    carried: Decimal = Decimal()
    waiting: Decimal = Decimal()  # raised, and not confirmed by a second person: not in `raised`

    @property
    def left(self) -> Decimal:
        return self.raised + self.carried - self.paid - self.reserved

    @property
    def carried_words(self) -> str:
        """Said beside a balance that money came to, or left, with a union that moved."""
        return _("含划转 %(amount)s 元") % {"amount": yuan(self.carried)} if self.carried else ""

    @property
    def waiting_words(self) -> str:
        """Said beside a balance that cannot be paid from yet with all that came in."""
        return _("另有 %(amount)s 元待复核，复核后可用") % {"amount": yuan(self.waiting)} if self.waiting else ""

    @property
    def is_overdrawn(self) -> bool:
        return self.left < 0

    @property
    def overdrawn_words(self) -> str:
        """Said beside a balance below zero, which is never hidden."""
        if not self.is_overdrawn:
            return ""
        words = _("已超出筹集资金 %(amount)s 元，请补登筹集记录或核对发放记录")
        return words % {"amount": yuan(-self.left)}

    def refusal(self, asked: Decimal) -> str:
        words = _(
            "“%(source)s”余额不足：已筹集 %(raised)s 元，已发放 %(paid)s 元，待发放 %(reserved)s 元，"
            "还可发放 %(left)s 元；本次需要 %(asked)s 元，还差 %(short)s 元。"
        )
        amounts = {name: getattr(self, name) for name in ("raised", "paid", "reserved", "left")}
        amounts |= {"asked": asked, "short": asked - self.left}
        numbers = {name: yuan(amount) for name, amount in amounts.items()}
        told = words % {"source": FundSource(self.source).label, **numbers}
        return told + (_("%(waiting)s。") % {"waiting": self.waiting_words} if self.waiting else "")

    def __add__(self, other: "Balance") -> "Balance":
        names = ("raised", "paid", "reserved", "carried", "waiting")
        return Balance(self.source, *(getattr(self, name) + getattr(other, name) for name in names))


def balances(scope: Union) -> dict[str, dict[str, Balance]]:
    """By unit path, then by source: every source of every 填报单位 in `scope` with any money. One query."""
    return balances_at(scope.path)


def balances_at(path: str) -> dict[str, dict[str, Balance]]:
    """The same of the union at `path` and those below it."""
    found: dict[str, dict[str, Balance]] = defaultdict(dict)
    for unit, source, *amounts in asked(path):
        added = Balance(FundSource(source), *(amount or Decimal() for amount in amounts))
        before = found[unit].get(source)
        found[unit][source] = before + added if before else added
    return dict(found)


def balance_of(unit: Union, source: str) -> Balance:
    """One source of one 填报单位."""
    return balances(unit).get(unit.reporting_path, {}).get(source, Balance(FundSource(source)))


def asked(path: str) -> QuerySet:
    """The question behind the balances at `path` and below: by unit and source, a row for each kind of record."""
    within = path_range(path)
    return _raised(within).union(_spent(within), _carried(within), all=True)


def _raised(within: Q) -> QuerySet:
    contributions = Contribution.objects.filter(within).order_by().annotate(unit=unit_path())
    return contributions.values_list("unit", "source").annotate(
        raised=Sum("confirmed_amount"),
        paid=NOTHING,
        reserved=NOTHING,
        carried=NOTHING,
        waiting=Sum(F("amount") - F("confirmed_amount"), output_field=MONEY),
    )


def _carried(within: Q) -> QuerySet:
    rows = CarriedFunds.objects.filter(within).order_by().annotate(unit=unit_path())
    return rows.values_list("unit", "source").annotate(
        raised=NOTHING, paid=NOTHING, reserved=NOTHING, carried=Sum("amount"), waiting=NOTHING
    )


def _spent(within: Q) -> QuerySet:
    payments = Disbursement.objects.filter(within, status__in=RESERVING).order_by().annotate(unit=unit_path())
    return payments.values_list("unit", "source").annotate(
        raised=NOTHING,
        paid=Coalesce(Sum("amount", filter=Q(status=PaymentState.PAID)), NOTHING, output_field=MONEY),
        reserved=Coalesce(Sum("amount", filter=Q(status=PaymentState.PENDING)), NOTHING, output_field=MONEY),
        carried=NOTHING,
        waiting=NOTHING,
    )


def check_covered(unit: Union, source: str, amount: Decimal, *, on: date) -> None:
    """What is paid on `on` must be there on that day and leave enough for every later one. Raises MoveRefused."""
    net = nets_of(unit)[source]
    found = first_not_covered(net, net, [(on, amount)])
    if found is None:
        return
    _place, day, balance = found
    words = _("“%(source)s”截至 %(day)s 余额 %(balance)s 元，不够发放 %(asked)s 元，还差 %(short)s 元。")
    numbers = {"balance": yuan(balance), "asked": yuan(amount), "short": yuan(amount - balance)}
    raise MoveRefused(words % {"source": FundSource(source).label, "day": day, **numbers})


def take(unit: Union, source: str, amount: Decimal) -> None:
    """Reserve `amount` of a source; the caller has locked `unit` and has not written the payments yet.

    Writes the balance row. Raises FundsShort, and IntegrityError where somebody passed the lock.
    """
    standing = balance_of(unit, source)
    if standing.left < amount:
        raise FundsShort(standing, amount)
    # Not in `defaults`: the row must pass the check while it is made.
    row, _made = FundBalance.objects.get_or_create(union=unit, source=source, defaults={"union_path": unit.path})
    FundBalance.objects.filter(pk=row.pk).update(
        raised=fen(standing.raised + standing.carried),
        elsewhere=fen(_elsewhere(unit, source)),
        taken=F("taken") + fen(amount),
    )


def give_back(unit: Union, source: str, amount: Decimal) -> None:
    """Release `amount` that failed or was called back; the caller has locked `unit`. Writes the balance row."""
    if amount:
        FundBalance.objects.filter(union=unit, source=source).update(taken=F("taken") - fen(amount))


def _elsewhere(unit: Union, source: str) -> Decimal:
    """What was paid or is pending without a batch."""
    payments = Disbursement.objects.in_union(unit).filter(source=source, status__in=RESERVING, item__isnull=True)
    return payments.aggregate(total=Sum("amount"))["total"] or Decimal()


def taken_by_items(unit: Union, source: str) -> Decimal:
    """The same as the balance row's `taken`, added up from the items: the two must agree."""
    items = BatchItem.objects.in_union(unit).filter(
        batch__source=source, disbursement__isnull=False, disbursement__status__in=RESERVING
    )
    return items.aggregate(total=Sum("amount"))["total"] or Decimal()


def fen(amount: Decimal) -> int:
    return int((amount * FEN).to_integral_value())


class BalanceGuard:
    """What a move of unions does to the balance rows: those of both units follow their records."""

    def before(self, union: Union, giver: Union, receiver: Union) -> None:
        """Nothing is in the way of a balance."""

    def carry(self, union: Union, giver: Union, receiver: Union, *, actor) -> list[str]:
        """The ledger carries what is carried."""
        return []

    def after(self, union: Union, giver: Union, receiver: Union) -> None:
        """Count the rows of both afresh; a unit that went as a whole has none left."""
        for unit in Union.objects.filter(pk__in={giver.pk, receiver.pk}):
            for source in FundSource if unit.is_reporting else ():
                settle(unit, source)
        if giver.pk == union.pk:
            FundBalance.objects.filter(union=giver).update(raised=0, elsewhere=0, taken=0)

    def faults(self) -> list[str]:
        """A ledger that is overdrawn is told by its own guard."""
        return []


def settle(unit: Union, source: str) -> None:
    """Count the balance row afresh after records came or went with a union that moved; the caller has locked `unit`."""
    standing = balance_of(unit, source)
    elsewhere, taken = fen(_elsewhere(unit, source)), fen(taken_by_items(unit, source))
    # What was overdrawn before there was a guard must not keep a union where it is.
    raised = max(fen(standing.raised + standing.carried), elsewhere + taken)
    values = {"raised": raised, "elsewhere": elsewhere, "taken": taken}
    FundBalance.objects.update_or_create(
        union=unit, source=source, defaults=values, create_defaults=values | {"union_path": unit.path}
    )
