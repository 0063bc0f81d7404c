"""What is too long is refused by its announced length, before a byte is read; what is read is counted."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.client import FakePayload
from django.urls import reverse

from portal.web.bodies import TYPED, BodyMiddleware
from tests.papers import PDF

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


class Unread(FakePayload):
    """A body of which nothing may be read."""

    def read(self, num_bytes=None):
        raise AssertionError


def posted(client, path: str, length: int) -> int:
    announced = {"CONTENT_LENGTH": str(length), "wsgi.input": Unread(b"")}
    return client.post(path, **announced, content_type="multipart/form-data; boundary=a").status_code


def test_stranger_is_refused_at_once_what_nobody_can_type(client):
    for path in ("/sign-in/", reverse("list_upload"), "/nowhere/"):
        assert posted(client, path, TYPED + 1) == 413


def test_page_without_files_takes_what_can_be_typed(client_of, clerk):
    assert posted(client_of(clerk), reverse("child_list"), TYPED + 1) == 413


def test_page_with_files_takes_its_own_and_no_more(client_of, clerk):
    browser, path = client_of(clerk), reverse("list_upload")
    assert posted(browser, path, 300 * MEGABYTE) == 413
    assert posted(browser, path, 10 * MEGABYTE + TYPED + 1) == 413
    with pytest.raises(AssertionError):
        posted(browser, path, 10 * MEGABYTE + TYPED)


def test_refusal_is_said_in_words(client_of, clerk):
    announced = {"CONTENT_LENGTH": str(300 * MEGABYTE), "wsgi.input": Unread(b"")}
    assert "内容太大" in client_of(clerk).post(reverse("list_upload"), **announced, content_type="text/plain").text


def test_length_that_was_not_announced_is_counted():
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.pdf", bytes(5000))})
    request.user, request.largest_body = AnonymousUser(), 4999
    with pytest.raises(RequestDataTooBig):
        _sent = request.FILES


def test_nothing_of_a_file_is_kept_on_a_disk(client_of, clerk, monkeypatch):
    monkeypatch.setattr("tempfile.NamedTemporaryFile", None)
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.pdf", PDF * 9000)})
    request.user, request.largest_body = clerk, 20 * MEGABYTE
    assert request.FILES["file"].read() == PDF * 9000


def test_file_of_somebody_whose_session_ended_is_a_name_alone(client_of, clerk):
    """The form is given back after the sign-in: what was typed is there, and the file is to be chosen again."""
    seen = []
    request = RequestFactory().post("/", {"typed": "a", "file": SimpleUploadedFile("a.pdf", PDF)})
    request.user = AnonymousUser()
    BodyMiddleware(lambda given: seen.append(given) or HttpResponse())(request)
    assert (seen[0].POST["typed"], seen[0].FILES["file"].name, seen[0].FILES["file"].size) == ("a", "a.pdf", 0)


def test_who_was_signed_in_here_may_still_send_a_form_with_its_file(client_of, clerk):
    browser = client_of(clerk)
    browser.get("/")
    browser.session.flush()
    with pytest.raises(AssertionError):
        posted(browser, reverse("list_upload"), 9 * MEGABYTE)
    assert posted(Client(), reverse("list_upload"), 9 * MEGABYTE) == 413
