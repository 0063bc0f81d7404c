from datetime import date

import pytest
from django.urls import reverse

from aid.casework.moving import Why, move_case
from aid.models import AidCase
from portal.access import Permission
from portal.audit import By
from portal.desk.todos import all_todos, most_urgent, waiting_for
from portal.models import Campaign
from portal.web.navigation import items_for
from tests.aid import cases as casework
from tests.builders import one_of_each
from tests.factories import UserFactory


def test_home_greets_with_name_role_and_union(client_of, clerk):
    page = client_of(clerk).get("/").text
    assert "陈经办，您好" in page
    assert "经办人 · 东湖区总工会" in page


def test_menu_of_administrators_has_no_records(admin, security):
    items = [*items_for(admin), *items_for(security)]
    assert not any(item.permission is Permission.VIEW_RECORDS for item in items)


def test_menu_marks_the_page_that_is_open_and_its_area(client_of, clerk):
    page = client_of(clerk).get("/unions/").text
    assert '<a href="/unions/" aria-current="page">' in page
    assert '<a href="/areas/families/" aria-current="true">' in page


# Queries of the page, the session's and the person's among them, while nobody in the unit writes.
ASKED = {"clerk": 12, "lead": 14, "reviewer": 22, "auditor": 22, "admin": 20, "security": 18}
COUNTING = 50  # more, of who opens it first after somebody did


@pytest.mark.parametrize("role", list(ASKED))
def test_first_page_asks_few_queries_and_no_more_with_more_records(
    request, client_of, district, foreign_district, django_assert_max_num_queries, role
):
    client, asked = client_of(request.getfixturevalue(role)), []
    for unions in ((district,), (district, district, foreign_district)):
        for union in unions:
            one_of_each(union)
            casework.on_notice(union)
        with django_assert_max_num_queries(ASKED[role] + COUNTING):
            client.get("/")
        with django_assert_max_num_queries(ASKED[role]) as found:
            client.get("/")
        asked.append(len(found))
    assert asked[1] <= asked[0] + 1  # what became urgent may be asked for the one that waits longest


def test_what_is_urgent_says_what_to_do_and_who_waits_longest(client_of, lead, district):
    later, first = casework.on_notice(district), casework.on_notice(district)
    AidCase.objects.filter(pk=first.pk).update(notice_from="2014-03-01", notice_to="2014-03-10")
    (item,) = client_of(lead).get("/").context["urgent"]
    assert item.act == "审批 2 份助学申请"
    assert item.first.url == reverse("aidcase_detail", args=[first.pk])
    assert later.pk != first.pk


def test_three_things_are_urgent_at_most_and_all_wait_by_area(client_of, clerk, district):
    for _turn in range(2):
        case = casework.answered(casework.case(district, "submitted"))
        move_case(case, "return", by=By(UserFactory(role="lead", union=district)), why=Why("incomplete"))
    context = client_of(clerk).get("/").context
    assert [item.act for item in context["urgent"]] == ["修改被退回的 2 份申请，再提交"]
    groups = {str(group.label): [str(line.label) for line in group.lines] for group in context["waits"]}
    assert "被退回修改的助学申请" in groups["金秋助学"]
    assert len(most_urgent([waiting_for(clerk)[0]] * 5)) == 3


def test_who_decides_and_who_watches_sees_where_the_work_stands(client_of, clerk, lead, reviewer, auditor, district):
    Campaign.objects.open(casework.YEAR)
    casework.on_notice(district)
    told = {}
    for user in (clerk, lead, reviewer, auditor):
        cards = client_of(user).get("/").context["below_cards"]
        told[user.role] = [
            {str(step.label): step.count for step in way.steps if step.count}
            for card in cards
            for way in card.data.get("ways", ())
        ]
    assert told == {"clerk": [], **{key: [{"待审批": 1}] for key in ("lead", "reviewer", "auditor")}}


def test_year_has_the_day_on_which_school_begins(client_of, lead):
    Campaign.objects.open(casework.YEAR)
    days = {str(day.label): day.on for day in client_of(lead).get("/").context["season"].days}
    assert days["开学"] == date(casework.YEAR, 9, 1)


def test_every_question_that_is_urgent_says_what_to_do():
    assert [str(todo.label) for todo in all_todos() if todo.urgent and not todo.act] == []


def test_every_question_belongs_to_an_area_of_those_who_are_asked(
    clerk, lead, reviewer, auditor, admin, security, district
):
    one_of_each(district)
    for user in (clerk, lead, reviewer, auditor, admin, security):
        assert [str(item.label) for item in waiting_for(user) if not item.area] == []
