"""What goes out: figures and reports as the pages show them, vacancies as the open feed does."""

import json
from datetime import date

import pytest

from employment.matching.feed import feed_page
from portal.audit import By
from reports.handed_in.submission import submit_report
from reports.models import FrozenFigure, Report
from reports.render.filled import Filled
from reports.render.json import union_json
from tests.employment.builders import vacancy
from tests.portal.api.calling import Outside
from tests.reports import builders as make
from tests.reports.getting_ready import ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def outside(district, grassroots, admin):
    return Outside(district, admin)


def test_figures_are_those_of_the_page(outside, campaign, district, grassroots):
    make.child(grassroots, household=make.household(grassroots))
    make.child(district, household=make.household(district))
    for union, query in ((district, {}), (grassroots, {"unit": grassroots.code})):
        answer = outside.get("figures", {"year": 2014, **query}).json()
        filled = Filled.live(campaign, union)
        assert answer["figures"] == json.loads(union_json(filled.values, filled.figures))
        assert (answer["union"], answer["cut_off"]) == (union.code, str(filled.cut_off))
    assert outside.get("figures", {"year": 2014, "as_of": "2014-03-01"}).json()["cut_off"] == "2014-03-01"


def test_figures_of_others_and_of_no_year(outside, campaign, foreign_district, city):
    for code in (foreign_district.code, city.code, "1"):
        assert outside.get("figures", {"year": 2014, "unit": code}).status_code == 404
    assert outside.get("figures", {"year": 2013}).status_code == 404
    for wrong in ({}, {"year": "x"}, {"year": 14}, {"year": "9" * 30}, {"year": 2014, "as_of": "x"}):
        assert outside.get("figures", wrong).status_code == 422


def test_reports(outside, campaign, district, lead, foreign_district, admin):
    draft = ready(campaign, district)
    shown = outside.get(f"reports/{draft.pk}").json()
    assert (shown["state"], shown["submitted_at"], shown["figures"]) == ("draft", None, {})
    submission = submit_report(draft, by=By(lead))
    (listed,) = outside.get("reports", {"year": 2014}).json()["records"]
    assert (listed["state"], listed["state_words"], listed["code"]) == ("submitted", "已报送", submission.code)
    whole = outside.get(f"reports/{draft.pk}").json()
    assert {name: whole[name] for name in listed} == listed
    frozen = {figure.slug: figure.reported for figure in FrozenFigure.objects.all()}
    assert whole["figures"].keys() == frozen.keys()
    assert {slug: float(text.replace(",", "")) for slug, text in whole["figures"].items()} == {
        slug: float(value) for slug, value in frozen.items()
    }
    assert outside.get("reports", {"year": 2013}).json()["records"] == []
    stranger = Outside(foreign_district, admin)
    assert stranger.get("reports").json()["records"] == []
    assert stranger.get(f"reports/{draft.pk}").status_code == 404
    assert Report.objects.count() == 1


def test_vacancies_are_those_of_the_feed_in_scope(outside, district, foreign_district):
    opened = {"published": True, "closes_on": date(2099, 1, 1)}
    own, other = vacancy(district, **opened), vacancy(foreign_district, **opened)
    vacancy(district, published=False)
    everywhere = {row["id"]: row for row in feed_page().rows}
    assert set(everywhere) == {own.pk, other.pk}
    assert outside.get("vacancies").json() == {"records": [everywhere[own.pk]], "after": None}
