"""Forms that were sent after the session had ended, or while another held the record: kept sealed, then shown again.

What was typed stays in the session, that of the log-in page or the person's own, encrypted, for whoever was last signed
in in this browser and nobody else; it goes with that session, is shown once, and never stands in an address. Files
cannot be kept.
A button whose address shows no page is not kept: its sender comes back to the page it stood on, and is told so.
"""

from collections.abc import Callable
from typing import Any

from cryptography.exceptions import InvalidTag
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from portal.fields import decrypt, encrypt
from portal.web.way_back import page_of_form, shows_page

SESSION_KEY = "kept_form"
SALT = "last_person"  # of a signed number: who was signed in here last, by which a form is given back to its sender
LARGEST = 256 * 1024
ENDED, BUSY = "ended", "busy"  # why a form was not taken, and what its sender is told: the form; the button
TOLD = {
    ENDED: (
        _("登录已过期，您填写的内容已找回，尚未保存。请核对后再次提交。"),
        _("登录已过期，刚才的操作没有执行，请再按一次。"),
    ),
    BUSY: (
        _("刚才的操作没有完成。您填写的内容已找回，请核对后再次提交。"),
        _("刚才的操作没有完成，请再按一次；不会重复办理。"),
    ),
}
LEFT_OUT = ("csrfmiddlewaretoken", "password", "old_password", "new_password1", "new_password2")


def last_person(request: HttpRequest) -> int | None:
    """Who was last signed in in this browser."""
    signed = request.get_signed_cookie(
        settings.LAST_PERSON_COOKIE_NAME, None, salt=SALT, max_age=settings.SESSION_MAX_AGE
    )
    return int(signed) if signed else None


def keep_form(request: HttpRequest, person: int | None = None, *, because: str = ENDED) -> str:
    """Keep the form that `request` sends, for `person` or else for who was signed in here last; nobody: not kept.

    `because` is a key of TOLD. Returns the address to come back to: its own, or where that shows no page the one on
    which the form stood.
    """
    person, match = person or last_person(request), request.resolver_match
    shown = match is not None and shows_page(match.func)
    address = request.get_full_path() if shown else page_of_form(request)
    if request.method == "POST" and person:
        if shown:
            _keep_typed(request, person, because)
        else:
            request.session[SESSION_KEY] = {"person": person, "path": address, "body": "", "because": because}
    return address


def _keep_typed(request: HttpRequest, person: int, because: str) -> None:
    typed = request.POST.copy()
    for name in LEFT_OUT:
        typed.pop(name, None)
    body = typed.urlencode()
    if len(body) <= LARGEST:
        kept = {"person": person, "path": request.get_full_path(), "body": encrypt(body, SESSION_KEY)}
        kept["because"] = because
        request.session[SESSION_KEY] = kept | {"files": bool(request.FILES)}


def kept_address(request: HttpRequest) -> str:
    """Where the form is waiting that the signed-in person had sent; '' for none."""
    kept = request.session.get(SESSION_KEY)
    return kept["path"] if kept and kept["person"] == request.user.pk else ""


def kept_form(request: HttpRequest) -> QueryDict | None:
    """What was typed on this page, left where it is: for pages that are made from what they are sent."""
    kept = request.session.get(SESSION_KEY)
    if not kept or not kept["body"] or kept["path"] != request.get_full_path() or kept["person"] != request.user.pk:
        return None
    return _opened(kept)


def _opened(kept: dict) -> QueryDict | None:
    """What was typed; None where the key that sealed it is gone."""
    try:
        return QueryDict(decrypt(kept["body"], SESSION_KEY))
    except (InvalidTag, ImproperlyConfigured):
        return None


def give_back(request: HttpRequest, context: dict) -> bool:
    """Fill the forms of a page with what was typed on it before; once, and without judging it.

    A button that was pressed on it is not pressed again: that it was not is told.
    """
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["path"] != request.get_full_path():
        return False
    del request.session[SESSION_KEY]
    of_form, of_button = TOLD[kept.get("because", ENDED)]
    if kept["person"] == request.user.pk and not kept["body"]:
        messages.warning(request, of_button)
        return False
    blank: list[Any] = [form for form in context.values() if isinstance(form, forms.BaseForm) and not form.is_bound]
    typed = _opened(kept) if blank and kept["person"] == request.user.pk else None
    if typed is None:
        return False
    for form in blank:
        form.data, form.is_bound = typed.copy(), True
        form._errors = ErrorDict()
    messages.warning(request, of_form)
    if kept["files"]:
        messages.warning(request, _("文件没有保留，请重新选择文件。"))
    return True


class KeptFormMiddleware:
    """Shows a kept form again on its own page, and remembers in the browser who is signed in."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)
        if request.resolver_match and request.resolver_match.url_name == "sign_out":
            response.delete_cookie(settings.LAST_PERSON_COOKIE_NAME, samesite="Lax")
        elif request.user.is_authenticated and last_person(request) != request.user.pk:
            self._remember(request, response)
        return response

    @staticmethod
    def _remember(request: HttpRequest, response: HttpResponse) -> None:
        response.set_signed_cookie(
            settings.LAST_PERSON_COOKIE_NAME,
            str(request.user.pk),
            salt=SALT,
            max_age=settings.SESSION_MAX_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        if request.method == "GET" and getattr(request, "let_in", False) and response.context_data:
            give_back(request, response.context_data)
        return response
