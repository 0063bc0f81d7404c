from importlib import import_module

import pytest
from django.conf import settings
from django.test import Client

from aid.models import Household
from tests.factories import PASSWORD
from tests.forms import create_address, household_form, opened
from tests.workbook.sheets import fresh_id


def end_session(client):
    """What an hour without a request does."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    store(client.cookies[settings.SESSION_COOKIE_NAME].value).delete()


def sign_in(client, person, address):
    return client.post(address, {"username": person.username, "password": PASSWORD})


@pytest.fixture
def late(client_of, clerk, district):
    """A clerk's browser that sends a form after the session has ended; what was typed; what was answered."""
    client, address = client_of(clerk), create_address("household")
    typed = opened(client, address) | household_form(district, worker=fresh_id(), cause="长期患病")
    end_session(client)
    return client, typed, client.post(address, typed)


def test_form_sent_too_late_comes_back_after_log_in_with_all_that_was_typed(late, clerk):
    client, typed, answer = late
    assert answer.status_code == 302
    assert typed["worker"] not in answer.headers["Location"]
    page = client.get(sign_in(client, clerk, answer.headers["Location"]).headers["Location"])
    form = page.context["form"]
    assert {name: form[name].value() for name in typed} == typed
    assert "您填写的内容已找回" in page.text
    assert not Household.objects.exists()
    assert client.post("/households/new/", typed).status_code == 302
    assert Household.objects.count() == 1
    assert "已找回" not in client.get("/households/new/").text


def test_what_was_typed_is_kept_sealed(late):
    client, typed, _answer = late
    assert typed["worker"] not in str(dict(client.session.items()))
    assert "长期患病" not in str(dict(client.session.items()))


def test_another_person_at_the_same_browser_gets_nothing(late, foreign_clerk):
    client, typed, answer = late
    page = client.get(sign_in(client, foreign_clerk, answer.headers["Location"]).headers["Location"])
    assert typed["worker"] not in page.text
    assert "长期患病" not in page.text


def test_form_is_kept_for_who_was_signed_in_last(client_of, clerk, foreign_clerk, foreign_district):
    client = client_of(clerk)
    client.get("/")
    client.force_login(foreign_clerk, backend="django.contrib.auth.backends.ModelBackend")
    typed = opened(client, create_address("household")) | household_form(foreign_district)
    end_session(client)
    answer = client.post(create_address("household"), typed)
    page = client.get(sign_in(client, foreign_clerk, answer.headers["Location"]).headers["Location"])
    assert page.context["form"]["worker"].value() == typed["worker"]


def test_nothing_is_kept_for_people_who_were_never_signed_in(client, district):
    client.post(create_address("household"), household_form(district))
    assert "kept_form" not in client.session


def test_nothing_is_kept_after_signing_out(client_of, clerk, district):
    client = client_of(clerk)
    client.get("/")
    client.post("/sign-out/")
    client.post(create_address("household"), household_form(district))
    assert "kept_form" not in client.session


def test_page_left_open_while_its_reader_signed_in_again_gets_its_form_back(client_of, clerk, district):
    client = client_of(clerk, enforce_csrf_checks=True)
    client.get(create_address("household"))
    typed = household_form(district) | {"csrfmiddlewaretoken": "a" * 64}
    answer = client.post(create_address("household"), typed, headers={"origin": "http://testserver"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/households/new/")
    assert client.get("/households/new/").context["form"]["worker"].value() == typed["worker"]
    foreign = client.post(create_address("household"), typed, headers={"origin": "http://evil.example"})
    assert foreign.status_code == 403
    assert Client(enforce_csrf_checks=True).post("/households/new/", typed).status_code == 403
