"""Papers of a household's file: kept or seen, handed out, taken away, and what is missing of the checklist."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.enums import DocumentKind
from aid.models import Document, Household
from aid.models.household_lists import ALWAYS_ASKED
from portal import audit
from portal.audit import By
from portal.documents.file_kinds import LARGEST_SCAN, SCANS
from portal.enums import AuditAction
from portal.keeping import attach
from portal.kept.revisions import raise_units
from portal.models import User
from portal.records.editing import lock_unit


@transaction.atomic
def add_document(household: Household, *, kind: DocumentKind, name: str, content: bytes, by: By) -> Document:
    """Keep a scan or photo, encrypted; the same file of the same kind is kept once.

    Locks the 填报单位. Writes the document and one audit row. Raises ValidationError for anything but a .pdf, .jpg or
    .png, judged by its content, of at most 10 MB, and UnionClosed.
    """
    household.union.refuse_if_closed()
    lock_unit(household.union)
    alike = Document.objects.filter(household=household, kind=kind)
    paper = Document(household=household, kind=kind, size=len(content), uploaded_by=by.actor)
    kept, is_new = attach(paper, name, content, among=alike, kinds=SCANS, largest=LARGEST_SCAN)
    if is_new:
        raise_units([household.union_path])
        _log(kept, by, act=_("上传材料"))
    return kept


@transaction.atomic
def note_seen(household: Household, kinds: Iterable[DocumentKind], *, by: By) -> list[Document]:
    """Write down that `by` saw the papers of `kinds` today; a kind that is written down as seen stays as it was.

    Locks the 填报单位. Writes a document without a file for each, and one audit row for each.
    """
    lock_unit(household.union)
    known = set(Document.objects.filter(household=household, seen_on__isnull=False).values_list("kind", flat=True))
    seen = [
        Document(household=household, kind=kind, size=0, content=b"", uploaded_by=by.actor, seen_on=localdate())
        for kind in dict.fromkeys(kinds)
        if kind not in known
    ]
    for paper in seen:
        paper.save()
        _log(paper, by, act=_("见过材料原件"))
    raise_units([household.union_path])
    return seen


@transaction.atomic
def remove_document(document: Document, *, by: By) -> None:
    """Take away a paper that was uploaded by mistake: it is kept and counts for nothing. Writes an audit row."""
    lock_unit(document.household.union)
    if Document.objects.filter(pk=document.pk).update(removed_by=by.actor, removed_at=timezone.now()):
        raise_units([document.household.union_path])
        _log(document, by, act=_("作废材料"))


@transaction.atomic
def restore_document(document: Document, *, by: By) -> None:
    """Undo `remove_document`: by who took it away, on the same day. Writes the paper and one audit row.

    Nothing happens where it is not theirs to undo, or the same file was uploaded again.
    """
    lock_unit(document.household.union)
    again = Document.objects.filter(household=document.household, kind=document.kind, digest=document.digest)
    if again.exists():
        return
    if removed_today(by.actor).filter(pk=document.pk).update(removed_by=None, removed_at=None):
        raise_units([document.household.union_path])
        _log(document, by, act=_("撤销作废材料"))


def removed_today(actor: User) -> QuerySet[Document]:
    """The papers that `actor` took away today, and may bring back."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return Document.everything.filter(removed_by=actor, removed_at__gte=midnight)


def _log(document: Document, by: By, *, act: str) -> None:
    kind = str(DocumentKind(document.kind).label)
    audit.record(AuditAction.RECORD_SAVED, by=by, about=document.household, act=act, document=kind)


def missing(kinds: set[str], *, has_children: bool) -> list[DocumentKind]:
    """What the checklist still asks for, of a file that has papers of `kinds`."""
    asked = [*ALWAYS_ASKED, *([DocumentKind.SCHOOL] if has_children else [])]
    return [kind for kind in DocumentKind if kind in asked and kind not in kinds]


@dataclass(frozen=True)
class Papers:
    """The papers of a file, their kinds, and the words for what the checklist still asks for."""

    documents: list[Document]
    kinds: set[str]
    missing: list[str]


def papers_of(household: Household) -> Papers:
    """What is on file, without the files themselves; two queries."""
    documents = list(household.documents.defer("content").select_related("uploaded_by").order_by("kind", "-pk"))
    kinds = {document.kind for document in documents}
    lacking = missing(kinds, has_children=household.children.exists())
    return Papers(documents, kinds, [str(kind.label) for kind in lacking])


def chosen_kind(text: str) -> DocumentKind:
    """The kind that was chosen. Raises ValidationError for any other word."""
    try:
        return DocumentKind(text)
    except ValueError:
        raise ValidationError(_("请选择材料种类。")) from None
