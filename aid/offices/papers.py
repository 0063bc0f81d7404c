"""Papers with which offices answered."""

from django.db import transaction
from django.utils.translation import gettext as _

from aid.models import OfficePaper, OfficeQuestion
from portal import audit
from portal.audit import By
from portal.documents.file_kinds import LARGEST_SCAN, SCANS
from portal.enums import AuditAction
from portal.keeping import attach
from portal.records.editing import lock_unit


@transaction.atomic
def add_paper(question: OfficeQuestion, *, name: str, content: bytes, by: By) -> OfficePaper:
    """Keep a scan or photo of what the office wrote, encrypted; the same file once.

    Locks the 填报单位. Writes the file and one audit row. Raises ValidationError for anything but a .pdf, .jpg or
    .png, judged by its content, of at most 10 MB.
    """
    lock_unit(question.union)
    paper = OfficePaper(question=question, uploaded_by=by.actor)
    paper.open_with(question)
    kept, is_new = attach(paper, name, content, among=question.papers.all(), kinds=SCANS, largest=LARGEST_SCAN)
    if is_new:
        audit.record(AuditAction.RECORD_SAVED, by=by, about=question, act=_("上传答复材料"), digest=kept.digest)
    return kept
