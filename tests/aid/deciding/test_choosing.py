"""What waits for a lead goes over pages: the most doubtful first over all of them, and what is ticked stays ticked."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aid.deciding import choosing
from aid.models import AidCase, MinimumIncome
from aid.views.casework import deciding
from tests import builders
from tests.aid import cases as casework
from tests.aid.paying import card
from tests.reports import builders as make

ADDRESS = "/cases/decide/"
DAYS = ("2014-01-01", "2014-01-02", "2014-01-03", "2014-01-04", "2014-01-05")


@pytest.fixture
def five(district, monkeypatch):
    """Two rows a page; of five cases the last applied for have no income on file: two doubts, one, none thrice."""
    for module in (choosing, deciding):
        monkeypatch.setattr(module, "ROWS", 2)
    MinimumIncome.objects.update_or_create(year=2013, city="上海市", defaults={"monthly": Decimal(640)})
    found = [_case(district, number, day) for number, day in enumerate(DAYS)]
    for of, income, photo in ((found[3], None, True), (found[4], None, False)):
        home = of.child.household
        home.monthly_income = income
        home.save()
        casework.notice(district, of, photo=photo)
    return found


def _case(union, number: int, day: str) -> AidCase:
    known = {"bank_card": card(), "telephone": f"1398765432{number}", "monthly_income": 1500, "family_size": 3}
    home = make.household(union, **known)
    for kind in ("application", "identity", "income", "school", "notice"):
        builders.document(home, kind)
    of = casework.case(union, "submitted", child=make.child(union, household=home), applied_on=day)
    if number < 3:
        casework.notice(union, of)
    return of


def turn(client, page, to: int, ticked):
    """Turn the form of the only year to page `to` with these boxes ticked, as a browser sends it."""
    (year,) = page.context["years"]
    ids = [*year.elsewhere, *(of.pk for of in ticked)]
    return client.post(ADDRESS, {"year": year.campaign.year, "seen": year.seen, "ids": ids, "page": to})


def shown(page) -> list[tuple[AidCase, bool]]:
    (year,) = page.context["years"]
    return [(row.case, row.case.pk in year.ticked) for row in year.page]


def test_doubtful_ones_come_first_over_all_pages(five, client_of, lead):
    client = client_of(lead)
    first = client.get(ADDRESS)
    assert shown(first) == [(five[4], False), (five[3], False)]
    second = turn(client, first, 2, [])
    assert shown(second) == [(five[0], True), (five[1], True)]
    assert shown(turn(client, second, 3, [])) == [(five[2], True)]
    assert "第 1 / 3 页" in first.text
    assert first.context["total"] == 5


def test_what_was_ticked_stays_ticked_and_goes_along(five, client_of, lead):
    client = client_of(lead)
    second = turn(client, client.get(ADDRESS), 2, [five[4]])  # doubtful, and ticked by hand
    assert "其他页已勾选 1 份" in second.text
    third = turn(client, second, 3, [five[1]])  # five[0] unticked
    assert third.context["years"][0].elsewhere == [five[4].pk, five[1].pk]
    back = turn(client, third, 2, [five[2]])
    assert shown(back) == [(five[0], False), (five[1], True)]
    (year,) = back.context["years"]
    assert year.elsewhere == [five[4].pk, five[2].pk]
    sent = {"confirmed": "1", "ticked": "1", "key": str(year.key), "action": "approve", "reason": "", "comment": "看过"}
    client.post(reverse("case_batch"), sent | {"ids": [*year.elsewhere, five[1].pk]})
    approved = AidCase.objects.filter(status="approved").values_list("pk", flat=True)
    assert set(approved) == {five[4].pk, five[1].pk, five[2].pk}


def test_what_was_decided_meanwhile_goes_along_no_more(five, client_of, lead):
    client = client_of(lead)
    second = turn(client, client.get(ADDRESS), 2, [five[4]])
    AidCase.objects.filter(pk=five[4].pk).update(status="submitted")
    third = turn(client, second, 3, [five[0]])
    assert third.context["years"][0].elsewhere == [five[0].pk]
    assert shown(third) == [(five[1], False), (five[2], True)]


def test_page_asks_as_much_for_five_as_for_two(five, client_of, lead):
    client = client_of(lead)
    client.get(ADDRESS)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(ADDRESS)
        return len(found)

    many = asked()
    AidCase.objects.filter(pk__in=[of.pk for of in five[:3]]).update(status="submitted")
    assert asked() == many


def test_what_is_held_up_has_pages_of_its_own(five, client_of, lead):
    for of in five[:3]:
        casework.objection(of)
    client = client_of(lead)
    both = client.get(ADDRESS)
    assert (both.context["total"], both.context["held_total"], len(both.context["held"])) == (2, 3, 2)
    (more,) = both.context["held_pages"].values()
    rest = client.get(ADDRESS + more)
    assert ([row.case for row in rest.context["held"]], rest.context["years"]) == ([five[2]], [])
