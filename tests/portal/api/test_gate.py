"""What is refused before it is read, and that every refusal has one shape and says nothing of the inside."""

import json
from uuid import uuid4

import pytest
from django.test import Client, override_settings

from portal.models import AuditEntry
from tests.portal.api.calling import Outside

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/households"


@pytest.fixture
def outside(district, admin):
    return Outside(district, admin)


def refused(response) -> tuple[int, str]:
    """Status and code of a refusal, once its shape is that of all."""
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    error = response.json()["error"]
    assert set(response.json()) == {"error"}
    assert set(error) == {"code", "message", "errors", "request"}
    assert error["request"] == response["X-Request-ID"]
    assert any("\u4e00" <= character <= "\u9fff" for character in error["message"])
    return response.status_code, error["code"]


def post(outside, content: bytes, content_type="application/json", **extra):
    headers = outside.headers | {"Idempotency-Key": str(uuid4())}
    return outside.client.post(ADDRESS, content, content_type=content_type, headers=headers, **extra)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "BREW"])
def test_other_methods(outside, method):
    response = outside.client.generic(method, ADDRESS, headers=outside.headers)
    assert refused(response) == (405, "method_not_allowed")
    assert "GET" in response["Allow"]


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_methods_of_browsers_open_nothing(outside, method):
    response = outside.client.generic(method, ADDRESS, headers=outside.headers)
    assert (response.status_code, response["Allow"]) == (405, "GET, POST")


def test_what_is_sent_to_an_address_that_only_tells(outside):
    """Whatever comes with it: the method is what is wrong."""
    for path in ("households/1", "figures", "reports", "vacancies", "batches", "openapi.json"):
        for kind in ("application/json", "text/plain"):
            response = outside.client.post(f"/api/v1/{path}", b"{}", content_type=kind, headers=outside.headers)
            assert refused(response) == (405, "method_not_allowed")
            assert response["Allow"] == "GET"
    response = outside.client.post("/api/v1/nothing", b"{}", content_type="application/json", headers=outside.headers)
    assert refused(response) == (404, "not_found")


def test_a_method_of_another_name(outside):
    headers = {"X-HTTP-Method-Override": "DELETE"}
    assert outside.client.get(ADDRESS, headers=outside.headers | headers).status_code == 200


@override_settings(API_LARGEST_BYTES=100)
def test_too_long(outside):
    assert refused(post(outside, b" " * 101)) == (413, "too_large")
    assert refused(post(outside, b" " * 100)) == (400, "unreadable")


def test_length_is_looked_at_before_the_body(outside):
    """A stranger, too, is refused by the number alone."""
    assert refused(Client().post(ADDRESS, b"{}", content_type="application/json", CONTENT_LENGTH="9" * 9)) == (
        413,
        "too_large",
    )
    assert refused(post(outside, b"{}", CONTENT_LENGTH="1" * 5000)) == (413, "too_large")


@pytest.mark.parametrize("length", ["", "-1", "1e3", "0x10", "１２", "twelve"])
def test_without_a_length(outside, length):
    assert refused(post(outside, b"{}", CONTENT_LENGTH=length)) == (411, "length_required")


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/json; charset=gbk",
        "application/jsonp",
        "",
    ],
)
def test_other_kinds_of_content(outside, kind):
    assert refused(post(outside, b'{"rows": []}', kind)) == (415, "not_json")


def test_a_question_brings_nothing_along(outside):
    response = outside.client.generic("GET", ADDRESS, b'{"rows": []}', headers=outside.headers)
    assert refused(response) == (413, "too_large")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b" ", "内容不是有效的 JSON"),
        (b"{", "内容不是有效的 JSON"),
        (b"{'rows': []}", "内容不是有效的 JSON"),
        (b'{"rows": []} trailing', "内容不是有效的 JSON"),
        (b"\xef\xbb\xbf{}", "内容不是有效的 JSON"),
        ('{"rows": "家"}'.encode("gb18030"), "内容不是 UTF-8 文字"),
        (b'{"rows": ["\\ud800"]}', "内容不是 UTF-8 文字"),
        (b'{"rows": [{"\\udfff": 1}]}', "内容不是 UTF-8 文字"),
        (b'{"rows": [1], "rows": [2]}', "同一对象中有重复的名称"),
        (b'{"rows": [{"number": "A", "number": "B"}]}', "同一对象中有重复的名称"),
        (b'{"rows": [{"number": "A", "\\u006eumber": "B"}]}', "同一对象中有重复的名称"),
        (b'{"rows": [NaN]}', "NaN 和 Infinity 不是 JSON 的数字"),
        (b'{"rows": [-Infinity]}', "NaN 和 Infinity 不是 JSON 的数字"),
        (b'{"rows": [' + b"9" * 5000 + b"]}", "内容不是有效的 JSON"),
        (b"[" * 100_000, "内容的层次过多"),
        (b'{"a":' * 100_000, "内容的层次过多"),
        (b'{"rows": [[[[[[]]]]]]}', "内容的层次过多"),
    ],
)
def test_what_is_no_plain_json(outside, content, message):
    response = post(outside, content)
    assert refused(response) == (400, "unreadable")
    assert response.json()["error"]["message"] == message


@pytest.mark.parametrize("content", [b"[]", b"1", b"null", b'"rows"', b"true"])
def test_what_is_no_object(outside, content):
    assert refused(post(outside, content)) == (422, "invalid")


@pytest.mark.parametrize(
    "path", ["", "nothing", "households/", "households/1/", "households/x", "households/-1", "../x"]
)
def test_addresses_that_are_none(outside, path):
    assert refused(outside.get(path))[0] in {404, 422}


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 19, "9" * 400, "1.5", "%00", "１"])
def test_numbers_of_records(outside, number):
    assert refused(outside.get(f"households/{number}"))[0] in {404, 422, 400}
    assert outside.get("households", {"after": number}).status_code in {200, 400, 422}


def test_an_error_of_ours_is_not_told(outside, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("secret 310101197002030112")

    monkeypatch.setattr("portal.api.sheets.get_object_or_404", broken)
    response = outside.get("households/1")
    assert refused(response) == (500, "failed")
    assert "secret" not in json.dumps(response.json())
    assert "Traceback" not in response.content.decode()


def test_nothing_of_what_is_refused_here_is_written(outside):
    before = AuditEntry.objects.count()
    post(outside, b"{}", "text/plain")
    assert AuditEntry.objects.count() == before


def test_forged_hosts_are_answered_alike(outside):
    response = outside.client.get(ADDRESS, headers=outside.headers, HTTP_HOST="evil.example")
    assert refused(response) == (400, "unreadable")
