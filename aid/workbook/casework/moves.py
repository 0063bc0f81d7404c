"""Cases worked on in the browser move there: a workbook neither decides them nor changes what was submitted."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from aid.enums import CaseState
from aid.models import AidCase, CaseEvent
from portal.record_rules import Fault, Party
from portal.workbook.importing.book import Book, Row
from portal.workbook.importing.chunks import in_chunks

DECIDING_FIELDS = frozenset({"notice_from", "notice_to", "decided_on", "decision"})
MESSAGE = _("这份申请在平台上办理，不能用工作簿修改此项；请在平台上办理，或按平台上的记录更正此行")


def changed_past_workflow(book: Book) -> Iterator[Fault]:
    """One fault for each row that decides a draft, or changes a case that was moved in the browser.

    Cases that workbooks alone have brought have no moves, and stay the workbook's.
    """
    changed = {row.record.pk: row for row in book.records_of(AidCase) if not row.is_new and row.changed}
    moved = {
        pk
        for chunk in in_chunks(changed)
        for pk in CaseEvent.objects.filter(case__in=chunk).values_list("case", flat=True).distinct()
    }
    for pk, row in changed.items():
        fields = _forbidden(row, moved=pk in moved)
        if fields:
            yield Fault(MESSAGE, (Party(row.record, min(fields), fields, as_changed=True),))


def _forbidden(row: Row, *, moved: bool) -> frozenset[str]:
    """The changed fields that are not the workbook's to change."""
    if row.before.get("status") == CaseState.DRAFT:
        return frozenset(row.changed) & DECIDING_FIELDS
    return frozenset(row.changed) if moved else frozenset()
