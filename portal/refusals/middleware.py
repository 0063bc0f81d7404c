"""Telling the auditor of each page that was refused, after everything the request did was kept or taken back."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from portal.audit import By
from portal.enums import AuditAction, Refusal
from portal.refusals.lookup import MissedError
from portal.refusals.telling import logger, tell


def mark_forged(request: HttpRequest) -> None:
    """Say that the request was refused for its CSRF token."""
    request.refused_by = Refusal.FORGED  # type: ignore[attr-defined]


class RefusalMiddleware:
    """Outside of sessions and transactions: what is written here outlives the refused request.

    Not told is a wrong address that names no record: it is a slip, and says nothing of whoever made it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        refused = request.__dict__.pop("refused_by", None)  # kept, it would keep the request and its files alive
        if refused is not None and response.status_code in (403, 404):
            try:
                tell_of(request, refused)
            except DatabaseError as error:
                logger.warning("a refusal could not be looked into: %s", type(error).__name__)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, PermissionDenied | MissedError):
            request.refused_by = exception  # type: ignore[attr-defined]


def tell_of(request: Any, refused: Exception | Refusal) -> None:
    """Tell of a refusal with the pattern of its address, which holds nothing of what was sent."""
    by = By.of(request)
    if isinstance(refused, MissedError):
        tell_of_missed(request, refused, by=by, user=request.user)
    elif isinstance(refused, Refusal):
        tell(AuditAction.REFUSED, by=by, of=refused, refused=str(refused.label), page=_pattern(request))
    else:
        kind, reason = Refusal.NOT_ALLOWED, _reason(refused)
        tell(AuditAction.REFUSED, by=by, of=kind, refused=str(kind.label), page=_pattern(request), reason=reason)


def tell_of_missed(request: Any, missed: MissedError, *, by: By, user: Any, **detail: Any) -> None:
    """A record that is there for others is told apart from one that is not; both cost the same."""
    foreign = missed.foreign_to(user)
    if foreign is None:
        return
    action = AuditAction.REFUSED if foreign else AuditAction.NOT_THERE
    kind = Refusal.FOREIGN if foreign else Refusal.NOT_THERE
    subject = foreign or str(missed.model._meta.verbose_name)
    tell(action, by=by, of=kind, subject=subject, refused=str(kind.label), page=_pattern(request), **detail)


def _pattern(request: Any) -> str:
    return request.resolver_match.route if request.resolver_match else ""


def _reason(refused: Exception) -> str:
    """The words of a refusal that was written to be read; an exception of Django's own says none."""
    return str(refused) if refused.args and isinstance(refused.args[0], str | Promise) else ""
