"""The form of a contribution: the workbook's columns, and its closed ledger with a refusal that tells the numbers."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.enums import FundSource, PaymentStatus
from aid.models import Contribution, Disbursement
from aid.payments.ledger import balance_of, yuan
from aid.workbook import ContributionSheet
from aid.workbook.ledger import RAISING_FIELDS
from portal.models import Union
from portal.records.editing import Editing, Group
from portal.rules import Fault, Party
from portal.workbook.importing.book import Book, Row
from portal.workbook.sheets import Workbook

SHORT = _("改后“%(source)s”只筹集 %(raised)s 元，少于已发放的 %(paid)s 元和待发放的 %(reserved)s 元，还差 %(short)s 元")
SHORT_THEN = _("改后“%(source)s”截至 %(day)s 只筹集 %(raised)s 元，少于当日已发放的 %(paid)s 元，还差 %(short)s 元")


def raised_below_spent(book: Book) -> Iterator[Fault]:
    """A contribution that shrinks, comes later or goes to another source must leave enough for what was spent.

    On every day and, with what is reserved, in the end; as for a workbook. A ledger that history has overdrawn may be
    mended bit by bit: only what makes it worse is refused.
    """
    for row in book.records_of(Contribution):
        if row.before and not row.faulty & RAISING_FIELDS:
            numbers = _short(book, row) or _short_on_a_day(book, row)
            if numbers:
                message = SHORT_THEN if "day" in numbers else SHORT
                party = Party(row.record, "amount", RAISING_FIELDS, as_changed=True)
                yield Fault(message, (party,), numbers | {"source": FundSource(row.before["source"]).label})


def _unit(book: Book) -> Union:
    return Union(path=book.unit.reporting_path)


def _short(book: Book, row: Row) -> dict:
    """The numbers, where what is paid and reserved is no longer covered; {} where it is, or not less than before."""
    source, record = row.before["source"], row.record
    lost = row.before["amount"] - (record.amount if record.source == source else Decimal())
    balance = balance_of(_unit(book), source)
    short = lost - balance.left
    if lost <= 0 or short <= 0:
        return {}
    numbers = {"raised": balance.raised - lost, "paid": balance.paid, "reserved": balance.reserved, "short": short}
    return {name: yuan(number) for name, number in numbers.items()}


def _short_on_a_day(book: Book, row: Row) -> dict:
    """The numbers of the first day on which less is covered than before, and not enough."""
    source, record = row.before["source"], row.record
    raised, paid = (_by_day(model, _unit(book), source) for model in (Contribution, Disbursement))
    change: dict = defaultdict(Decimal)
    change[row.before["received_on"]] -= row.before["amount"]
    if record.source == source:
        change[record.received_on] += record.amount
    got = spent = changed = Decimal()
    for day in sorted({*raised, *paid, *change}):
        got, spent, changed = got + raised[day], spent + paid[day], changed + change[day]
        if changed < 0 and got + changed < spent:
            numbers = {"raised": got + changed, "paid": spent, "short": spent - got - changed}
            return {name: yuan(number) for name, number in numbers.items()} | {"day": day}
    return {}


def _by_day(model, unit: Union, source: str) -> dict:
    """What was raised, or paid, of the source, by day."""
    records, day = model.objects.in_union(unit).filter(source=source), "received_on"
    if model is Disbursement:
        records, day = records.filter(status=PaymentStatus.PAID), "paid_on"
    totals = records.order_by().values_list(day).annotate(total=Sum("amount"))
    return defaultdict(Decimal, dict(totals))


class ContributionFormSheet(ContributionSheet):
    set_rules = (raised_below_spent,)


FORM_SHEET = ContributionFormSheet()

CONTRIBUTION_FORM = Editing(
    sheet=FORM_SHEET,
    workbook=Workbook((FORM_SHEET,)),
    prefix="Z",
    initial=lambda _parent: {"received_on": localdate().isoformat()},
    groups=(
        Group(
            _("收款"),
            ("received_on", "source", "amount", "donor", "voucher", "number", "union"),
            _("改小金额、改换来源或推迟收款日期，都不能少于该来源已经发放和待发放的金额。"),
        ),
    ),
)
