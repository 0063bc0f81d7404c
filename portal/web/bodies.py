"""How much an address takes in: refused by the length that is announced, before a byte is read, and counted while read.

A page without a field for files takes what can be typed; one with such a field its files besides (`upload_form` or
`form_class` of its view says which). Whoever was never signed in in this browser is let send what can be typed alone.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from portal.gate.field import UploadField
from portal.web.errors import too_large
from portal.web.kept_forms import last_person
from portal.web.middleware import refuse_nul, texts_of

TYPED = 3 * 1024 * 1024  # DATA_UPLOAD_MAX_MEMORY_SIZE, and what a browser writes around it


def largest_upload(view_class: Any) -> int:
    """Bytes of all files that the forms of a view take together; 0 for none."""
    form = getattr(view_class, "upload_form", None) or getattr(view_class, "form_class", None)
    if not isinstance(form, type) or not issubclass(form, forms.BaseForm):
        return 0
    fields = getattr(form, "base_fields", {}).values()
    return sum(field.largest_body for field in fields if isinstance(field, UploadField))


class BodyMiddleware:
    """Refuses what is too long before it is read, and a NUL in what is read. Stands behind the sign-in, before CSRF."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.largest_body = _largest_body(request)
        if _announced(request) > request.largest_body:
            return too_large(request)
        try:
            names = [file.name or "" for _name, sent in request.FILES.lists() for file in sent]
        except RequestDataTooBig:
            return too_large(request)
        if any("\0" in text for text in (*texts_of(request.POST), *names)):
            return refuse_nul()
        return self.get_response(request)


def _announced(request: HttpRequest) -> int:
    """The length of the body as the sender announces it; of a body in pieces nothing is announced, or read."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _largest_body(request: Any) -> int:
    if (
        request.method != "POST"
    ):  # nothing else sends a file; to resolve the address twice is a good part of a small page
        return TYPED
    if not request.user.is_authenticated and last_person(request) is None:
        return TYPED
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return TYPED
    return TYPED + largest_upload(getattr(view, "view_class", None))


class CountedUploadHandler(FileUploadHandler):
    """Keeps files in memory, never on a disk, and no more of them than the address takes.

    Of somebody whose session has ended nothing but the names is kept: the form is given back after the sign-in, and
    files have to be chosen again.
    """

    request: Any
    received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> None:
        self.received += len(raw_data)
        if self.received > getattr(self.request, "largest_body", TYPED):
            raise RequestDataTooBig
        if self.request.user.is_authenticated:
            self.kept.write(raw_data)

    def file_complete(self, _file_size: int) -> UploadedFile:
        size = self.kept.tell()
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name or "", self.content_type or "", size, self.charset
        )
