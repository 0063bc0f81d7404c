"""Making the sheets of some records, in the form that is asked for, and writing down who had them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from portal import audit
from portal.audit import By
from portal.documents.file_kinds import DOCX, PDF, Kind
from portal.enums import AuditAction
from portal.models import AuditEntry
from portal.printouts.content import Printout
from portal.printouts.kind import Asked, NotPrinted, PrintoutKind
from portal.printouts.paged import printouts_pdf
from portal.printouts.word import printouts_docx

FORMATS: dict[str, Kind] = {"docx": DOCX, "pdf": PDF}


def file_of(printouts: Iterable[Printout], ending: str) -> bytes:
    """The sheets as one file, "docx" or "pdf". Raises KeyError for another ending, PdfUnavailableError."""
    makers = {"docx": printouts_docx, "pdf": printouts_pdf}
    return makers[ending](printouts)


def contents_of(
    kind: PrintoutKind, records: Iterable[Any], asked: Asked
) -> tuple[list[Any], list[Printout], list[str]]:
    """The records of which there is a sheet, their sheets, and why there is none of the others.

    Raises NotPrinted if there is none at all.
    """
    printed, printouts, refusals = [], [], []
    for record in records:
        try:
            printouts.append(kind.content(record, asked))
            printed.append(record)
        except NotPrinted as refused:
            refusals.append(str(refused))
    if not printed:
        raise NotPrinted(" ".join(refusals))
    return printed, printouts, refusals


@transaction.atomic
def record_printing(kind: PrintoutKind, records: Sequence[Any], *, by: By, reason: str = "", ending: str = "") -> None:
    """One audit row for each record whose sheet was shown or handed out: what, why, in which form."""
    told: dict[str, Any] = {"act": str(kind.title)} | ({"format": ending} if ending else {})
    action = AuditAction.REVEALED if reason else AuditAction.EXPORTED
    if reason:
        told |= {"reason": reason, "fields": [str(name) for name in kind.reveals]}
    if by.actor is not None:
        audit.spend(action, by.actor)
    rows = [audit.entry(action, by=by, about=record, **told) for record in records]
    AuditEntry.objects.bulk_create(rows)
