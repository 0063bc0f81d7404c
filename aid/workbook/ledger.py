"""The closed ledger: on no day has a unit paid more from a source than it had raised from it by then."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from aid.enums import FundSource, PaymentState
from aid.ledger.days import Net, empty, first_not_covered, nets_of
from aid.models import Contribution, Disbursement
from portal.access import Permission, can
from portal.models import Union
from portal.record_rules import Fault, Party
from portal.workbook.importing.book import Book, Row
from portal.workbook.importing.chunks import in_chunks

RAISING_FIELDS = frozenset({"amount", "received_on", "source"})
SPENDING_FIELDS = frozenset({"amount", "paid_on", "source", "status"})
MESSAGE = _("发放超出该来源截至当日已筹集的资金：“%(source)s”截至 %(day)s 余额 %(balance)s 元，还差 %(short)s 元")
RESERVED = _("改动后“%(source)s”余额 %(left)s 元，不够支付已复核发放批次的待发放 %(reserved)s 元，还差 %(short)s 元")


def has_second(book: Book) -> bool:
    """Whether what the book brings has been seen by two: by who decides, or by the operator, who answers for it alone.

    What pays waits for a lead as a whole, and the money that comes in the same workbook is seen with it.
    """
    return book.actor is None or can(book.actor, Permission.RELEASE_PAYMENTS) or pays(book)


def pays(book: Book) -> bool:
    """Whether the book makes or changes a payment that is made."""
    return any(row.record.is_paid and (row.is_new or row.changed) for row in book.records_of(Disbursement))


def usable(book: Book, row: Row) -> Decimal:
    """How much of the contribution may be paid from once the row is written.

    What one person brings alone waits. Less or later needs nobody; another source or an earlier day is seen anew.
    """
    record, before = row.record, row.before
    if pays(book) or (has_second(book) and (row.is_new or row.changed)):
        return record.amount
    if before is None or record.source != before["source"] or record.received_on < before["received_on"]:
        return Decimal()
    return min(record.amount, before["confirmed_amount"])


def spent_beyond_raised(book: Book) -> Iterator[Fault]:
    """One fault per source: the first paid disbursement, by date and row, that the funds do not cover on some day.

    Where the ledger is overdrawn already, the first that makes it worse on any day.
    """
    if not any(book.records_of(Contribution)) and not any(book.records_of(Disbursement)):
        return
    on_file = nets_of(book.unit)
    for source in sorted(_trusted_sources(book)):
        receipts = [row for row in book.records_of(Contribution) if _raises(book, row, source)]
        payments = [row for row in book.records_of(Disbursement) if _touches(row, source, SPENDING_FIELDS)]
        fault = _fault(book, on_file[source], source, receipts, payments)
        if fault is not None and not book.blame_misspelt(_sheets_of_receipts(book)):
            yield fault


def _sheets_of_receipts(book: Book) -> list[str]:
    return [sheet.title for sheet in book.workbook.sheets if sheet.model is Contribution]


def _raises(book: Book, row: Row, source: str) -> bool:
    """Whether the row changes what may be paid from `source`."""
    known = row.is_new or row.faulty & RAISING_FIELDS
    return _touches(row, source, RAISING_FIELDS) or bool(
        not known and row.record.source == source and usable(book, row) != row.before["confirmed_amount"]
    )


def _fault(book: Book, before: Net, source: str, receipts: list[Row], payments: list[Row]) -> Fault | None:
    after = empty() | before
    for row in (*receipts, *payments):
        _take_out(after, row, source)
    for row in receipts:
        if row.record.source == source and not row.faulty & RAISING_FIELDS:
            after[row.record.received_on] += usable(book, row)
    paid = sorted((row for row in payments if row.record.source == source and _counts(row)), key=_by_date_and_row)
    found = first_not_covered(before, after, [(row.record.paid_on, row.record.amount) for row in paid])
    if found is None:
        return None
    place, day, balance = found
    asked = paid[place].record.amount if place >= 0 else Decimal()
    values = {"source": FundSource(source).label, "day": day}
    values |= {"balance": f"{balance:,.2f}", "short": f"{asked - balance:,.2f}"}
    # By itself to blame is the row that overdraws; without one, receipts that shrank, moved or left.
    row = [paid[place]] if place >= 0 else []
    return Fault(MESSAGE, tuple(_parties(row, receipts, payments)), values)


def _touches(row: Row, source: str, fields: frozenset[str]) -> bool:
    """Whether the row is about money of `source` and new, or other than on file; what is as it was stays on file."""
    if row.is_new:
        return row.record.source == source
    return bool(row.changed & fields) and source in (row.record.source, row.before["source"])


def _take_out(net: Net, row: Row, source: str) -> None:
    """Take out what is on file of a row that this workbook brings otherwise."""
    before = row.before
    if before is None or before["source"] != source:
        return
    if "received_on" in before:
        net[before["received_on"]] -= before["confirmed_amount"]
    elif before["status"] == PaymentState.PAID:
        net[before["paid_on"]] += before["amount"]


def _parties(overdrawing: list[Row], receipts: list[Row], payments: list[Row]) -> Iterator[Party]:
    for row in overdrawing:
        yield Party(row.record, "amount", SPENDING_FIELDS)
    for row in receipts:
        yield Party(row.record, "amount", RAISING_FIELDS, as_changed=True)
    for row in payments:
        yield Party(row.record, "amount", SPENDING_FIELDS, as_changed=True)


def short_of_reserved(book: Book) -> Iterator[Fault]:
    """One fault per source: a workbook must leave what released batches have reserved; history knows no batches."""
    unit = Union(path=book.unit.reporting_path)
    for source, reserved in _reserved(book, unit).items():
        left = _left_after(book, source)
        if left < reserved:
            rows = [*book.records_of(Contribution), *book.records_of(Disbursement)]
            parties = tuple(
                Party(row.record, "amount", RAISING_FIELDS | SPENDING_FIELDS, as_changed=True)
                for row in rows
                if source in (row.record.source, (row.before or {}).get("source"))
            )
            amounts = {"left": left, "reserved": reserved, "short": reserved - left}
            words = {name: f"{amount:,.2f}" for name, amount in amounts.items()}
            yield Fault(RESERVED, parties, words | {"source": FundSource(source).label})


def _reserved(book: Book, unit: Union) -> dict:
    """Pending payments of batches by source, without those that rows try to change, which is refused by itself."""
    pending = Disbursement.objects.in_union(unit).filter(status=PaymentState.PENDING, item__isnull=False).order_by()
    totals = dict(pending.values_list("source").annotate(total=Sum("amount")))
    changed = [row.record.pk for row in book.records_of(Disbursement) if not row.is_new and row.changed]
    for chunk in in_chunks(changed if totals else ()):
        for source, amount in pending.filter(pk__in=chunk).values_list("source", "amount"):
            totals[source] -= amount
    return totals


def _left_after(book: Book, source: str) -> Decimal:
    """What was raised from the source less what was paid, with the rows of the workbook."""
    net = empty() | nets_of(book.unit)[source]
    receipts, payments = list(book.records_of(Contribution)), list(book.records_of(Disbursement))
    for row in (*receipts, *payments):
        _take_out(net, row, source)
    raised = sum((usable(book, row) for row in receipts if row.record.source == source), Decimal())
    return sum(net.values(), Decimal()) + raised - _sum(filter(_counts, payments), source)


def _sum(rows: Iterable[Row], source: str) -> Decimal:
    return sum((row.record.amount for row in rows if row.record.source == source), Decimal())


def _counts(row: Row) -> bool:
    return not row.faulty & SPENDING_FIELDS and row.record.is_paid


def _by_date_and_row(row: Row):
    return row.record.paid_on, row.number


def _trusted_sources(book: Book) -> set[str]:
    """Sources that can be judged: a receipt that could not be read must not make payments look uncovered."""
    if any(title in book.unreliable and title not in book.misspelt for title in _sheets_of_receipts(book)):
        return set()
    rows = [row for sheet, rows in book.rows.items() if sheet.model is Contribution for row in rows if row.faulty]
    if any(row.record is None or row.faulty & {"source"} for row in rows):
        return set()
    doubtful = {row.record.source for row in rows}
    sources = {row.record.source for model in (Contribution, Disbursement) for row in book.records_of(model)}
    before = {row.before["source"] for row in book.records_of(Contribution) if row.before}
    return (sources | before) - doubtful - {""}
