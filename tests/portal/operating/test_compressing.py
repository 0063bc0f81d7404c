"""Pages are compressed where the browser takes it; the answer to a form, a file and a short answer are not."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from portal.operating.compressing import PageGZipMiddleware

TEXT = "困难职工" * 1000
GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}


def answer(method: str, response, **headers):
    request = getattr(RequestFactory(), method)("/", **headers)
    return PageGZipMiddleware(lambda _request: response)(request)


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/csv; charset=gb18030"])
def test_page_is_compressed_without_loss_and_said_to_be(kind):
    found = answer("get", HttpResponse(TEXT, content_type=kind), **GZIP)
    assert found["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in found["Vary"]
    assert gzip.decompress(found.content) == HttpResponse(TEXT, content_type=kind).content
    assert len(found.content) < len(TEXT)


def test_two_answers_of_the_same_page_differ_in_length():
    """So that a length tells little (BREACH); 20 equal ones out of a hundred do not happen."""
    assert len({len(answer("get", HttpResponse(TEXT), **GZIP).content) for _turn in range(20)}) > 1


@pytest.mark.parametrize(
    ("method", "response", "headers"),
    [
        ("post", HttpResponse(TEXT), GZIP),
        ("get", HttpResponse(TEXT), {}),
        ("get", HttpResponse("短", content_type="text/html"), GZIP),
        ("get", HttpResponse(TEXT, content_type="application/pdf"), GZIP),
        ("get", HttpResponse(TEXT, content_type="application/json"), GZIP),
        ("get", FileResponse([TEXT.encode()], content_type="text/csv"), GZIP),
    ],
    ids=["revealed by a form", "not taken", "short", "a file", "for a system", "streamed"],
)
def test_nothing_else_is(method, response, headers):
    assert "Content-Encoding" not in answer(method, response, **headers)


@pytest.mark.django_db
def test_a_page_of_the_portal_is_compressed_with_its_headers(client):
    found = client.get("/sign-in/", follow=True, **GZIP)
    assert found["Content-Encoding"] == "gzip"
    assert "Content-Security-Policy" in found.headers
    assert "平台" in gzip.decompress(found.content).decode()
