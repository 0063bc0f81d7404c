"""How a record stands with its voiding, for its page: what is said of it, and what the person may do."""

from dataclasses import dataclass

from django.urls import reverse

from portal.access import Permission, can
from portal.models import UnionOwned, User, VoidableRecord
from portal.records.kind import RecordKind
from portal.records.references import name_for
from portal.records.voiding.services import against_undoing


@dataclass(frozen=True)
class VoidState:
    """`url` is the page on which the person may do something about it, '' where they may do nothing."""

    record: VoidableRecord
    asked_by: str
    voided_by: str
    may_undo: bool
    url: str

    @property
    def is_told(self) -> bool:
        """Whether the page has something to say of it."""
        return self.record.is_voided or self.record.voiding_is_asked


def void_state(kind: RecordKind, record: UnionOwned, user: User) -> VoidState | None:
    """None for a kind that cannot be voided."""
    if kind.voiding is None or not isinstance(record, VoidableRecord):
        return None
    may_undo = record.is_voided and not against_undoing(record, user)
    asked_by, voided_by = (_name(person, user) for person in (record.void_asked_by, record.voided_by))
    return VoidState(record, asked_by, voided_by, may_undo, _url(kind, record, user, may_undo=may_undo))


def _name(person: User | None, user: User) -> str:
    return name_for(person, user) if person else ""


def _url(kind: RecordKind, record: VoidableRecord, user: User, *, may_undo: bool) -> str:
    keeps = can(user, Permission.KEEP_RECORDS)
    if (may_undo and not keeps) or (record.voiding_is_asked and can(user, Permission.APPROVE_CASES)):
        return reverse(f"{kind.name}_void_agree", args=[record.pk])
    if keeps and (may_undo or not record.is_voided):
        return reverse(f"{kind.name}_void", args=[record.pk])
    return ""
