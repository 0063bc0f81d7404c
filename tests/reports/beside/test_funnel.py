"""就业全程: each number with a person who counts and a near miss, by union, by year, and at the turn of the year."""

from datetime import date

import pytest

from employment.enums import Intention
from portal.models import Campaign
from reports.beside.funnel import by_union, by_year, turn_of_year
from reports.counting.derive import derive
from reports.counting.lineage import lineage
from reports.counting.near_misses import near_misses, reasons
from reports.figures.funnel import FUNNEL
from reports.figures.registry import Window
from tests.employment.builders import retention_check
from tests.reports import builders as make

AS_OF = date(2014, 11, 30)
PATH = [
    *("path_further_study", "path_trained", "path_practised", "path_placed", "path_kept_3", "path_kept_6"),
    "path_signed",
    *("path_turning_past", "path_turning_unemployed"),
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return make.campaign(2014)


def helped(graduate, kind, given_on=date(2014, 5, 4)):
    return make.assistance(graduate.union, graduate=graduate, kind=kind, given_on=given_on)


def asked(placement, months, **fields):
    retention_check(placement.union, placement=placement, months=months, **fields)


def numbers(union, campaign):
    values = derive(campaign, union, AS_OF, figures=FUNNEL)
    return {slug: values[slug] for slug in PATH}


def nothing(**but):
    """A graduate who is tracked in 2014, and would be past in 2015."""
    return dict.fromkeys(PATH, 0) | {"path_turning_past": 1, "path_turning_unemployed": 1} | but


def studying_on(graduate):
    graduate.intention = Intention.FURTHER_STUDY
    graduate.save()


def self_placed(graduate):
    graduate.intention = Intention.SELF_PLACED
    graduate.save()
    helped(graduate, "training")
    helped(graduate, "internship")
    asked(helped(graduate, "placement"), 3)


def trained_twice(graduate):
    helped(graduate, "training")
    helped(graduate, "training", date(2014, 11, 30))


def trained_too_late(graduate):
    helped(graduate, "training", date(2014, 12, 1))


def trained_last_year(graduate):
    helped(graduate, "training", date(2013, 12, 31))


def practised(graduate):
    helped(graduate, "internship", date(2014, 1, 1))


def certified(graduate):
    helped(graduate, "certificate")


def placed(graduate):
    helped(graduate, "placement")


def placed_and_left(graduate):
    asked(helped(graduate, "placement"), 3, employed=False)


def kept_three_months(graduate):
    asked(helped(graduate, "placement"), 3)


def kept_half_a_year_told_next_year(graduate):
    placement = helped(graduate, "placement", date(2014, 8, 31))
    asked(placement, 3)
    asked(placement, 6, asked_on=date(2015, 2, 28))


def kept_where_placed_last_year(graduate):
    asked(helped(graduate, "placement", date(2013, 12, 31)), 3)


def signed(graduate):
    graduate.contract_on = date(2014, 12, 31)
    graduate.save()


def signed_by_themselves(graduate):
    """On the last day that counts."""
    graduate.contract_on = AS_OF
    graduate.save()


def placed_and_signed(graduate):
    helped(graduate, "placement")
    signed_by_themselves(graduate)


def placed_last_year_and_signed(graduate):
    helped(graduate, "placement", date(2013, 12, 31))
    signed_by_themselves(graduate)


def signing_next_year(graduate):
    graduate.contract_on = date(2015, 1, 1)
    graduate.save()


def closed_at_the_end_of_the_year(graduate):
    graduate.closed_on = date(2014, 12, 31)
    graduate.save()


def closed_next_year(graduate):
    graduate.closed_on = date(2015, 1, 1)
    graduate.save()


def family_closed_at_the_end_of_the_year(graduate):
    graduate.household.closed_on = date(2014, 12, 31)
    graduate.household.save()


CASES = {
    studying_on: nothing(path_further_study=1, path_turning_unemployed=0),
    self_placed: nothing(),
    trained_twice: nothing(path_trained=1),
    trained_too_late: nothing(),
    trained_last_year: nothing(),
    practised: nothing(path_practised=1),
    certified: nothing(),
    placed: nothing(path_placed=1),
    placed_and_left: nothing(path_placed=1),
    kept_three_months: nothing(path_placed=1, path_kept_3=1),
    kept_half_a_year_told_next_year: nothing(path_placed=1, path_kept_3=1, path_kept_6=1),
    kept_where_placed_last_year: nothing(),
    signed: nothing(path_turning_unemployed=0),
    signed_by_themselves: nothing(path_signed=1, path_turning_unemployed=0),
    placed_and_signed: nothing(path_placed=1, path_turning_unemployed=0),
    placed_last_year_and_signed: nothing(path_signed=1, path_turning_unemployed=0),
    signing_next_year: nothing(),
    closed_at_the_end_of_the_year: nothing(path_turning_past=0, path_turning_unemployed=0),
    closed_next_year: nothing(),
    family_closed_at_the_end_of_the_year: nothing(path_turning_past=0, path_turning_unemployed=0),
}


@pytest.mark.parametrize("facts", CASES, ids=lambda facts: facts.__name__)
def test_one_graduate(facts, district, campaign):
    facts(make.graduate(district))
    assert numbers(district, campaign) == CASES[facts]


def test_every_number_has_somebody_who_counts_and_a_near_miss():
    for slug in PATH:
        counted = {expected[slug] for expected in CASES.values()}
        assert counted == {0, 1}, slug


@pytest.mark.parametrize("slug", PATH)
def test_list_has_who_is_counted_and_says_why_others_are_not(slug, district, campaign):
    figure = FUNNEL[slug]
    for facts in CASES:
        facts(make.graduate(district, name=facts.__name__))
    expected = {facts.__name__ for facts, found in CASES.items() if found[slug]}
    assert {each.name for each in lineage(figure, campaign, district, AS_OF)} == expected
    window = Window.of(campaign, AS_OF)
    missed = {each.name: reasons(each, figure, window) for each in near_misses(figure, campaign, district, AS_OF)}
    assert set(missed) == {facts.__name__ for facts in CASES} - expected
    assert all(missed.values())


def test_past_graduate_does_not_turn_again(district, campaign):
    make.graduate(district, graduated_on=date(2013, 7, 1))
    assert numbers(district, campaign) == dict.fromkeys(PATH, 0)


def test_unions_right_below_and_what_the_unit_keeps_itself(district, grassroots, sibling, foreign_district, campaign):
    placed(make.graduate(district))
    trained_twice(make.graduate(grassroots))
    placed(make.graduate(foreign_district))
    rows = by_union(campaign, district, AS_OF)
    shown = [(row.union.code, row.own, row.values["path_trained"], row.values["path_placed"]) for row in rows]
    assert shown == [("310001", True, 0, 1), ("310001001", False, 1, 0)]


def test_city_shows_every_reporting_unit(city, district, grassroots, foreign_district, bureau, campaign):
    placed(make.graduate(grassroots))
    make.graduate(foreign_district)
    rows = by_union(campaign, city, AS_OF)
    assert [(row.union.code, row.values["graduates"], row.values["path_placed"]) for row in rows] == [
        ("310001", 1, 1),
        ("310002", 1, 0),
        ("310003", 0, 0),
    ]
    assert [row.rates.texts for row in rows] == [("100.0%", "100.0%", "100.0%"), ("100.0%", "0.0%", "0.0%"), ("—",) * 3]


def test_who_signed_by_themselves_is_employed_and_was_not_helped(district, campaign):
    """Of three in need one was placed, one signed alone; the third has nothing."""
    placed(make.graduate(district))
    signed_by_themselves(make.graduate(district))
    make.graduate(district)
    (row,) = by_year(campaign, district, AS_OF)
    assert row.rates.texts == ("100.0%", "33.3%", "66.7%")


def test_years_beside_each_other(district, campaign):
    earlier = make.campaign(2013)
    old = make.graduate(district, graduated_on=date(2013, 7, 1), registered_on=date(2013, 5, 1))
    helped(old, "placement", date(2013, 12, 31))
    trained_too_late(make.graduate(district))
    shown = [
        (row.campaign.year, row.values["graduates"], row.values["path_placed"], row.values["path_trained"])
        for row in by_year(campaign, district, AS_OF)
    ]
    assert shown == [(2013, 1, 1, 0), (2014, 2, 0, 0)]
    assert by_year(earlier, district, AS_OF)[0].campaign == earlier


def test_turn_of_the_year_in_the_lines_of_annex_2(district, campaign):
    """Three fresh (one signed, one studying on), one past, one closed in the year."""
    make.graduate(district)
    make.graduate(district, contract_on=date(2014, 9, 1))
    make.graduate(district, intention=Intention.FURTHER_STUDY)
    make.graduate(district, graduated_on=date(2013, 7, 1))
    make.graduate(district, closed_on=date(2014, 10, 1))
    rows = {row.figure.slug: (row.now, row.then, row.change_text) for row in turn_of_year(campaign, district, AS_OF)}
    assert rows == {
        "graduates": (5, 4, "-1"),
        "graduates_fresh": (4, 0, "-4"),
        "graduates_past": (1, 4, "+3"),
        "graduates_self_placed": (0, 0, "0"),
        "graduates_need_help": (4, 3, "-1"),
        "fresh_unsigned_local": (3, 0, "-3"),
        "past_unemployed": (1, 2, "+1"),
    }


def test_turn_counts_by_the_following_campaign_where_there_is_one(district, campaign):
    Campaign.objects.create(year=2015, starts_on=date(2015, 3, 1), ends_on=date(2015, 12, 31), due_on=date(2015, 9, 1))
    make.graduate(district, closed_on=date(2015, 2, 28))
    assert turn_of_year(campaign, district, AS_OF)[0].then == 0


def test_unions_and_years_cost_the_same_however_many(city, campaign, django_assert_num_queries):
    units = [make.reporting_unit(city)]
    with django_assert_num_queries(2):
        by_union(campaign, city, AS_OF)
    for unit in [*units, *(make.reporting_unit(city) for _turn in range(3))]:
        placed(make.graduate(unit))
    with django_assert_num_queries(2):
        by_union(campaign, city, AS_OF)
