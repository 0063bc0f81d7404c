"""Payments of a batch are changed by the batch alone: a workbook that was exported before must not undo them."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from aid.models import BatchItem, Disbursement
from portal.record_rules import Fault, Party
from portal.workbook.importing.book import Book
from portal.workbook.importing.chunks import in_chunks

MESSAGE = _("这笔发放由发放批次办理，不能用工作簿修改；请按平台上的记录更正此行，或删去此行")


def changed_past_batch(book: Book) -> Iterator[Fault]:
    """One fault for each row that changes a payment of a batch."""
    changed = {row.record.pk: row for row in book.records_of(Disbursement) if not row.is_new and row.changed}
    for chunk in in_chunks(changed):
        for pk in BatchItem.objects.filter(disbursement__in=chunk).values_list("disbursement", flat=True):
            row = changed[pk]
            yield Fault(MESSAGE, (Party(row.record, min(row.changed), frozenset(row.changed), as_changed=True),))
