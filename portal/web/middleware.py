"""Default deny: an address opens only if its view says who may open it, and only to a person fully signed in."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from portal.accounts.sign_in import SIGNED_IN_AT, USED_AT, pending_step
from portal.enums import Role
from portal.web.kept_forms import keep_form

ALWAYS_OPEN = "sign_out"
USED_EVERY = 60  # seconds
METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")


def session_too_old(session: Any) -> bool:
    """Whether the session began longer ago than SESSION_MAX_AGE, however busy it has been since."""
    began: float = session.setdefault(SIGNED_IN_AT, time.time())
    return bool(time.time() - began > settings.SESSION_MAX_AGE)


def note_use(session: Any) -> None:
    """Put off the end of the session. It is written for it once a minute: a page that only shows writes nothing."""
    now = int(time.time())
    if now - session.get(USED_AT, 0) >= USED_EVERY:
        session[USED_AT] = now


class MethodMiddleware:
    """Refuse TRACE and methods that no page has, whoever asks: nobody is led to the sign-in by what never opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)


class NulMiddleware:
    """Refuse a NUL in the path, a parameter or a cookie: no text has one, and PostgreSQL keeps none.

    The body is looked at by `portal.web.bodies`, which knows how long it may be.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _holds_nul(request):
            return refuse_nul()
        return self.get_response(request)


def _holds_nul(request: HttpRequest) -> bool:
    return any("\0" in text for text in (request.path, *texts_of(request.GET), *request.COOKIES.values()))


def texts_of(data: QueryDict) -> Iterator[str]:
    """The names and values of what was sent."""
    for name, sent in data.lists():
        yield name
        yield from map(str, sent)


def refuse_nul() -> HttpResponse:
    return HttpResponseBadRequest(_("请求中含有不允许的字符（NUL），请返回后重新输入"))


class NoStoreMiddleware:
    """Let nothing be kept by browsers and proxies that did not say for how long it may be: refusals too name people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class DefaultDenyMiddleware:
    """Refuse every view that names neither a permission nor `public` nor `personal`.

    People who are not signed in are sent to log-in; people who still owe a step (a second factor, a new password)
    are sent to that step, and nothing else opens before it is done. `request.let_in` says that no step is owed.
    An outside system is no person, and has no session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.let_in = False
        if request.user.is_authenticated:
            if session_too_old(request.session) or request.user.role == Role.SYSTEM:
                logout(request)
            else:
                note_use(request.session)
                request.pending_step = pending_step(request.user)
                request.let_in = request.pending_step is None
        return self.get_response(request)

    def process_view(self, request: Any, view_func: Any, view_args: object, view_kwargs: object) -> HttpResponse | None:
        if getattr(view_func, "public", False):
            return None
        view_class = getattr(view_func, "view_class", None)
        if getattr(view_class, "permission", None) is None and not getattr(view_class, "personal", False):
            message = f"{view_func.__module__}.{view_func.__name__} names no permission and is not public"
            raise ImproperlyConfigured(message)
        if not request.user.is_authenticated:
            return redirect_to_login(keep_form(request))
        if request.let_in or request.resolver_match.url_name in {request.pending_step, ALWAYS_OPEN}:
            return None
        return redirect(request.pending_step)
