"""A list with years opens with the campaign that runs, says what it leaves out, and is opened otherwise on demand."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from aid.models import AidCase
from portal.models import OwnList
from tests import builders
from tests.reports import builders as make

CASES = reverse("aidcase_list")
YEARS = reverse("own_list_years", args=["aidcase"])


@pytest.fixture
def cases(district) -> dict[int, AidCase]:
    """A case of this year and one of the year before."""
    this = localdate().year
    return {year: make.case(district, year=year) for year in (this - 1, this)}


def shown(answer) -> set[str]:
    return {record.number for record in answer.context["listing"].page.records}


def numbers(cases, *years) -> set[str]:
    return {cases[year].number for year in years or cases}


def test_list_opens_with_this_year_and_tells_how_many_it_leaves_out(client_of, clerk, cases):
    this = max(cases)
    answer = client_of(clerk).get(CASES)
    listing = answer.context["listing"]
    assert shown(answer) == numbers(cases, this)
    assert [chip.url for chip in listing.chips()] == ["?campaign="]
    assert (listing.page.total, listing.outside) == (1, 1)
    assert f"打开时先列 {this} 年度；另有 1 条不属于这一年度" in answer.text


def test_file_has_what_the_list_shows(client_of, clerk, cases):
    client = client_of(clerk)
    for address in (CASES, CASES + "?campaign="):
        answer = client.get(address)
        file = client.get(answer.context["export_url"] + "&format=csv")
        lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()[1:]
        assert len(lines) == answer.context["listing"].page.total == len(shown(answer))


@pytest.mark.parametrize("query", ["?campaign=", "?q=", "?order=number"])
def test_address_that_asks_for_something_shows_just_that(client_of, clerk, cases, query):
    answer = client_of(clerk).get(CASES + query)
    assert shown(answer) == numbers(cases)
    assert "打开时先列" not in answer.text


def test_every_year_is_remembered_for_the_person_alone_until_it_is_chosen_otherwise(client_of, clerk, lead, cases):
    client, this = client_of(clerk), max(cases)
    query = client.get(CASES).context["listing"].kept.urlencode()
    assert client.post(YEARS, {"years": "all", "query": query}).url == CASES + "?"
    assert shown(client.get(CASES)) == numbers(cases)
    assert shown(client_of(lead).get(CASES)) == numbers(cases, this)
    assert client.post(YEARS, {"years": "current"}).url == f"{CASES}?campaign={this}"
    assert shown(client.get(CASES)) == numbers(cases, this)


def test_list_that_one_comes_back_to_is_as_it_was_left(client_of, clerk, cases):
    client = client_of(clerk)
    assert client.get(CASES + "?campaign=").context["listing"].left() == "campaign="
    assert client.get(CASES).context["listing"].left() == f"campaign={max(cases)}"
    assert client.get(CASES).context["listing"].cleared == "?campaign="


def test_lists_without_years_open_as_ever(client_of, clerk, district):
    builders.household(district)
    address = reverse("household_list")
    assert client_of(clerk).get(address).context["listing"].page.total == 1
    answer = client_of(clerk).post(reverse("own_list_years", args=["household"]), {"years": "all"}, follow=True)
    assert "这个列表不分年度" in answer.text
    assert not OwnList.objects.exists()
