"""The bar on top of every page: its search box is for those who see records."""

import pytest
from django.urls import reverse

from portal.templatetags.permissions import may
from tests import builders
from tests.factories import UserFactory

BOX = 'id="bar-q"'


@pytest.mark.parametrize("person", ["clerk", "lead", "reviewer", "auditor"])
def test_search_box_is_on_every_page_of_those_who_see_records(request, client_of, person):
    client = client_of(request.getfixturevalue(person))
    for address in ("/", "/password/", "/no-such-page/"):
        assert BOX in client.get(address).text


def test_search_box_is_not_for_the_administrator(client_of, admin):
    assert BOX not in client_of(admin).get("/").text


def test_search_box_is_not_for_strangers(client, db):
    assert BOX not in client.get(reverse("sign_in")).text


def test_search_box_waits_until_the_first_password_is_changed(client_of, district):
    newcomer = UserFactory(union=district, must_change_password=True)
    assert BOX not in client_of(newcomer).get(reverse("password_change")).text


def test_search_box_finds(client_of, clerk, district):
    home = builders.household(district)
    client = client_of(clerk, enforce_csrf_checks=True)
    client.get("/")
    token = client.cookies["csrftoken"].value
    form = {"q": home.worker.id_number, "csrfmiddlewaretoken": token}
    answer = client.post(reverse("find"), form)
    assert answer.url == reverse("household_detail", args=[home.pk])


def test_unknown_permission_raises(clerk):
    with pytest.raises(KeyError):
        may(clerk, "VIEW_EVERYTHING")
