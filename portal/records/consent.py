"""Seeing in full with a second person's consent: asked for by one, agreed to by another (domain.md, auditor)."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.access import Permission, can
from portal.audit import By, record
from portal.enums import AccountOutcome, AuditAction
from portal.models import RevealRequest, UnionOwned, User
from portal.records.kind import RecordKind


def may_see(user: User, *seen: UnionOwned) -> bool:
    """Whether `user` sees in full what is masked of a record, or is shown with any of several.

    Some may alone; others where a second person has agreed to one of `seen`, and it is not too long ago.
    """
    if can(user, Permission.REVEAL_ALONE):
        return True
    agreed = set(RevealRequest.objects.open_to(user).values_list("kind", "record"))
    return any((record._meta.model_name, record.pk) in agreed for record in seen)


def is_asked(seen: UnionOwned, user: User) -> bool:
    """Whether `user` has asked to see `seen` in full, and nobody has answered yet."""
    waiting = RevealRequest.objects.waiting().filter(asked_by=user)
    return waiting.filter(kind=seen._meta.model_name, record=seen.pk).exists()


def ask_to_reveal(kind: RecordKind, seen: UnionOwned, *, reason: str, by: By) -> None:
    """Ask that `by` may see `seen` in full. Asked again while it waits, nothing more comes of it.

    Effects: one request and one audit row.
    """
    asked = RevealRequest(
        kind=kind.name,
        record=seen.pk,
        subject=kind.subject(seen),
        address=reverse(f"{kind.name}_detail", args=[seen.pk]),
        union=seen.union,
        reason=reason,
        asked_by=by.actor,
    )
    try:
        with transaction.atomic():
            asked.save()
            _tell(asked, _("申请查看完整信息"), by)
    except IntegrityError:
        return


def answer(asked: RevealRequest, outcome: AccountOutcome, *, by: By) -> None:
    """Agree or refuse. Raises ValidationError for who asked, and for what was decided before.

    Effects: the request decided, one audit row.
    """
    if by.actor is None or asked.asked_by_id in by.actor.hands:
        raise ValidationError(_("须由申请人以外的人同意。"))
    decided = {"outcome": outcome, "decided_by": by.actor, "decided_at": timezone.now()}
    with transaction.atomic():
        if not RevealRequest.objects.filter(pk=asked.pk).waiting().update(**decided):
            raise ValidationError(_("这项申请已经办理过了。"))
        _tell(asked, _("%(outcome)s%(name)s查看完整信息") % {"outcome": outcome.label, "name": asked.asked_by.name}, by)


def _tell(asked: RevealRequest, act: str, by: By) -> None:
    record(AuditAction.REVEAL_ASKED, by=by, subject=asked.subject, union=asked.union, act=act, reason=asked.reason)
