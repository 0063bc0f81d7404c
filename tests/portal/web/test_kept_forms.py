from importlib import import_module
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from aid.models import Household
from tests import builders
from tests.aid import cases as casework
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
    client.force_login(foreign_clerk, backend="portal.accounts.unused.TellingBackend")
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


PRESS_AGAIN = "登录已过期，刚才的操作没有执行，请再按一次。"


@pytest.fixture
def household(district):
    return builders.household(district)


def pressed_too_late(client, address, page, **extra):
    """The answer to a button on `page` that is pressed when the session has ended."""
    client.get("/")
    end_session(client)
    return client.post(address, extra, headers={"referer": f"http://testserver{page}"})


@pytest.mark.parametrize("act", ["verify", "reveal"])
def test_button_pressed_too_late_leads_back_to_its_page(client_of, clerk, household, act):
    client, page = client_of(clerk), reverse("household_detail", args=[household.pk])
    answer = pressed_too_late(client, reverse(f"household_{act}", args=[household.pk]), page, reason="核对")
    assert answer.headers["Location"] == f"/sign-in/?next={page}"
    came_back = sign_in(client, clerk, answer.headers["Location"])
    assert came_back.headers["Location"] == page
    assert client.get(page).text.count(PRESS_AGAIN) == 1
    assert PRESS_AGAIN not in client.get(page).text
    household.refresh_from_db()
    assert household.verified_on is None


def test_photo_sent_too_late_leads_back_to_the_notice(client_of, clerk, district):
    client, notice = client_of(clerk), casework.notice(district)
    page = reverse("publicnotice_detail", args=[notice.pk])
    answer = pressed_too_late(client, reverse("publicnotice_photo", args=[notice.pk]), page)
    assert sign_in(client, clerk, answer.headers["Location"]).headers["Location"] == page
    assert PRESS_AGAIN in client.get(page).text


def test_another_person_is_not_told_to_press_again(client_of, clerk, foreign_clerk, household):
    client = client_of(clerk)
    answer = pressed_too_late(client, reverse("household_verify", args=[household.pk]), "/households/")
    sign_in(client, foreign_clerk, answer.headers["Location"])
    assert PRESS_AGAIN not in client.get("/households/").text


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("http://testserver/households/?cause=x", "/households/?cause=x"),
        ("http://testserver/households/?q=310101199001011234", "/households/"),
        ("http://evil.example/households/", "nearest"),
        ("http://testserver//evil.example/", "nearest"),
        ("http://testserver/households/1/reveal/", "nearest"),
        ("http://testserver/sign-in/?next=/", "nearest"),
        ("", "nearest"),
    ],
)
def test_only_pages_of_this_site_are_come_back_to(client_of, clerk, household, said, expected):
    client = client_of(clerk)
    client.get("/")
    end_session(client)
    answer = client.post(reverse("household_verify", args=[household.pk]), headers={"referer": said})
    if expected == "nearest":
        expected = reverse("household_detail", args=[household.pk])
    assert unquote(answer.headers["Location"]) == f"/sign-in/?next={expected}"


def test_button_of_a_page_older_than_the_log_in_leads_back_to_it(clerk, household):
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk, backend="portal.accounts.unused.TellingBackend")
    page = reverse("household_detail", args=[household.pk])
    client.get(page)
    came_from = {"origin": "http://testserver", "referer": f"http://testserver{page}"}
    answer = client.post(
        reverse("household_verify", args=[household.pk]), {"csrfmiddlewaretoken": "a" * 64}, headers=came_from
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert PRESS_AGAIN in client.get(page).text
