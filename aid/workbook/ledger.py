"""The closed ledger: on no day has a unit paid more from a source than it had raised from it by then."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from aid.enums import PaymentStatus
from aid.models import Contribution, Disbursement
from portal.models import Union
from portal.rules import Fault, Party
from portal.workbook.importing.book import Book, Row
from portal.workbook.importing.chunks import in_chunks

RAISING_FIELDS = frozenset({"amount", "received_on", "source"})
SPENDING_FIELDS = frozenset({"amount", "paid_on", "source", "status"})
MESSAGE = _("发放超出该来源截至当日已筹集的资金")
RESERVED = _("改动后该来源的资金不够支付已放款批次的待发放 %(reserved)s 元，还差 %(short)s 元")
Totals = dict[str, dict]  # source → day → yuan


def spent_beyond_raised(book: Book) -> Iterator[Fault]:
    """One fault per source: the first paid disbursement, by date and row, that the funds do not cover."""
    raised_rows = list(book.records_of(Contribution))
    paid_rows = [row for row in book.records_of(Disbursement) if _counts(row)]
    if not raised_rows and not any(book.records_of(Disbursement)):
        return
    unit = Union(path=book.unit.reporting_path)
    raised = _by_day(Contribution.objects.in_union(unit), "received_on")
    paid = _by_day(Disbursement.objects.in_union(unit).filter(status=PaymentStatus.PAID), "paid_on")
    _without_rows(raised, book.records_of(Contribution), "received_on")
    _without_rows(paid, book.records_of(Disbursement), "paid_on")
    for row in raised_rows:
        if not row.faulty & RAISING_FIELDS:
            raised[row.record.source][row.record.received_on] += row.record.amount
    for source in _trusted_sources(book):
        rows = sorted((row for row in paid_rows if row.record.source == source), key=_by_date_and_row)
        overdrawn = _first_uncovered(raised[source], paid[source], rows)
        if overdrawn is not None:
            yield Fault(MESSAGE, tuple(_parties(overdrawn, source, rows, raised_rows)))


def short_of_reserved(book: Book) -> Iterator[Fault]:
    """One fault per source: a workbook must leave what released batches have reserved; history knows no batches."""
    unit = Union(path=book.unit.reporting_path)
    for source, reserved in _reserved(book, unit).items():
        left = _left_after(book, unit, source) - reserved
        if left < 0:
            rows = [*book.records_of(Contribution), *book.records_of(Disbursement)]
            parties = tuple(
                Party(row.record, "amount", RAISING_FIELDS | SPENDING_FIELDS, as_changed=True)
                for row in rows
                if source in (row.record.source, (row.before or {}).get("source"))
            )
            yield Fault(RESERVED, parties, {"reserved": f"{reserved:,.2f}", "short": f"{-left:,.2f}"})


def _reserved(book: Book, unit: Union) -> dict:
    """Pending payments of batches by source, without those that rows try to change, which is refused by itself."""
    pending = Disbursement.objects.in_union(unit).filter(status=PaymentStatus.PENDING, item__isnull=False).order_by()
    totals = dict(pending.values_list("source").annotate(total=Sum("amount")))
    changed = [row.record.pk for row in book.records_of(Disbursement) if not row.is_new and row.changed]
    for chunk in in_chunks(changed if totals else ()):
        for source, amount in pending.filter(pk__in=chunk).values_list("source", "amount"):
            totals[source] -= amount
    return totals


def _left_after(book: Book, unit: Union, source: str):
    """What was raised from the source less what was paid, with the rows of the workbook."""
    raised = _by_day(Contribution.objects.in_union(unit), "received_on")
    paid = _by_day(Disbursement.objects.in_union(unit).filter(status=PaymentStatus.PAID), "paid_on")
    _without_rows(raised, book.records_of(Contribution), "received_on")
    _without_rows(paid, book.records_of(Disbursement), "paid_on")
    came = [row.record.amount for row in book.records_of(Contribution) if row.record.source == source]
    went = [row.record.amount for row in book.records_of(Disbursement) if row.record.source == source and _counts(row)]
    return sum(raised[source].values()) + sum(came) - sum(paid[source].values()) - sum(went)


def _counts(row: Row) -> bool:
    return not row.faulty & SPENDING_FIELDS and row.record.is_paid


def _by_date_and_row(row: Row):
    return row.record.paid_on, row.number


def _by_day(records, day: str) -> Totals:
    totals: Totals = defaultdict(lambda: defaultdict(Decimal))
    for source, on, amount in records.values_list("source", day).annotate(total=Sum("amount")):
        totals[source][on] = amount
    return totals


def _without_rows(totals: Totals, rows, day: str) -> None:
    """Take out what is on file of the rows that this workbook brings again."""
    for row in rows:
        before = row.before
        if before and before.get("status", PaymentStatus.PAID) == PaymentStatus.PAID:
            totals[before["source"]][before[day]] -= before["amount"]


def _trusted_sources(book: Book) -> set[str]:
    """Sources that can be judged: a receipt that could not be read must not make payments look uncovered."""
    rows = [row for sheet, rows in book.rows.items() if sheet.model is Contribution for row in rows if row.faulty]
    if any(row.record is None or row.faulty & {"source"} for row in rows):
        return set()
    doubtful = {row.record.source for row in rows}
    sources = {row.record.source for model in (Contribution, Disbursement) for row in book.records_of(model)}
    before = {row.before["source"] for row in book.records_of(Contribution) if row.before}
    return (sources | before) - doubtful - {""}


def _first_uncovered(raised: dict, paid: dict, rows: list[Row]):
    """The row that overdraws first, or the day on which payments already on file do; None if all is covered.

    Within a day receipts come first, then what is on file, then the rows.
    """
    balance = Decimal()
    waiting = iter(rows)
    row = next(waiting, None)
    for day in sorted({*raised, *paid, *(row.record.paid_on for row in rows)}):
        balance += raised.get(day, 0) - paid.get(day, 0)
        if balance < 0 and paid.get(day):
            return day
        while row is not None and row.record.paid_on == day:
            balance -= row.record.amount
            if balance < 0:
                return row
            row = next(waiting, None)
    return None


def _parties(overdrawn, source: str, paid_rows: list[Row], raised_rows: list[Row]) -> Iterator[Party]:
    """To blame: the row that overdraws, then rows that pay earlier, then receipts that shrank, moved or left."""
    if isinstance(overdrawn, Row):
        yield Party(overdrawn.record, "amount", SPENDING_FIELDS)
        last_day = overdrawn.record.paid_on
    else:
        last_day = overdrawn
    for row in paid_rows:
        if row is not overdrawn and row.record.paid_on <= last_day:
            yield Party(row.record, "amount", SPENDING_FIELDS, as_changed=True)
    for row in raised_rows:
        if row.before and source in (row.before["source"], row.record.source):
            yield Party(row.record, "amount", RAISING_FIELDS, as_changed=True)
