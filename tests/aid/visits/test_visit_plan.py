"""The plan of July and August: who is due, who was visited, by whom, and how far each union is."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from aid.enums import CaseState
from aid.models import Child, PracticePlacement
from aid.todos import families
from aid.views import visit_forms
from portal.models import AuditEntry
from portal.records.lists import paging
from reports.checks.records import UNVISITED
from reports.figures.registry import Window
from tests import builders
from tests.aid.cases import versioned
from tests.aid.visiting import aided, call
from tests.reports import builders as make

pytestmark = pytest.mark.django_db

DAYS = {
    "三十": date(2014, 6, 30),
    "七一": date(2014, 7, 1),
    "八底": date(2014, 8, 31),
    "九一": date(2014, 9, 1),
    "去年": date(2013, 7, 15),
}


def plan(client, **asked):
    answer = client.get(reverse("visitplan"), {"campaign": 2014} | asked)
    assert answer.status_code == 200
    return answer.context


def names(context) -> list[str]:
    return [row["cells"][0].text for row in context["rows"]]


def numbers(context) -> list[int]:
    """To visit, due, reached at the door, by a call alone."""
    return [number for _words, number, _url in context["counts"]]


@pytest.fixture
def season(grassroots, sibling, campaign):
    """Seven aided children: five visited on the days above, one through the worker, one by a call."""
    for name, day in DAYS.items():
        builders.visit(grassroots, person=aided(grassroots, name=f"曾{name}").person, visited_on=day)
    home = builders.household(sibling)
    aided(sibling, home, name="曾职工", school="第二中学")
    builders.visit(sibling, person=home.worker, visited_on=date(2014, 8, 10))
    call(sibling, person=aided(sibling, name="曾电话").person, visited_on=date(2014, 7, 15))
    aided(sibling, name="曾撤回").child.cases.update(status=CaseState.WITHDRAWN)


def test_plan_counts_from_the_first_of_july_to_the_last_of_august(client_of, clerk, season):
    client = client_of(clerk)
    context = plan(client)
    assert numbers(context) == [7, 3, 3, 1]
    assert names(plan(client, state="due")) == ["曾三十", "曾九一", "曾去年"]
    assert names(plan(client, state="door")) == ["曾七一", "曾八底", "曾职工"]
    assert names(plan(client, state="call")) == ["曾电话"]


def test_plan_and_check_of_the_report_find_the_same_people(client_of, clerk, season, campaign):
    campaign.refresh_from_db()
    unvisited = UNVISITED.conditions[0].holds(Window.of(campaign))
    found = campaign.cases.filter(unvisited, status=CaseState.APPROVED).values_list("child__name", flat=True)
    assert sorted(found) == sorted(names(plan(client_of(clerk), state="due"))) == sorted(["曾三十", "曾九一", "曾去年"])


def test_plan_shows_coverage_of_each_union_right_below(client_of, clerk, season):
    rows = {name: (c.people, c.reached, c.door, c.share) for name, c, _url in plan(client_of(clerk))["units"]}
    assert rows == {"东湖纺织厂工会": (5, 2, 2, 40), "东湖机床厂工会": (2, 2, 1, 100)}


def test_plan_is_narrowed_by_street_and_school(client_of, clerk, season, sibling):
    client = client_of(clerk)
    assert names(plan(client, union=sibling.code)) == ["曾职工", "曾电话"]
    assert names(plan(client, school="第二")) == ["曾职工"]
    assert numbers(plan(client, union=sibling.code)) == [2, 0, 1, 1]


def test_child_that_moved_away_is_counted_apart_and_tells_nothing(client_of, clerk, district, foreign_district, season):
    """The case stays with the union that handled it; nobody there can visit, and nothing of the family is told."""
    there = builders.household(foreign_district)
    moved = builders.child(foreign_district, "曾搬家", household=there, school="西山中学")
    versioned(make.case(district, child=moved))
    client = client_of(clerk)
    answer = client.get(reverse("visitplan"), {"campaign": 2014})
    assert answer.context["moved"] == 1
    assert "另有 1 人的档案已转出" in answer.text
    assert numbers(answer.context) == [7, 3, 3, 1]
    assert sum(covered.people for _name, covered, _url in answer.context["units"]) == 7
    assert len(names(answer.context)) == answer.context["page"].total == 7
    assert "（不在本单位）" not in answer.text
    assert plan(client, school="西山")["rows"] == []
    page = client.post(f"{reverse('visitplan_route')}?campaign=2014&state=due", {"reason": "visit"})
    assert page.context["count"] == 3
    assert not [told for told in ("曾搬家", "西山中学", "（不在本单位）") if told in page.text]


def test_family_that_moved_within_the_unit_is_due_there(
    client_of, clerk, grassroots_clerk, grassroots, sibling, campaign
):
    versioned(aided(grassroots, builders.household(sibling), name="曾换厂"))
    assert (names(plan(client_of(clerk))), plan(client_of(clerk))["moved"]) == (["曾换厂"], 0)
    below = plan(client_of(grassroots_clerk))
    assert (names(below), below["moved"]) == ([], 1)


def test_plan_says_nothing_of_files_that_moved_where_none_did(client_of, clerk, season):
    answer = client_of(clerk).get(reverse("visitplan"), {"campaign": 2014})
    assert answer.context["moved"] == 0
    assert "档案已转出" not in answer.text


def test_moved_children_are_counted_under_the_union_chosen(
    client_of, clerk, foreign_district, season, grassroots, sibling
):
    versioned(make.case(sibling, child=builders.child(foreign_district)))
    client = client_of(clerk)
    assert [plan(client, union=union.code)["moved"] for union in (sibling, grassroots)] == [1, 0]
    graduate = builders.graduate(foreign_district, registered_on=date(2014, 7, 1))
    graduate.place_in(grassroots)
    graduate.save()
    assert (names(plan(client, group="graduates")), plan(client, group="graduates")["moved"]) == ([], 1)


def test_plan_stays_within_scope_and_refuses_a_street_outside(client_of, foreign_clerk, season, sibling):
    client = client_of(foreign_clerk)
    assert numbers(plan(client)) == [0, 0, 0, 0]
    assert client.get(reverse("visitplan"), {"campaign": 2014, "union": sibling.code}).status_code == 400


def test_plan_has_students_on_practice_and_tracked_graduates(client_of, clerk, district, campaign):
    student = builders.child(district, "曾实践")
    post = make.practice_post(district)
    for serial, day in enumerate((date(2014, 1, 20), date(2014, 7, 5))):
        placed = PracticePlacement(post=post, child=student, number=f"B{serial}", starts_on=day, ends_on=day)
        placed.place_in(district)
        placed.save()
    builders.graduate(district, "曾毕业", registered_on=date(2014, 8, 31))
    builders.graduate(district, "曾太晚", registered_on=date(2014, 9, 1))
    builders.graduate(district, "曾结束", registered_on=date(2013, 1, 1), closed_on=date(2013, 12, 31))
    client = client_of(clerk)
    assert names(plan(client, group="practice")) == ["曾实践"]
    assert names(plan(client, group="graduates")) == ["曾毕业"]
    assert client.get(reverse("visitplan"), {"campaign": 2014, "group": "others"}).status_code == 404


def test_plan_is_paged_at_the_same_number_of_queries(client_of, clerk, district, campaign, monkeypatch):
    monkeypatch.setattr(paging.turn_to, "__defaults__", (2,))
    client = client_of(clerk)
    asked = []
    for name in ("曾一", "曾二", "曾三"):
        aided(district, name=name)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            context = plan(client)
        asked.append(len(captured))
    assert asked[0] == asked[1] == asked[2]
    assert names(context) == ["曾一", "曾二"]
    second = client.get(context["pages"]["next"])
    assert names(second.context) == ["曾三"]


def test_route_list_tells_addresses_by_street_for_a_reason_that_is_logged(client_of, clerk, season, grassroots):
    client, address = client_of(clerk), f"{reverse('visitplan_route')}?campaign=2014&state=due"
    assert builders.ADDRESS not in client.get(f"{reverse('visitplan')}?campaign=2014").content.decode()
    assert client.post(address, {"reason": ""}).status_code == 302
    assert not AuditEntry.objects.filter(action="revealed").exists()
    answer = client.post(address, {"reason": "visit"})
    page = answer.content.decode()
    assert (page.count(builders.ADDRESS), page.count(f">{builders.TELEPHONE}<")) == (3, 3)
    assert page.count(f'href="tel:{builders.TELEPHONE}"') == 3
    stops = [stop for street in answer.context["streets"].values() for stop in street]
    assert [client.get(stop["visit_url"]).status_code for stop in stops] == [200] * 3
    assert list(answer.context["streets"]) == [grassroots.name]
    row = AuditEntry.objects.get(action="revealed")
    assert (row.detail["reason"], row.detail["count"], len(row.detail["households"])) == ("走访", 3, 3)
    assert builders.ADDRESS not in str(row.detail)


def test_visit_forms_of_the_plan_are_one_for_each_family_of_its_list(client_of, clerk, season, grassroots, monkeypatch):
    home = builders.household(grassroots)
    for name in ("曾大", "曾小"):
        aided(grassroots, home, name=name)
    client, address = client_of(clerk), f"{reverse('visitplan_forms')}?campaign=2014&state=due"
    page = client.get(address, follow=True)
    assert page.redirect_chain[0][0].startswith(reverse("household_visit_form_many"))
    assert [page.text.count(f"档案编号：{number}") for number in _due_numbers()] == [1] * 4
    assert builders.ADDRESS not in page.text
    monkeypatch.setattr(visit_forms, "MOST", 3)
    assert "一次最多打印 3 户" in client.get(address, follow=True).text
    assert "没有符合条件的走访对象" in client.get(f"{address}&school=无此学校", follow=True).text


def _due_numbers() -> list[str]:
    due = ("曾三十", "曾九一", "曾去年", "曾大")
    return list(Child.objects.filter(name__in=due).values_list("household__number", flat=True))


def test_plan_is_exported_as_shown_and_logged(client_of, clerk, lead, season):
    address = f"{reverse('visitplan_export')}?campaign=2014&state=due"
    answer = client_of(clerk).get(address)
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert [(row[0], row[-1]) for row in rows[1:]] == [(f"曾{name}", "未走访") for name in ("三十", "九一", "去年")]
    row = AuditEntry.objects.get(action="exported")
    assert (row.actor, row.detail["count"]) == (clerk, 3)


def test_home_counts_who_is_due_in_july_and_august_only(client_of, clerk, season, monkeypatch):
    for today, expected in (
        (date(2014, 6, 30), 0),
        (date(2014, 7, 1), 3),
        (date(2014, 8, 31), 3),
        (date(2014, 9, 1), 0),
    ):
        monkeypatch.setattr("aid.visits.plan.localdate", lambda today=today: today)
        assert families.due_now(clerk).count() == expected, today
    monkeypatch.setattr("aid.todos.families.localdate", lambda: date(2014, 7, 1))
    assert client_of(clerk).get(families.this_summer("due")).context["page"].total == 3
