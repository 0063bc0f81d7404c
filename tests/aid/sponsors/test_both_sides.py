"""百名企业帮助百名学生: both sides are counted per unit and campaign, and each number opens just its list."""

from datetime import date

import pytest
from django.urls import reverse

from tests import builders
from tests.aid.visiting import pairing, sponsor
from tests.reports import builders as make

pytestmark = pytest.mark.django_db
NAME = "百名企业帮助百名学生"


@pytest.fixture
def paired(campaign, district, grassroots, foreign_district):
    """Two enterprises and three pupils of 2014 in one unit, one of each in another; and near misses."""
    spring, autumn = sponsor(district, "春雨公司"), sponsor(grassroots, "秋实公司")
    pupils = [builders.child(district, name) for name in ("王一", "王二", "王三", "王四")]
    pairing(district, sponsor=spring, child=pupils[0], starts_on=date(2013, 3, 1))
    pairing(district, sponsor=spring, child=pupils[0], starts_on=date(2013, 3, 1), ends_on=date(2014, 1, 1))
    pairing(grassroots, sponsor=autumn, child=pupils[1], starts_on=date(2014, 12, 31))
    make.case(district, child=pupils[2], programme=NAME, sponsor="春雨公司")
    pairing(district, child=pupils[3], starts_on=date(2013, 1, 1), ends_on=date(2013, 12, 31))
    pairing(district, child=pupils[3], programme="model_workers")
    pairing(district, child=pupils[3], starts_on=date(2015, 1, 1))
    make.case(district, child=pupils[3], programme=NAME, sponsor="春雨公司", status="withdrawn")
    pairing(foreign_district)


def told(page) -> list[tuple]:
    return [(name, *(number for number, _url in cells)) for name, cells in page.context["rows"]]


def listed(client, url: str) -> int:
    return len(client.get(url).context["table"].rows)


def test_both_sides_are_counted_and_each_number_opens_its_list(client_of, clerk, reviewer, district, paired):
    address = reverse("pairing_sides")
    page = client_of(clerk).get(address, {"campaign": "2014"})
    assert told(page) == [(district.name, 2, 3, 0)]
    whole = client_of(reviewer).get(address, {"campaign": "2014"})
    assert sorted(row[1:] for row in told(whole)) == [(1, 1, 0), (2, 3, 0)]
    assert [number for number, _url in whole.context["total"]] == [3, 4, 0]
    for user, shown in ((clerk, page), (reviewer, whole)):
        cells = [cell for _name, row in shown.context["rows"] for cell in row] + shown.context["total"]
        client = client_of(user)
        assert [listed(client, url) for _number, url in cells] == [number for number, _url in cells]


def test_workers_are_the_other_side_of_their_programme(client_of, clerk, district, campaign):
    team, home = sponsor(district, "三车间", kind="civilised_team"), builders.household(district)
    pairing(district, sponsor=team, household=home, programme="civilised_teams")
    page = client_of(clerk).get(reverse("pairing_sides"), {"campaign": "2014", "programme": "civilised_teams"})
    assert told(page) == [(district.name, 1, 0, 1)]
    assert listed(client_of(clerk), page.context["rows"][0][1][2][1]) == 1


def test_below_the_unit_the_numbers_are_those_of_ones_own_scope(client_of, grassroots_clerk, paired, district):
    page = client_of(grassroots_clerk).get(reverse("pairing_sides"), {"campaign": "2014"})
    assert told(page) == [(district.name, 1, 0, 0)]
    assert listed(client_of(grassroots_clerk), page.context["rows"][0][1][0][1]) == 1


@pytest.mark.parametrize("asked", [{"programme": "nothing"}, {"campaign": "1999"}, {"campaign": "x"}])
def test_what_there_is_not_is_not_found(client_of, clerk, campaign, asked):
    assert client_of(clerk).get(reverse("pairing_sides"), asked).status_code == 404


def test_page_asks_no_more_for_more_units(client_of, reviewer, paired, django_assert_max_num_queries):
    client = client_of(reviewer)
    client.get(reverse("pairing_sides"), {"campaign": "2014"})
    with django_assert_max_num_queries(16):
        client.get(reverse("pairing_sides"), {"campaign": "2014"})
