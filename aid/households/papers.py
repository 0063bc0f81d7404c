"""Papers of a household's file: kept, handed out, taken away, and what is missing of the checklist."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aid.enums import DocumentKind
from aid.models import Document, Household
from aid.models.household_lists import ALWAYS_ASKED
from portal import audit
from portal.documents.file_kinds import JPEG, MEGABYTE, PDF, PNG, kind_of
from portal.enums import AuditAction
from portal.models import User
from portal.records.editing import lock_unit

ACCEPTED = (PDF, JPEG, PNG)
LARGEST = 10 * MEGABYTE
LONGEST_NAME = 200


@transaction.atomic
def add_document(
    household: Household, *, kind: DocumentKind, name: str, content: bytes, actor: User, address: str | None = None
) -> Document:
    """Keep a scan or photo, encrypted; the same file of the same kind is kept once.

    Locks the 填报单位. Writes the document and one audit row. Raises ValidationError for anything but a .pdf, .jpg or
    .png, judged by its content, of at most 10 MB.
    """
    found = kind_of(content, name, ACCEPTED, largest=LARGEST)
    lock_unit(household.union)
    digest = hashlib.sha256(content).hexdigest()
    known = Document.objects.filter(household=household, kind=kind, digest=digest).defer("content").first()
    if known:
        return known
    made = Document.objects.create(
        household=household,
        kind=kind,
        file_name=name[-LONGEST_NAME:],
        content_type=found.content_type,
        content=content,
        size=len(content),
        digest=digest,
        uploaded_by=actor,
    )
    _log(AuditAction.RECORD_SAVED, made, actor, address, act=_("上传材料"))
    return made


@transaction.atomic
def remove_document(document: Document, *, actor: User, address: str | None = None) -> None:
    """Take away a paper that was uploaded by mistake. Deletes it and writes one audit row."""
    lock_unit(document.household.union)
    deleted, _by_model = Document.objects.filter(pk=document.pk).delete()
    if deleted:
        _log(AuditAction.RECORD_SAVED, document, actor, address, act=_("删除材料"))


def hand_out(document: Document, *, actor: User, address: str | None = None) -> bytes:
    """The content of a paper, with one audit row that says who had it."""
    _log(AuditAction.EXPORTED, document, actor, address, act=_("下载材料"))
    return bytes(document.content)


def _log(action: AuditAction, document: Document, actor: User, address: str | None, *, act: str) -> None:
    home = document.household
    subject = f"{home._meta.verbose_name} {home.number}"
    kind = str(DocumentKind(document.kind).label)
    audit.record(action, actor=actor, address=address, union=home.union, subject=subject, act=act, document=kind)


def missing(kinds: set[str], *, has_children: bool) -> list[DocumentKind]:
    """What the checklist still asks for, of a file that has papers of `kinds`."""
    asked = [*ALWAYS_ASKED, *([DocumentKind.SCHOOL] if has_children else [])]
    return [kind for kind in DocumentKind if kind in asked and kind not in kinds]


def chosen_kind(text: str) -> DocumentKind:
    """The kind that was chosen. Raises ValidationError for any other word."""
    try:
        return DocumentKind(text)
    except ValueError:
        raise ValidationError(_("请选择材料种类。")) from None
