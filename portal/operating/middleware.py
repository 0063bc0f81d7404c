"""What every request leaves behind: a number that its lines in the log share, one line of its own, and slow pages."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portal.models import SlowPage
from portal.operating.logs import request_id

HEADER = "X-Request-ID"
GIVEN = re.compile(r"[0-9a-f]{32}")  # what a proxy may have numbered it with
logger = logging.getLogger(__name__)


class RequestLogMiddleware:
    """Number the request, write one line about it, and note it where it took longer than SLOW_SECONDS.

    The line names the page and the person's key: no address, for it may name a record, and no query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        number = given if GIVEN.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(number)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response[HEADER] = number
            self._note(request, response, time.perf_counter() - began)
            return response
        finally:
            request_id.reset(token)

    def _note(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        page = (request.resolver_match and request.resolver_match.view_name) or "-"
        told = {"page": page, "method": request.method, "status": response.status_code, "ms": round(seconds * 1000)}
        if getattr(request, "let_in", False):
            told["user"] = request.user.pk
        logger.info("%s %s", request.method, page, extra=told)
        if seconds >= settings.SLOW_SECONDS and page != "-":
            note_slow(page, seconds)


def note_slow(page: str, seconds: float) -> None:
    """Count that `page` took `seconds` today. Writes one row; where it cannot, the page is answered all the same."""
    rows = SlowPage.objects.filter(name=page, day=timezone.localdate())
    counted = {"times": F("times") + 1, "worst": Greatest(F("worst"), seconds)}
    try:
        if not rows.update(**counted):
            try:
                with transaction.atomic():
                    SlowPage.objects.create(name=page, day=timezone.localdate(), times=1, worst=seconds)
            except IntegrityError:  # another request was quicker
                rows.update(**counted)
    except DatabaseError as error:
        logger.warning("a slow page could not be noted: %s", type(error).__name__)
