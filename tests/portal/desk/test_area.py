"""The page of an area draws the way of the work: every step's number is that of the list it opens."""

import datetime

import pytest
from django.urls import reverse

from aid.enums import CaseState
from aid.models import AidCase
from aid.workflow import AID_CASE_WORKFLOW
from portal.desk.ways import all_ways, ways_of
from portal.enums import Role
from portal.models import Campaign
from portal.web.navigation import AID, areas_of
from reports.workflow import REPORT_WORKFLOW
from tests.aid import cases as casework
from tests.builders import one_of_each
from tests.reports import builders as make

DAY = datetime.date(2014, 10, 1)
FEW = 25  # queries of a page, the session's and the person's among them


@pytest.fixture
def this_year(db, monkeypatch) -> Campaign:
    """The campaign of 2014 is the one that runs."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: DAY)
    return make.campaign()


def rows_of(client, url: str) -> int:
    """How many rows the list at `url` has."""
    context = client.get(url).context
    if "listing" in context:
        return context["listing"].page.total
    return context["page"].total if url.startswith("/visit-plan/") else len(context["rows"])


LISTS_OF_ALL = ("/unions/", "/reports/")  # which show more than one step counts


@pytest.mark.parametrize("role", ["clerk", "lead", "reviewer", "auditor", "security"])
def test_every_step_opens_as_many_rows_as_it_counts(request, client_of, this_year, district, foreign_district, role):
    user = request.getfixturevalue(role)
    for union in (district, foreign_district, district):
        one_of_each(union)
    casework.on_notice(district)
    client, seen = client_of(user), 0
    for area in areas_of(Role(role))[1:]:
        for way in client.get(area.url).context["ways"]:
            for step in way.steps:
                if not step.url.startswith(LISTS_OF_ALL):
                    assert (str(step.label), rows_of(client, step.url)) == (str(step.label), step.count)
                    seen += step.count
    assert seen


def test_way_of_a_case_is_read_from_its_workflow():
    on_the_way = ["draft", "submitted", "checked", "on_notice", "approved", "followed_up", "closed"]
    assert [state for state in AID_CASE_WORKFLOW.way if state in on_the_way] == on_the_way
    assert not {CaseState.REJECTED, CaseState.WITHDRAWN} & set(AID_CASE_WORKFLOW.way)
    assert REPORT_WORKFLOW.way == ("draft", "submitted", "under_review", "accepted")


def test_every_case_under_way_stands_at_one_step(this_year, clerk, district):
    states = ["draft", "submitted", "checked", "approved", "followed_up"]
    cases = [casework.on_notice(district), *(casework.case(district, state) for state in states)]
    assert {case.campaign_id for case in AidCase.objects.all()} == {this_year.pk}
    (way,) = ways_of(AID.slugs, clerk)
    assert sum(step.count for step in way.steps) == len(cases)
    counts = {str(step.label): step.count for step in way.steps}
    expected = dict.fromkeys(("草稿", "待初审", "待公示", "待审批", "待发放", "已回访"), 1)
    expected |= dict.fromkeys(("公示中", "待回访", "已结案"), 0)
    assert expected.items() <= counts.items()


def test_a_campaign_without_a_check_has_no_step_for_it(this_year, clerk, district):
    this_year.check_first = False
    this_year.save()
    casework.case(district, "submitted")
    (way,) = ways_of(AID.slugs, clerk)
    counts = {str(step.label): step.count for step in way.steps}
    assert (counts["待公示"], "待初审" in counts) == (1, False)


def test_who_has_to_act_is_told_at_the_step(this_year, clerk, lead, district):
    casework.on_notice(district)
    marked = {
        user.role: {str(step.label) for way in ways_of(AID.slugs, user) for step in way.steps if step.is_next}
        for user in (clerk, lead)
    }
    assert "待审批" in marked["lead"]
    assert "待初审" in marked["lead"]
    assert not {"草稿", "待公示"} & marked["lead"]
    assert {"草稿", "待公示", "待回访"} <= marked["clerk"]
    assert not {"待初审", "待审批"} & marked["clerk"]


def test_every_way_belongs_to_an_area_of_those_who_may_see_it():
    slugs = {area.slug for role in Role for area in areas_of(role)}
    assert {way.area for way in all_ways()} <= slugs


@pytest.mark.parametrize("role", ["clerk", "lead", "reviewer", "auditor", "admin", "security"])
def test_page_of_an_area_asks_few_queries(request, client_of, this_year, district, django_assert_max_num_queries, role):
    one_of_each(district)
    client = client_of(request.getfixturevalue(role))
    for area in areas_of(Role(role))[1:]:
        client.get(area.url)  # what waits is kept from then on
        with django_assert_max_num_queries(FEW):
            client.get(area.url)


def test_area_that_the_role_does_not_have_is_not_there(client_of, clerk, admin):
    assert client_of(clerk).get(reverse("area", args=["review"])).status_code == 404
    assert client_of(admin).get(reverse("area", args=["aid"])).status_code == 404
    assert client_of(clerk).get(reverse("area", args=["home"])).status_code == 404
