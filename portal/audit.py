"""Writing the audit log."""

from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from portal.audit_words import check_known
from portal.enums import AuditAction
from portal.fields import blind_index
from portal.models import AuditEntry, SpentPace, Union, User
from portal.models.operating.pace import Pace


@dataclass(frozen=True)
class By:
    """Who does something and from which address; neither, where the portal does it by itself."""

    actor: User | None = None
    address: str | None = None

    @property
    def person(self) -> User:
        """The actor of what only a person does. Raises PermissionDenied where the portal acts by itself."""
        if self.actor is None:
            raise PermissionDenied
        return self.actor

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Whoever is signed in, at the address that asks."""
        actor = request.user if request.user.is_authenticated else None
        return cls(actor, address_of(request))


def address_of(request: HttpRequest) -> str | None:
    """The address that `request` comes from, for the audit log and the lock after wrong passwords; None if it has none.

    No header is read here: those of trusted proxies have been, by `portal.web.proxies`, and others can be forged.
    """
    return request.META.get("REMOTE_ADDR") or None


SYSTEM = By()

SEARCHED = "searched"  # by a whole number; the log does not tell of it


class TooMuchError(Exception):
    """Somebody looked at, took away or searched for more in an hour than a person's work needs.

    `what` is a key of settings.HOURLY_LIMITS, `limit` its number, `wait_seconds` how long until one more is free.
    """

    def __init__(self, what: str, limit: int) -> None:
        super().__init__(what)
        self.what, self.limit, self.wait_seconds = what, limit, round(3600 / limit)


def spend(what: str, actor: User) -> None:
    """Count one act of `actor` against the hour. Raises TooMuchError where nothing is left of it (ASVS 2.4.1)."""
    limit = settings.HOURLY_LIMITS[what]
    if not SpentPace.objects.take(blind_index(f"{what} by {actor.pk}"), Pace.hourly(limit)):
        raise TooMuchError(what, limit)


def record(
    action: AuditAction,
    *,
    by: By = SYSTEM,
    about: Any = None,
    subject: str = "",
    union: Union | None = None,
    **detail: Any,
) -> AuditEntry:
    """Add one row to the audit log, about a record or, where there is none, about a `subject` of a union.

    A subject is named by its number, never by a sensitive value; `detail` goes in as JSON, its values in the
    words that the auditor reads. Raises ImproperlyConfigured for a detail that has no words in `audit_words`, and
    TooMuchError where it tells of what a person may do only so often in an hour: nothing leaves that is not told.
    """
    if by.actor is not None and action in settings.HOURLY_LIMITS:
        spend(action, by.actor)
    made = entry(action, by=by, about=about, subject=subject, union=union, **detail)
    made.save()
    return made


def entry(
    action: AuditAction,
    *,
    by: By = SYSTEM,
    about: Any = None,
    subject: str = "",
    union: Union | None = None,
    **detail: Any,
) -> AuditEntry:
    """A row that is not written yet: for `record`, and for services that add many rows at once."""
    check_known(detail)
    if about is not None:
        subject, union = subject or about.audit_subject, union or about.union
    owner = union or (by.actor.union if by.actor else None)
    return AuditEntry(
        actor=by.actor,
        action=action,
        union_path=owner.path if owner else "",
        subject=subject,
        detail=detail,
        address=by.address,
    )
