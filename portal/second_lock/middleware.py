"""The scope of a request: what the person who is signed in may see, and nothing for everybody else."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse

from portal.second_lock.people import path_of
from portal.second_lock.scope import NOTHING, within


class SecondLockMiddleware:
    """Let the database give out what the person may see. It stands below what tells who is let in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.SECOND_LOCK:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        path = path_of(request.user) if request.let_in else NOTHING
        with within(path):
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            response.streaming_content = _within(path, response.streaming_content)
        return response


def _within(path: str, parts: Iterable[bytes]) -> Iterator[bytes]:
    """The parts of an answer that is made while it is sent, each in the scope of who asked for it."""
    coming = iter(parts)
    while True:
        with within(path):
            part = next(coming, None)
        if part is None:
            return
        yield part
