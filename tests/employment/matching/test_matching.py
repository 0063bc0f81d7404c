"""Matching: what fits, what does not and what is unknown, worked out by hand; asked from both sides with one answer."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from employment.matching.matches import CRITERIA, best_graduates, best_vacancies, findings, published_elsewhere
from portal.records.lists import paging
from tests import builders
from tests.employment.builders import employer, referral, vacancy
from tests.reports import builders as make

TODAY = date(2014, 7, 15)
WISHES = {"wished_trade": "C", "wished_district": "东湖区", "wished_wage": 6000, "degree": "bachelor"}
TERMS = {"trade": "C", "district": "东湖区", "wage_from": 5000, "wage_to": 6000, "degree": "bachelor"}


def open_now(union, **fields):
    today = localdate()
    return vacancy(union, **{"offered_on": today, "closes_on": today + timedelta(days=9)} | fields)


def test_weights_are_parts_of_a_hundred():
    assert sum(criterion.weight for criterion in CRITERIA) == 100
    assert len({criterion.slug for criterion in CRITERIA}) == len(CRITERIA)


@pytest.mark.parametrize(
    ("wishes", "terms", "score", "words"),
    [
        ({}, {}, 100, "学历相符：本科"),
        ({}, {"degree": ""}, 100, "学历相符：不限"),
        ({"degree": "postgraduate"}, {}, 100, "学历相符：本科"),
        ({"degree": "college"}, {}, 60, "学历不符：毕业生大专，岗位本科"),
        ({"wished_trade": "P"}, {}, 75, "行业不符：毕业生教育，岗位制造业"),
        ({"wished_trade": ""}, {}, 87, "行业待了解：毕业生未填"),
        ({}, {"trade": ""}, 87, "行业待了解：岗位未填"),
        ({"wished_trade": ""}, {"trade": ""}, 87, "行业待了解：毕业生未填、岗位未填"),
        ({"wished_wage": 6001}, {}, 80, "月薪不符：毕业生期望 6001 元，岗位5000–6000 元"),
        ({"wished_wage": 5000}, {"wage_to": None}, 100, "月薪相符：5000 起 元"),
        ({"wished_wage": 5001}, {"wage_to": None}, 80, "月薪不符：毕业生期望 5001 元，岗位5000 起 元"),
        ({}, {"wage_from": None}, 100, "月薪相符：最高 6000 元"),
        ({}, {"wage_from": None, "wage_to": None}, 90, "月薪待了解：岗位未填"),
        ({"wished_wage": None}, {}, 90, "月薪待了解：毕业生未填"),
        ({"wished_district": "西山区"}, {}, 85, "区县不符：毕业生西山区，岗位东湖区"),
        ({"wished_district": ""}, {}, 92, "区县待了解：毕业生未填"),
    ],
)
def test_match_is_rated_alike_from_both_sides_and_said_in_words(district, clerk, wishes, terms, score, words):
    graduate = builders.graduate(district, **WISHES | wishes)
    of = vacancy(district, **TERMS | terms)
    asked = best_graduates(of, clerk, TODAY).get()
    offered = best_vacancies(graduate, clerk, TODAY).get()
    assert (asked.score, offered.score) == (score, score)
    for row in (asked, offered):
        said = [finding.words for finding in findings(row, graduate, of)]
        assert words in said
        assert len(said) == 4


@pytest.mark.parametrize(
    "change",
    [
        {"intention": "self_placed"},
        {"intention": "further_study"},
        {"contract_on": TODAY},
        {"closed_on": TODAY},
    ],
)
def test_who_seeks_no_work_is_not_matched(district, clerk, change):
    builders.graduate(district, **change)
    assert not best_graduates(vacancy(district), clerk, TODAY).exists()


def test_who_is_helped_otherwise_is_still_matched(district, clerk):
    graduate = builders.graduate(district)
    make.assistance(district, graduate=graduate, kind="training")
    assert best_graduates(vacancy(district), clerk, TODAY).get() == graduate


def test_only_open_vacancies_and_graduates_of_the_unit_in_scope_are_matched(
    district, grassroots, foreign_district, clerk, reviewer, grassroots_clerk
):
    for union in (district, grassroots, foreign_district):
        builders.graduate(union)
    of, graduate = vacancy(grassroots), builders.graduate(district, "曾乙")
    vacancy(foreign_district)
    vacancy(district, closes_on=TODAY - timedelta(days=1))
    counts = [best_graduates(of, user, TODAY).count() for user in (clerk, reviewer, grassroots_clerk)]
    assert counts == [3, 3, 1]
    assert [best_vacancies(graduate, user, TODAY).get() for user in (clerk, reviewer)] == [of, of]


def test_what_was_passed_on_is_not_matched_again_unless_it_was_withdrawn(district, clerk):
    graduate, of = builders.graduate(district), vacancy(district)
    told = referral(district, vacancy=of, graduate=graduate, state="declined_offer")
    assert not best_graduates(of, clerk, TODAY).exists()
    assert not best_vacancies(graduate, clerk, TODAY).exists()
    told.state = "withdrawn_offer"
    told.save()
    assert best_graduates(of, clerk, TODAY).get() == graduate
    assert best_vacancies(graduate, clerk, TODAY).get() == of


def test_public_vacancies_of_other_unions_are_told_of_and_lead_nowhere(
    client_of, clerk, grassroots_clerk, district, grassroots, foreign_district
):
    graduate = builders.graduate(grassroots)
    of = open_now(
        foreign_district, title="外区岗位", published=True, employer=employer(foreign_district, name="西山厂")
    )
    open_now(foreign_district, title="外区未发布")
    above = open_now(district, title="上级岗位", published=True)
    assert list(published_elsewhere(graduate, clerk)) == [of]
    assert set(published_elsewhere(graduate, grassroots_clerk)) == {of, above}
    page = client_of(clerk).get(reverse("graduate_vacancies", args=[graduate.pk])).content.decode()
    assert "外区岗位" in page
    assert "西山厂" in page
    assert "外区未发布" not in page
    assert reverse("vacancy_detail", args=[of.pk]) not in page
    assert reverse("vacancy_detail", args=[above.pk]) in page


def test_page_lists_the_best_first_and_turns(client_of, clerk, district, monkeypatch):
    monkeypatch.setattr(paging.turn_to, "__defaults__", (2,))
    of = open_now(district, **TERMS)
    for name, wage in (("曾甲", None), ("曾乙", 6000), ("曾丙", 9000)):
        builders.graduate(district, name, **WISHES | {"wished_wage": wage})
    client, address = client_of(clerk), reverse("vacancy_graduates", args=[of.pk])
    first = client.get(address).context
    assert [(match["record"].name, match["score"]) for match in first["matches"]] == [("曾乙", 100), ("曾甲", 90)]
    second = client.get(address + first["pages"]["next"]).context
    assert [(match["record"].name, match["score"]) for match in second["matches"]] == [("曾丙", 80)]
    assert second["page"].total == 3


@pytest.mark.parametrize("name", ["vacancy_graduates", "graduate_vacancies"])
def test_page_asks_as_many_questions_for_three_as_for_one(client_of, clerk, district, name):
    def more():
        open_now(district, published=True)
        return builders.graduate(district)

    graduate = more()
    pk = graduate.pk if name.startswith("graduate") else open_now(district).pk
    client, asked = client_of(clerk), []
    client.get(reverse(name, args=[pk]))
    for _turn in range(3):
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(name, args=[pk]))
        asked.append(len(captured))
        more()
    assert asked[0] == asked[1] == asked[2]


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("passed", ["已推荐，待答复：财务助理"]),
        ("accepted_offer", ["毕业生接受：财务助理"]),
        ("declined_offer", []),
        ("withdrawn_offer", []),
    ],
)
def test_page_tells_what_else_was_passed_to_the_graduate(client_of, clerk, district, state, told):
    seeker, of = builders.graduate(district), open_now(district)
    referral(district, graduate=seeker, vacancy=open_now(district, title="财务助理"), state=state)
    page = client_of(clerk).get(reverse("vacancy_graduates", args=[of.pk])).content.decode()
    assert seeker.name in page
    assert re.findall(r'<div class="form-text">([^<]+：财务助理)</div>', page) == told


def test_pages_are_reached_from_the_records(client_of, clerk, district):
    graduate, of = builders.graduate(district), open_now(district)
    over = vacancy(district)
    client = client_of(clerk)
    for record, name, expected in ((graduate, "graduate", 1), (of, "vacancy", 1), (over, "vacancy", 0)):
        other = {"graduate": "vacancies", "vacancy": "graduates"}[name]
        page = client.get(reverse(f"{name}_detail", args=[record.pk])).content.decode()
        assert page.count(reverse(f"{name}_{other}", args=[record.pk])) == expected
