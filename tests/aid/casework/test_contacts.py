"""Telephones and addresses of a list, opened by one press and logged once with the list."""

import pytest
from django.urls import reverse

from portal.models import AuditEntry
from tests import builders
from tests.aid import cases as casework

ADDRESS = "/cases/contacts/"


@pytest.fixture
def cases(district, grassroots):
    homes = [builders.household(union, telephone=f"1391111000{n}") for n, union in enumerate((district, grassroots))]
    return [casework.case(home.union, child=builders.child(home.union, household=home)) for home in homes]


def test_call_backs_are_two_presses_from_the_list_and_leave_one_row(client_of, clerk, cases, foreign_district):
    foreign = casework.case(
        foreign_district, child=builders.child(foreign_district, household=builders.household(foreign_district))
    )
    client = client_of(clerk)
    assert 'formaction="/cases/contacts/"' in client.get(reverse("aidcase_list")).text
    page = client.post(ADDRESS, {"all": "1", "filters": "", "reason": "call"})
    assert [row["telephone"] for row in page.context["rows"]] == ["13911110000", "13911110001"]
    assert builders.ADDRESS in page.text
    assert foreign.number not in page.text
    row = AuditEntry.objects.get(action="revealed")
    assert (row.detail["reason"], row.detail["count"]) == ("回访", 2)
    assert row.detail["case"].split("、") == [of.number for of in cases]
    assert "1391111" not in str(row.detail)


def test_list_of_which_nothing_is_ticked_is_opened_whole(client_of, clerk, cases):
    page = client_of(clerk).post(ADDRESS, {"filters": f"q={cases[1].number}", "reason": "call"})
    assert [row["case"] for row in page.context["rows"]] == [cases[1]]


def test_ticked_alone_are_opened_and_a_family_that_left_tells_nothing(client_of, lead, cases, foreign_district):
    home = cases[0].child.household
    builders.transfer(home, foreign_district, "taken")
    home.place_in(foreign_district)
    home.save()
    page = client_of(lead).post(ADDRESS, {"ids": [cases[0].pk], "filters": "", "reason": "visit"})
    assert [row["telephone"] for row in page.context["rows"]] == ["（不在本单位）"]
    assert "13911110000" not in page.text


@pytest.mark.parametrize("sent", [{"reason": "call"}, {"reason": "因为", "all": "1"}, {"all": "1"}])
def test_without_a_ready_reason_or_a_case_nothing_is_opened(client_of, clerk, cases, sent):
    answer = client_of(clerk).post(ADDRESS, sent)
    assert answer.status_code == 302
    assert not AuditEntry.objects.filter(action="revealed").exists()
