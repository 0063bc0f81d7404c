"""A family is found by the last four digits of its card, within scope, and nowhere by fewer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aid.models import Household
from employment.workbook import CASE_WORKBOOK
from portal.models import AuditEntry
from portal.workbook.importing.service import import_workbook
from tests import builders
from tests.forms import create_address, edit_address, household_form, send
from tests.workbook.sheets import HOUSEHOLD, valid_book, write

FIND = "/find/"
TAIL = builders.CARD[-4:]  # 5702
OTHER = "4111111111111111"


def found(client, digits, **typed) -> list:
    """Titles of the groups found, and the households of the first."""
    response = client.post(FIND, {"q": digits} | typed)
    assert response.status_code == 200
    return [(group.title, {str(record) for record in group.records}) for group in response.context["groups"]]


def test_last_four_digits_find_the_household_in_scope(client_of, clerk, grassroots_clerk, district, grassroots):
    home = builders.household(district)
    below = builders.household(grassroots, "钱小二")
    builders.household(district, "孙三", bank_card=OTHER)
    title = "困难职工家庭（银行卡末四位）"
    assert found(client_of(clerk), TAIL) == [(title, {home.number, below.number})]
    assert found(client_of(clerk), TAIL, kind="household") == [(title, {home.number, below.number})]
    assert found(client_of(grassroots_clerk), TAIL) == [(title, {below.number})]


def test_card_of_a_foreign_household_is_not_found(client_of, clerk, foreign_district):
    builders.household(foreign_district)
    response = client_of(clerk).post(FIND, {"q": TAIL}, follow=True)
    assert response.context["groups"] == []
    assert "没有找到" in response.text


@pytest.mark.parametrize("digits", ["570", "702", "45702", "0702", "2456"])
def test_only_the_last_four_digits_find(client_of, clerk, district, digits):
    builders.household(district)
    assert client_of(clerk).post(FIND, {"q": digits}, follow=True).context["groups"] == []


def test_digits_found_stay_out_of_address_and_log(client_of, clerk, district):
    builders.household(district)
    client = client_of(clerk)
    response = client.post(FIND, {"q": TAIL})
    assert f"q={TAIL}" not in response.text
    assert not AuditEntry.objects.filter(detail__icontains=TAIL).exists()
    assert client.get(FIND, {"q": TAIL}).context["groups"] == []  # in an address they are text


def test_digits_of_no_card_are_the_beginning_of_a_number(client_of, clerk, district):
    builders.household(district, number="2014-7")
    client = client_of(clerk)
    assert client.post(FIND, {"q": "2014"}).url == "/find/?q=2014"
    assert client.post(FIND, {"q": "2014", "kind": "household", "open": "yes"}).url == "/households/?open=yes&q=2014"
    assert client.post(FIND, {"q": TAIL, "kind": "child"}).url == f"/children/?q={TAIL}"


def test_digits_of_card_and_number_find_both(client_of, clerk, district):
    by_card = builders.household(district)
    by_number = builders.household(district, number=f"{TAIL}-1", bank_card=OTHER)
    assert found(client_of(clerk), TAIL) == [
        ("困难职工家庭（银行卡末四位）", {by_card.number}),
        ("困难职工家庭", {by_number.number}),
    ]


def test_more_than_are_shown_are_told(client_of, clerk, district):
    for _turn in range(21):
        builders.household(district)
    response = client_of(clerk).post(FIND, {"q": TAIL})
    assert [len(group.records) for group in response.context["groups"]] == [20]
    assert "只列出前 20 条" in response.text


def test_as_many_queries_for_three_as_for_one(client_of, clerk, district):
    client, counts = client_of(clerk), []
    for more in (1, 2):
        for _turn in range(more):
            builders.household(district)
        client.post(FIND, {"q": TAIL})
        with CaptureQueriesContext(connection) as queries:
            client.post(FIND, {"q": TAIL})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_form_sets_the_digits_and_a_changed_card_moves_them(client_of, clerk, district):
    client = client_of(clerk)
    assert send(client, create_address("household"), **household_form(district, bank_card=builders.CARD)).url
    home = Household.objects.get()
    assert [homes for _title, homes in found(client, TAIL)] == [{home.number}]
    assert send(client, edit_address(home), bank_card=OTHER).status_code == 302
    assert [homes for _title, homes in found(client, OTHER[-4:])] == [{home.number}]
    assert client.post(FIND, {"q": TAIL}).url == f"/find/?q={TAIL}"
    assert client.get(reverse("household_detail", args=[home.pk])).status_code == 200


def test_workbook_sets_the_digits_and_a_changed_card_moves_them(client_of, clerk, district, grassroots, tmp_path):
    client, book = client_of(clerk), valid_book().only(HOUSEHOLD, "D001")
    for number, card in enumerate((builders.CARD, OTHER)):
        book.put(HOUSEHOLD, "D001", "银行卡号", card)
        path = write(book, tmp_path / f"{number}.xlsx")
        assert import_workbook(path, workbook=CASE_WORKBOOK, unit=district).errors == []
        assert [homes for _title, homes in found(client, card[-4:])] == [{"D001"}]
    assert client.post(FIND, {"q": TAIL}).url == f"/find/?q={TAIL}"
