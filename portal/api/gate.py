"""Before anything of a call is read: its length and kind; and whatever goes wrong is told in JSON."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from portal.api.refusal import NO_STORE, ApiRefused, refusal

PREFIX = "/api/"
JSON_TYPE = "application/json"
UTF8 = ("", "utf-8", "utf8")
METHODS = ("GET", "POST", "HEAD", "OPTIONS")


class ApiGateMiddleware:
    """Refuse by length and kind before the body is read, and give every error of the interface one shape.

    It stands before whatever looks into forms, which would read the body of a stranger.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        refused = _refused(request)
        if refused:
            return refusal(refused)
        response = self.get_response(request)
        if response.status_code >= 400 and not response.get("Content-Type", "").startswith("application/json"):
            told = refusal(ApiRefused(response.status_code))
            if "Allow" in response:
                told["Allow"] = ", ".join(sorted(response["Allow"].split(", ")))
            response = told
        response["Cache-Control"] = NO_STORE
        return response


def _takes_post(request: HttpRequest) -> bool:
    """Whether something can be sent to the address; to one that is none, the resolver answers."""
    try:
        return bool(getattr(resolve(request.path_info).func, "takes_post", False))
    except Resolver404:
        return True


def _refused(request: HttpRequest) -> ApiRefused | None:
    """Why the call is not looked at, by its head alone."""
    if request.method not in METHODS:
        return ApiRefused(405, headers={"Allow": ", ".join(METHODS)})
    given = request.META.get("CONTENT_LENGTH") or ""
    if request.method != "POST":
        # What comes with a question is read by nobody.
        return ApiRefused(413) if given not in ("", "0") else None
    return _unfit_to_be_sent(request, given)


def _unfit_to_be_sent(request: HttpRequest, given: str) -> ApiRefused | None:
    """The same of what is sent, whose length is `given`."""
    if not _takes_post(request):
        return ApiRefused(405, headers={"Allow": "GET"})
    if not (given.isascii() and given.isdecimal()):
        return ApiRefused(411)
    if len(given) > 12 or int(given) > settings.API_LARGEST_BYTES:
        return ApiRefused(413)
    charset = (request.content_params or {}).get("charset", "").lower()
    if request.content_type != JSON_TYPE or charset not in UTF8:
        return ApiRefused(415)
    return None
