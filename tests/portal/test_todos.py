"""The home page says what waits for whom; each number opens the list that it counts."""

import datetime

import pytest
from django.urls import reverse

from portal.models import Campaign
from portal.todos import all_todos, waiting_for
from reports import todos
from reports.enums import ReportState
from tests.builders import one_of_each
from tests.reports import builders as make
from tests.reports.submissions import report

DAY = datetime.date(2014, 10, 1)


@pytest.fixture
def campaign(year_2014, monkeypatch):
    """Today is in the campaign, after its due date."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: DAY)
    return year_2014


@pytest.fixture
def year_2014(db) -> Campaign:
    return make.campaign()


def waiting(user) -> dict[str, int]:
    return {str(item.label): item.count for item in waiting_for(user)}


def test_clerk_sees_what_the_own_unit_owes(campaign, clerk, foreign_district):
    report(campaign, foreign_district, ReportState.RETURNED)
    assert waiting(clerk) == {"未报送的报表": 1}


def test_returned_report_comes_first_and_opens(campaign, client_of, clerk, district):
    returned = report(campaign, district, ReportState.RETURNED)
    make.household(district)
    first = waiting_for(clerk)[0]
    assert (first.count, first.url, first.urgent) == (1, reverse("report_show", args=[returned.pk]), True)
    assert client_of(clerk).get(first.url).status_code == 200


def test_what_was_handed_in_is_owed_no_more(campaign, clerk, district):
    report(campaign, district, ReportState.SUBMITTED)
    assert waiting(clerk) == {}


def test_reviewer_sees_the_city(campaign, reviewer, district, foreign_district, bureau):
    report(campaign, district, ReportState.SUBMITTED)
    report(campaign, foreign_district, ReportState.RETURNED)
    assert waiting(reviewer) == {"已报送、待审核的单位": 1, "逾期未报的单位": 2}


def test_unit_with_a_later_due_date_is_not_late_yet(campaign, reviewer, district):
    own = report(campaign, district)
    own.extended_to = DAY
    own.save()
    assert todos.late(reviewer) == 0


@pytest.mark.parametrize("state", ["submitted", "under_review"])
def test_number_of_the_reviewer_is_that_of_the_board(campaign, client_of, reviewer, district, foreign_district, state):
    report(campaign, district, ReportState(state))
    page = client_of(reviewer).get(next(item.url for item in waiting_for(reviewer) if state in item.url))
    assert len(page.context["rows"]) == 1


def test_late_units_are_those_of_the_board(campaign, client_of, reviewer, district, foreign_district):
    report(campaign, district, ReportState.SUBMITTED)
    page = client_of(reviewer).get(next(item.url for item in waiting_for(reviewer) if "late" in item.url))
    assert [row.unit for row in page.context["rows"]] == [foreign_district]


def test_files_that_wait_are_counted_within_the_scope_and_open_their_list(client_of, clerk, district, foreign_district):
    for union in (district, foreign_district, foreign_district):
        make.household(union)
    found = {item.url: item.count for item in waiting_for(clerk)}
    url = f"{reverse('household_list')}?todo=never_aided"
    assert found[url] == 1
    assert len(client_of(clerk).get(url).context["table"].rows) == 1


@pytest.mark.parametrize("role", ["clerk", "lead", "reviewer"])
def test_every_number_is_that_of_the_list_it_opens(request, client_of, district, foreign_district, role):
    user = request.getfixturevalue(role)
    for union in (district, foreign_district, district):
        one_of_each(union)
    client, counted = client_of(user), waiting_for(user)
    for item in counted:
        if not item.url.startswith("/reports/"):
            shown = client.get(item.url).context
            rows = shown["table"].rows if "table" in shown else shown["rows"]
            assert (item.label, len(rows)) == (item.label, item.count)
    assert counted or role != "clerk"


def test_home_says_when_nothing_waits(client_of, auditor):
    assert "现在没有等您办理的事。" in client_of(auditor).get("/").text


def test_every_question_has_words_of_its_own():
    words = [str(todo.label) for todo in all_todos()]
    assert len(set(words)) == len(words) > 0


def test_record_opened_last_stands_first_and_only_within_the_scope(client_of, clerk, district, foreign_district):
    mine, other = make.household(district), make.household(district)
    client = client_of(clerk)
    for record in (mine, other, mine):
        client.get(reverse("household_detail", args=[record.pk]))
    assert [item.caption for item in client.get("/").context["recent"]] == [
        f"{record.number} {record.worker_name}" for record in (mine, other)
    ]
    other.place_in(foreign_district)
    other.save()
    assert [item.url for item in client.get("/").context["recent"]] == [reverse("household_detail", args=[mine.pk])]
