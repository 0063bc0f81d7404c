"""A NUL is refused wherever it is sent; on PostgreSQL it would end as a failure of the server."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from portal.web.bodies import BodyMiddleware

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/?q=%00",
    "/annex/?unit=%00",
    "/annex/?%00=1",
    "/funnel/?unit=3100%0001",
    "/sign-in/?next=%00",
    "/public-notice/%00/",
    "/annex/2014/%00/years/",
    "/%00",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nul_in_an_address_is_refused(client, clerk, address, method):
    assert getattr(client, method)(address).status_code == 400
    client.force_login(clerk)
    assert getattr(client, method)(address).status_code == 400


@pytest.mark.parametrize(
    "fields",
    [
        {"username": "a\0b", "password": "x"},
        {"username": "a", "password": "x\0"},
        {"username\0": "a"},
    ],
)
def test_nul_in_a_field_is_refused(client, fields):
    assert client.post("/sign-in/", fields).status_code == 400


def test_without_nul_the_page_answers(client):
    assert client.get("/sign-in/?next=%20").status_code == 200
    assert client.post("/sign-in/", {"username": "a", "password": "x"}).status_code == 200


CONVERTER = re.compile(r"<(?:(?P<kind>\w+):)?\w+>")
SAMPLES = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000000"}


def routes(patterns=None, prefix: str = "/") -> Iterator[str]:
    """Every address of the portal, as it is declared."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        assert isinstance(pattern.pattern, RoutePattern), pattern
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def filled(route: str, *, text: str) -> str:
    """An address of `route`, with `text` where it takes any."""
    return CONVERTER.sub(lambda found: SAMPLES.get(found["kind"] or "str", text), route)


def paths_with_nul(route: str) -> set[str]:
    """A NUL at the end, in the place of each argument, and in that of all texts."""
    spots = list(CONVERTER.finditer(route))
    placed = {filled(f"{route[: spot.start()]}%00{route[spot.end() :]}", text="a") for spot in spots}
    return placed | {filled(route, text="%00")} - {filled(route, text="a")} | {filled(route, text="a") + "%00"}


def test_every_address_is_tried():
    found = list(routes())
    assert len(found) > 250
    assert {"/", "/sign-in/", "/public-notice/<str:token>/"} <= set(found)
    assert paths_with_nul("/notice/<int:pk>/<slug:kind>/") == {
        "/notice/%00/a/",
        "/notice/1/%00/",
        "/notice/1/a/%00",
    }


def is_form_to_the_interface(answer: tuple) -> bool:
    """No form is read there: it is refused by its kind."""
    method, path, _status = answer
    return method == "post" and path.startswith("/api/")


def test_every_address_refuses_a_nul_in_path_parameter_and_field(client, clerk, caplog):
    """By somebody signed in, so that what lets one through would reach the view."""
    client.force_login(clerk)
    caplog.set_level("ERROR")
    wrong = []
    for route in routes():
        plain = filled(route, text="a")
        asked = [("get", path, {}) for path in paths_with_nul(route)]
        asked += [("get", f"{plain}?unit=%00", {}), ("post", plain, {"ids": ["1", "\0"]})]
        answers = [(method, path, getattr(client, method)(path, data).status_code) for method, path, data in asked]
        wrong += [
            answer for answer in answers if answer[2] not in ({405, 415} if is_form_to_the_interface(answer) else {400})
        ]
    assert wrong == []


def test_nul_in_the_name_of_a_field_is_refused(client, clerk):
    client.force_login(clerk)
    assert client.post("/sign-in/", {"\0": "a"}).status_code == 400


def test_nul_in_the_name_of_a_file_does_not_get_in():
    """Django drops it while it takes the form apart: what is left is a name like any other."""
    file = BytesIO(b"%PDF")
    file.name = "a\0.pdf"
    request = RequestFactory().post("/", {"file": file})
    request.user = AnonymousUser()
    assert request.FILES["file"].name == "a.pdf"
    assert BodyMiddleware(lambda _request: HttpResponse("let in"))(request).status_code == 200
