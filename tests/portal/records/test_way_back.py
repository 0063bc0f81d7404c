"""Whoever comes back from a record finds the list as it was left: filters, order, place, and the row."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.models import OwnList
from tests import builders
from tests.forms import edit_address, send
from tests.reports import builders as make

HOUSEHOLDS = reverse("household_list")


def back_from(client, record, page: str = "detail") -> str:
    return client.get(reverse(f"{record._meta.model_name}_{page}", args=[record.pk])).context["list_url"]


@pytest.fixture
def pages(clerk, district):
    """More families than one page shows, by number."""
    OwnList.objects.create(user=clerk, kind="household", rows=50)
    return [builders.household(district, number=f"D-{number:03}") for number in range(60)]


def test_filters_order_and_place_are_kept(client_of, clerk, pages):
    client = client_of(clerk)
    query = f"open=yes&order=number&after={pages[49].pk}"
    assert client.get(f"{HOUSEHOLDS}?{query}&nonsense=1").status_code == 200
    assert back_from(client, pages[55]) == f"{HOUSEHOLDS}?{query}#record-{pages[55].pk}"
    shown = client.get(back_from(client, pages[55]))
    assert f'id="record-{pages[55].pk}"' in shown.text
    assert client.get(HOUSEHOLDS).context["list_url"] == HOUSEHOLDS  # all filters are cleared there
    assert client.get(f"{HOUSEHOLDS}?order=number&last=1").status_code == 200
    assert back_from(client, pages[55]) == f"{HOUSEHOLDS}?order=number&last=1#record-{pages[55].pk}"


def test_after_saving_the_way_back_is_the_same(client_of, clerk, pages):
    client = client_of(clerk)
    client.get(f"{HOUSEHOLDS}?open=yes")
    saved = send(client, edit_address(pages[0]), employer="新厂")
    shown = client.get(saved.url)
    assert shown.context["list_url"] == f"{HOUSEHOLDS}?open=yes#record-{pages[0].pk}"


def test_place_whose_record_left_the_list_is_not_gone_to(client_of, clerk, foreign_district, pages):
    client = client_of(clerk)
    client.get(f"{HOUSEHOLDS}?order=number&after={pages[49].pk}")
    pages[49].place_in(foreign_district)
    pages[49].save()
    assert back_from(client, pages[55]) == f"{HOUSEHOLDS}?order=number#record-{pages[55].pk}"


def test_each_kind_and_each_person_has_a_way_of_their_own(client_of, clerk, lead, district):
    home = builders.household(district)
    child = builders.child(district, household=home)
    client = client_of(clerk)
    client.get(f"{HOUSEHOLDS}?open=yes")
    client.get(f"{reverse('child_list')}?stage=senior")
    assert back_from(client, home) == f"{HOUSEHOLDS}?open=yes#record-{home.pk}"
    assert back_from(client, child) == f"{reverse('child_list')}?stage=senior#record-{child.pk}"
    assert back_from(client_of(lead), home) == f"{HOUSEHOLDS}#record-{home.pk}"


def test_name_that_was_searched_for_is_sealed_in_the_session(client_of, clerk, district):
    home = builders.household(district)
    client = client_of(clerk)
    client.get(HOUSEHOLDS, {"q": "曾建国"})
    assert back_from(client, home) == f"{HOUSEHOLDS}?q=%E6%9B%BE%E5%BB%BA%E5%9B%BD#record-{home.pk}"
    kept = str(dict(client.session))
    assert "曾" not in kept
    assert "%E6%9B%BE" not in kept


def test_faulty_list_is_not_remembered(client_of, clerk, district):
    home = builders.household(district)
    client = client_of(clerk)
    client.get(f"{HOUSEHOLDS}?open=yes")
    assert client.get(f"{HOUSEHOLDS}?open=perhaps").status_code == 400
    assert back_from(client, home) == f"{HOUSEHOLDS}?open=yes#record-{home.pk}"


def test_seal_of_a_key_that_is_gone_leads_to_the_plain_list(client_of, clerk, district):
    home = builders.household(district)
    client = client_of(clerk)
    session = client.session
    session["lists_left"] = {"household": "gone.AAAA"}
    session.save()
    assert back_from(client, home) == f"{HOUSEHOLDS}#record-{home.pk}"


def test_next_step_of_a_row_comes_back_to_filters_and_place(client_of, clerk, district):
    cases = [make.case(district, status="draft", decision="", decided_on=None) for _turn in range(2)]
    client, address = client_of(clerk), reverse("aidcase_list")
    query = f"status=draft&order=number&after={cases[0].pk}"
    client.get(f"{address}?{query}")
    asked = client.post(reverse("case_batch"), {"row": f"{cases[1].pk}:submit", "filters": "status=draft&order=number"})
    assert asked.context["back_url"] == f"{address}?{query}"
    other = client.post(reverse("case_batch"), {"row": f"{cases[1].pk}:submit", "filters": "stage=senior"})
    assert other.context["back_url"] == f"{address}?stage=senior"  # another window has left the list since


def test_way_back_costs_one_question_where_there_is_a_place(client_of, clerk, pages):
    client = client_of(clerk)
    counts = []
    for query in ("", f"?order=number&after={pages[49].pk}"):
        client.get(f"{HOUSEHOLDS}{query}")
        back_from(client, pages[1])
        with CaptureQueriesContext(connection) as queries:
            back_from(client, pages[1])
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 2
