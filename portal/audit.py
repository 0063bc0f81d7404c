"""Writing the audit log."""

from typing import Any

from django.http import HttpRequest

from portal.audit_words import check_known
from portal.enums import AuditAction
from portal.models import AuditEntry, Union, User


def address_of(request: HttpRequest) -> str | None:
    """Where a request comes from: the connection's own address, since forwarded headers can be forged."""
    return request.META.get("REMOTE_ADDR") or None


def record(
    action: AuditAction,
    *,
    actor: User | None = None,
    request: HttpRequest | None = None,
    address: str | None = None,
    subject: str = "",
    union: Union | None = None,
    **detail: Any,
) -> AuditEntry:
    """Add one row to the audit log.

    `subject` names the record by its number, never by a sensitive value; `detail` goes in as JSON, its values in the
    words that the auditor reads. Raises ImproperlyConfigured for a detail that has no words in `audit_words`.
    Services, which see no request, pass `actor` and `address`; views pass `request`.
    """
    actor = actor or (request.user if request and request.user.is_authenticated else None)
    address = address_of(request) if request else address
    made = entry(action, actor=actor, address=address, subject=subject, union=union, **detail)
    made.save()
    return made


def entry(
    action: AuditAction,
    *,
    actor: User | None = None,
    address: str | None = None,
    subject: str = "",
    union: Union | None = None,
    **detail: Any,
) -> AuditEntry:
    """A row that is not written yet: for `record`, and for services that add many rows at once."""
    check_known(detail)
    owner = union or (actor.union if actor else None)
    return AuditEntry(
        actor=actor,
        action=action,
        union_path=owner.path if owner else "",
        subject=subject,
        detail=detail,
        address=address,
    )
