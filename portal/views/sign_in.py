"""Signing in and out."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.views import RedirectURLMixin
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from portal.accounts.pace import was_right
from portal.accounts.passwords import days_left
from portal.accounts.sessions import note_beginning
from portal.audit import By, address_of, record
from portal.enums import AuditAction
from portal.forms.sign_in import SignInForm
from portal.models import User
from portal.refusals.telling import tell
from portal.web.base import PersonalView, public

SECONDS_OF_A_MINUTE = 60
WARNED_DAYS = 7  # before a password expires


def public_address() -> str:
    """Where one reads on without signing in; '' where nothing is public."""
    return reverse(settings.PUBLIC_ADDRESS) if import_string(settings.PUBLIC_PAGES)() else ""


def record_failure(request: HttpRequest, **detail: bool) -> None:
    """Tell the auditor of a log-in that failed: once a minute for a name at an address, then how often.

    The name is kept only when it is an account's: people type passwords into the wrong field.
    """
    known = User.objects.select_related("union").filter(username=request.POST.get("username", "")[:150]).first()
    tell(
        AuditAction.LOGIN_FAILED,
        by=By.of(request),
        of=f"{known.username if known else ''} {detail}",
        subject=known.username if known else "",
        union=known.union if known else None,
        **detail,
    )


def warn_of_expiry(request: HttpRequest, user: User) -> None:
    """In the last week of a password, say so."""
    days = days_left(user)
    if days and days <= WARNED_DAYS:
        messages.warning(request, _("您的密码还有 %(days)d 天到期，请及时修改。") % {"days": days})


def lock_rule() -> dict[str, int]:
    """After how many failures a name is locked at an address, and for how many minutes."""
    return {
        "failures": settings.AXES_FAILURE_LIMIT,
        "minutes": int(settings.AXES_COOLOFF_TIME.total_seconds() // SECONDS_OF_A_MINUTE),
    }


def locked_out(request: HttpRequest, response: HttpResponse, credentials: dict) -> HttpResponse:
    """The answer of django-axes after too many failures (AXES_LOCKOUT_CALLABLE)."""
    return render(request, "portal/sign_in/locked.html", lock_rule(), status=HTTPStatus.TOO_MANY_REQUESTS)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class SignIn(RedirectURLMixin, FormView):
    """The log-in page: one answer for an unknown name and for a wrong password."""

    template_name = "portal/sign_in/form.html"
    form_class = SignInForm
    next_page = "home"

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        return public(super().as_view(**initkwargs))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.request}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        named = import_string(settings.NAMED_ACCOUNTS)() if settings.NAMED_ACCOUNTS else []
        told = {"next": self.get_redirect_url(), "named": named, "public_url": public_address()}
        return super().get_context_data(**told, **lock_rule(), **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponse:
        was_right(form.get_user().username, address_of(self.request))
        auth.login(self.request, form.get_user())
        note_beginning(self.request)
        record(AuditAction.LOGIN, by=By.of(self.request))
        warn_of_expiry(self.request, form.get_user())
        return redirect(self.get_success_url())

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        is_slowed = form.has_error(NON_FIELD_ERRORS, "too_fast")
        record_failure(self.request, locked=is_slowed or getattr(self.request, "axes_locked_out", False))
        answer = super().form_invalid(form)
        answer.status_code = HTTPStatus.TOO_MANY_REQUESTS if is_slowed else answer.status_code
        return answer


class SignOut(PersonalView):
    """Signing out, by POST alone: a link or an image elsewhere must not do it."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        record(AuditAction.LOGOUT, by=By.of(request))
        auth.logout(request)
        return redirect("sign_in")
