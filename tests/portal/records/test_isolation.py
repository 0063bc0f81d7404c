"""A foreign union has planted names and numbers; nothing a clerk opens may hold one of them."""

import html
import io
import zipfile

import pytest
from django.urls import reverse

from tests import builders

CANARY = "金丝雀"


@pytest.fixture
def foreign(foreign_grassroots):
    return builders.one_of_each(foreign_grassroots, CANARY)


@pytest.fixture
def canaries(foreign, foreign_district, foreign_grassroots):
    people = [foreign["household"].worker, foreign["child"].person, foreign["graduate"].person]
    numbers = [person.id_number for person in people]
    masked = [f"{number[:3]}***********{number[-4:]}" for number in numbers]
    unions = [foreign_district.name, foreign_district.code, foreign_grassroots.name, foreign_grassroots.code]
    return [CANARY, foreign["household"].number, *numbers, *masked, *unions]


def text_of(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if not body.startswith(b"PK"):
        return body.decode()
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        # Characters may be written as references, by number.
        return html.unescape("".join(archive.read(name).decode() for name in archive.namelist()))


def assert_clean(response, canaries):
    text = text_of(response)
    assert [canary for canary in canaries if canary in text] == []


@pytest.mark.parametrize("name", builders.KIND_NAMES)
def test_no_list_search_or_export_holds_a_canary(client_of, clerk, foreign, canaries, name):
    builders.one_of_each(clerk.union)
    client = client_of(clerk)
    for act in ("list", "export"):
        for params in ({}, {"q": CANARY[:2]}, {"q": "JSQ"}, {"q": "H"}, {"order": "number"}, {"last": "1"}):
            response = client.get(reverse(f"{name}_{act}"), params)
            assert response.status_code == 200
            assert_clean(response, [canary for canary in canaries if not canary.startswith(params.get("q", "?"))])


def test_no_page_or_choice_holds_a_canary(client_of, clerk, district, foreign, canaries):
    own = builders.one_of_each(district)
    client = client_of(clerk)
    for name, record in own.items():
        response = client.get(reverse(f"{name}_detail", args=[record.pk]))
        assert response.status_code == 200
        assert_clean(response, canaries)


def test_find_holds_no_canary(client_of, clerk, foreign, canaries):
    client = client_of(clerk)
    assert_clean(client.post("/find/", {"q": foreign["household"].worker.id_number}), canaries)
    response = client.get("/find/", {"q": "曾建国"})
    assert_clean(response, canaries)
    assert response.context["groups"] == []


def test_the_owner_does_see_the_canaries(client_of, foreign_clerk, foreign):
    """The scan above would pass on empty pages: here the same pages hold what was planted."""
    client = client_of(foreign_clerk)
    for name in builders.KIND_NAMES:
        for act in ("list", "export"):
            assert CANARY in text_of(client.get(reverse(f"{name}_{act}")))
