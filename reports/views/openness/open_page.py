"""What everybody may read without signing in: nothing is written of them, and nobody may ask without end."""

import hashlib
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.generic import View

from portal.accounts.pace import address_key
from portal.audit import address_of
from portal.models.operating.pace import Pace, SpentPace
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city
from portal.web.base import public

READING = Pace(at_once=120, seconds=0.5)  # a whole office may read behind one address


class OpenView(View):
    """An address open to all. Its answer may be kept by anybody who asks each time whether it still holds.

    So what is taken back is gone with the next look, and what did not change is not sent again. Whoever is not signed
    in reads at the pace of their address; beyond it the answer is 429.
    """

    http_method_names = ("get", "head")

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        return public(super().as_view(**initkwargs))

    @whole_city(Across.PUBLISHED)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        address = address_of(request)
        if not request.user.is_authenticated and address and not _may_read(address):
            words = _("读得太快，请稍后再试。")
            headers = {"Retry-After": "30"}
            plain = "text/plain; charset=utf-8"
            return HttpResponse(words, status=HTTPStatus.TOO_MANY_REQUESTS, content_type=plain, headers=headers)
        response = super().dispatch(request, *args, **kwargs)
        if not isinstance(response, HttpResponse) or response.status_code != HTTPStatus.OK:
            return response
        return _checkable(request, response)


def _may_read(address: str) -> bool:
    return SpentPace.objects.take(address_key(address, "open page"), READING)


def _checkable(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """The answer with a mark of its content, or 304 to who has that already."""
    if hasattr(response, "render"):
        response = response.render()
    etag = f'"{hashlib.sha256(response.content).hexdigest()}"'
    response.headers["ETag"] = etag
    response.headers.setdefault("X-Robots-Tag", "noarchive")
    # An answer that may carry somebody's cookie is kept by nobody else.
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    patch_cache_control(response, no_cache=True, **{"private" if signed_in else "public": True})
    return get_conditional_response(request, etag, response=response) or response
