"""Pages that say why something did not work. The reason is shown only where it was written to be read."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.defaults import server_error as plain_server_error

from portal.audit import SEARCHED, By, TooMuchError
from portal.enums import AuditAction
from portal.refusals.middleware import mark_forged
from portal.refusals.telling import tell
from portal.web.busy import busy, delay_of
from portal.web.kept_forms import keep_form
from portal.web.way_back import page_of_form


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return render(request, "portal/errors/400.html", status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/errors/413.html", status=413)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = str(exception) if exception.args and isinstance(exception.args[0], str | Promise) else ""
    page_url = page_of_form(request) if "Referer" in request.headers else ""
    told = {"reason": reason or _("您不能打开这个页面。"), "page_url": page_url}
    return render(request, "portal/errors/403.html", told, status=403)


TOO_MUCH = {
    AuditAction.EXPORTED: gettext_lazy("导出和下载"),
    AuditAction.REVEALED: gettext_lazy("查看完整信息"),
    SEARCHED: gettext_lazy("按号码查找"),
}


def too_much(request: HttpRequest, error: TooMuchError) -> HttpResponse:
    """The answer to who did something more often than an hour allows; the auditor is told once a minute, and counts."""
    what, by = str(TOO_MUCH[error.what]), By.of(request)
    tell(AuditAction.LIMITED, by=by, of=error.what, subject=by.person.username, limited=what, limit=error.limit)
    told = {"what": what, "limit": error.limit, "wait": error.wait_seconds}
    response = render(request, "portal/errors/429.html", told, status=429)
    response["Retry-After"] = str(error.wait_seconds)
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "portal/errors/404.html", status=404)


def not_allowed(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    """The answer to a method that the address does not take, most often a button's address that was opened."""
    response = render(request, "portal/errors/405.html", {"page_url": page_of_form(request)}, status=405)
    response["Allow"] = ", ".join(allowed)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse; but a page of ours that was open while its reader signed in again gets its form back, not yet sent."""
    if _is_from_here(request) and getattr(request, "let_in", False):
        return redirect(keep_form(request, request.user.pk))
    mark_forged(request)
    return render(request, "portal/errors/403_csrf.html", status=403)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of this site: no other site can make it say so."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def server_error(request: HttpRequest) -> HttpResponse:
    """A page without context, since what failed may be what a full page needs.

    Django asks for it while the error is being handled: what only hinders for now is told apart by it.
    """
    if delay := delay_of(sys.exc_info()[1]):
        return busy(request, delay)
    return plain_server_error(request, "portal/errors/500.html")
