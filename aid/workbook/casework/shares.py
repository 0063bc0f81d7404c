"""A case that says from which sources it is granted is paid from these alone, and from each no more than its part."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from aid.enums import FundSource, PaymentState
from aid.models import CaseShare, Disbursement
from portal.record_rules import Fault, Party
from portal.workbook.importing.book import Book, Row
from portal.workbook.importing.chunks import in_chunks

GIVING_FIELDS = frozenset({"case", "amount", "source", "status"})
RESERVING = (PaymentState.PAID, PaymentState.PENDING)
NOT_OF_IT = _("该申请定了资助来源，其中没有“%(source)s”，不能从这一来源发放")
TOO_MUCH = _("该申请从“%(source)s”资助 %(granted)s 元，连同已发放和待发放的共 %(given)s 元，多出 %(over)s 元")

BySource = dict[tuple[int, str], Decimal]  # yuan by case and source


def beyond_shares(book: Book) -> Iterator[Fault]:
    """One fault for each payment, new or changed, from a source of which its case has no part, or has none left.

    The same rule as of a batch (`aid.payments.dues`). To blame is, by date and row, the first that takes too much.
    """
    granted = _granted({row.record.case_id for row in book.records_of(Disbursement) if _is_judged(row)} - {None})
    if not granted:
        return
    with_shares = {case for case, _source in granted}
    given = _given_elsewhere(book, with_shares)
    rows = [row for row in book.records_of(Disbursement) if _gives(row) and row.record.case_id in with_shares]
    for row in sorted(rows, key=lambda row: (_is_judged(row), row.record.paid_on, row.number)):
        key = row.record.case_id, row.record.source
        given[key] += row.record.amount
        if _is_judged(row) and given[key] > granted[key]:
            yield _fault(row, granted[key], given[key])


def _gives(row: Row) -> bool:
    return not row.faulty & (GIVING_FIELDS | {"paid_on"}) and row.record.status in RESERVING


def _is_judged(row: Row) -> bool:
    """Whether the row gives something otherwise than on file: what is as it was stays on file."""
    return _gives(row) and bool(row.is_new or row.changed & GIVING_FIELDS)


def _granted(cases: Iterable[int]) -> BySource:
    return _added(CaseShare.objects.filter(case__in=chunk) for chunk in in_chunks(cases))


def _given_elsewhere(book: Book, cases: Iterable[int]) -> BySource:
    """What was paid or is on its way of payments that the book does not bring."""
    payments = Disbursement.objects.filter(status__in=RESERVING).exclude(pk__in=book.pks(Disbursement))
    return _added(payments.filter(case__in=chunk) for chunk in in_chunks(cases))


def _added(querysets) -> BySource:
    found: BySource = defaultdict(Decimal)
    for rows in querysets:
        for case, source, amount in rows.values_list("case", "source", "amount"):
            found[case, source] += amount
    return found


def _fault(row: Row, granted: Decimal, given: Decimal) -> Fault:
    amounts = {"granted": granted, "given": given, "over": given - granted}
    words = {name: f"{amount:,.2f}" for name, amount in amounts.items()}
    named, message = ("amount", TOO_MUCH) if granted else ("source", NOT_OF_IT)
    return Fault(
        message, (Party(row.record, named, GIVING_FIELDS),), words | {"source": FundSource(row.record.source).label}
    )
