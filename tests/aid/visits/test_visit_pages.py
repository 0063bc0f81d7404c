"""The lists and pages beside visits ask the same number of questions whatever they show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.aid.visiting import exemplar, follow_up, pairing, placement, sponsor, sponsor_of_its_own
from tests.reports import builders as make


def rows_of(client, address) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(captured), answer.content.decode()


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("followup", lambda union: follow_up(builders.visit(union))),
        ("sponsor", sponsor_of_its_own),
        ("pairing", pairing),
        ("practiceplacement", placement),
        ("exemplar", exemplar),
    ],
)
def test_list_asks_as_much_for_three_rows_as_for_one(client_of, clerk, district, name, build):
    client, address = client_of(clerk), reverse(f"{name}_list")
    build(district)
    client.get(address)
    one, _page = rows_of(client, address)
    build(district)
    build(district)
    three, page = rows_of(client, address)
    assert "共 3 条" in page
    assert three == one


def test_sponsors_page_asks_as_much_for_three_children_as_for_one(client_of, clerk, district):
    giver = sponsor(district)
    client, address = client_of(clerk), reverse("sponsor_detail", args=[giver.pk])
    pairing(district, sponsor=giver)
    client.get(address)
    one, _page = rows_of(client, address)
    for _turn in range(2):
        pairing(district, sponsor=giver)
        make.case(district, sponsor=giver.name)
        make.contribution(district, donor=giver.name)
    three, _page = rows_of(client, address)
    # The first case brings the years of cases into the page, whatever their number.
    assert three - one <= 1
