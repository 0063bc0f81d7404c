"""The reviewer's board: every reporting unit, with how its report stands; more time for one of them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.models import AuditEntry
from portal.workflow import MoveRefused
from reports.board import board, counts_by_state
from reports.enums import ReportState
from reports.models import Report
from reports.reviewing import extend_due_date
from reports.submission import return_report
from tests.reports.submissions import report

DUE = date(2014, 9, 1)


@pytest.fixture
def cast(district, foreign_district, bureau):
    return [district, foreign_district, bureau]


@pytest.fixture
def page(client_of, reviewer, cast, year_2014):
    client = client_of(reviewer)
    return lambda **query: client.get(reverse("review_board"), {"campaign": 2014} | query)


def test_board_has_every_reporting_unit_in_the_official_order(year_2014, cast, grassroots):
    report(year_2014, cast[1], ReportState.ACCEPTED)
    rows = board(year_2014, cast, today=DUE)
    assert [(row.unit, row.state, row.state_label) for row in rows] == [
        (cast[0], "none", "未填报"),
        (cast[1], "accepted", "已接收"),
        (cast[2], "none", "未填报"),
    ]
    assert [count for _state, _label, count in counts_by_state(rows)] == [2, 0, 0, 0, 0, 1]


@pytest.mark.parametrize(("today", "days", "late"), [(DUE, 0, False), (date(2014, 9, 2), -1, True)])
def test_board_counts_the_days_to_the_due_date(year_2014, cast, today, days, late):
    (row,) = board(year_2014, cast[:1], today=today)
    assert (row.days_left, row.is_late) == (days, late)


def test_board_report_handed_in_is_not_late(year_2014, cast):
    report(year_2014, cast[0], ReportState.SUBMITTED)
    (row,) = board(year_2014, cast[:1], today=date(2014, 12, 1))
    assert not row.is_late


def test_board_counts_returns_adjustments_and_soft_findings_of_the_last_submission(year_2014, cast, reviewer):
    of = report(year_2014, cast[0], ReportState.SUBMITTED, adjusted={"aided": (2, "补登"), "paid": (1, "尾差")})
    return_report(of, figures=[], comment="请核对", actor=reviewer)
    quiet = report(year_2014, cast[1], ReportState.SUBMITTED)
    report(year_2014, cast[2], ReportState.SUBMITTED, explanations={"certificates_within_trainings": "补考取得"})
    rows = board(year_2014, cast)
    assert [row.times_returned for row in rows] == [1, 0, 0]
    assert [row.adjustments for row in rows] == [2, 0, 0]
    assert [row.findings for row in rows] == [0, 0, 1]
    assert (rows[0].last_event.actor, rows[0].last_event.move) == (reviewer, "return")
    assert rows[1].report == quiet


def test_board_takes_as_many_queries_for_three_reports_as_for_one(page, year_2014, cast):
    counts = []
    for units in (cast[:1], cast[1:]):
        for unit in units:
            report(year_2014, unit, ReportState.SUBMITTED, aided=3)
        with CaptureQueriesContext(connection) as queries:
            assert page().status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_page_shows_states_with_their_numbers_and_links_what_was_handed_in(page, year_2014, cast):
    of = report(year_2014, cast[1], ReportState.SUBMITTED)
    text = page().content.decode()
    assert all(unit.name in text for unit in cast)
    assert reverse("review_show", args=[of.pk]) in text
    assert text.count("<meter") == 6
    assert "填报单位 3 个" in text


@pytest.mark.parametrize(
    ("query", "shown"), [({"state": "submitted"}, [1]), ({"state": "none"}, [0, 2]), ({"late": "on"}, [0, 2])]
)
def test_page_filters_by_state_and_by_being_late(page, year_2014, cast, query, shown):
    report(year_2014, cast[1], ReportState.SUBMITTED)
    assert [row.unit for row in page(**query).context["rows"]] == [cast[position] for position in shown]


def test_page_before_any_campaign_says_so(client_of, reviewer):
    response = client_of(reviewer).get(reverse("review_board"))
    assert "尚未设立活动年度" in response.content.decode()


@pytest.mark.parametrize("campaign", ["1999", "二〇一四", "99999"])
def test_page_of_a_campaign_that_is_none_is_not_found(page, campaign):
    assert page(campaign=campaign).status_code == 404


def test_extension_moves_the_due_date_of_one_unit_and_is_logged(year_2014, cast, reviewer):
    until = date(2014, 9, 15)
    extended = extend_due_date(year_2014, cast[0], extended_to=until, reason=" 人员调整 ", actor=reviewer)
    rows = board(year_2014, cast, today=date(2014, 9, 10))
    assert [(row.due_on, row.is_late) for row in rows] == [(until, False), (DUE, True), (DUE, True)]
    entry = AuditEntry.objects.get(action="extended")
    assert (entry.actor, entry.union_path) == (reviewer, cast[0].path)
    assert entry.detail == {"before": "2014-09-01", "until": "2014-09-15", "reason": "人员调整"}
    assert extended.history.first().history_user == reviewer


@pytest.mark.parametrize(("until", "reason"), [(DUE, "人员调整"), (date(2014, 9, 15), "  ")])
def test_extension_needs_a_later_day_and_a_reason(year_2014, cast, reviewer, until, reason):
    with pytest.raises(MoveRefused):
        extend_due_date(year_2014, cast[0], extended_to=until, reason=reason, actor=reviewer)
    assert not Report.objects.exists()


def test_extension_is_for_reviewers_and_for_reports_still_owed(year_2014, cast, reviewer, lead):
    day = {"extended_to": date(2014, 9, 15), "reason": "人员调整"}
    with pytest.raises(MoveRefused, match="岗位"):
        extend_due_date(year_2014, cast[0], **day, actor=lead)
    of = report(year_2014, cast[0], ReportState.SUBMITTED)
    with pytest.raises(MoveRefused, match="已报送"):
        extend_due_date(year_2014, cast[0], **day, actor=reviewer)
    of.refresh_from_db()
    assert of.extended_to is None


def test_extension_page_tells_what_is_wrong_and_goes_back_to_the_board(client_of, reviewer, year_2014, cast):
    client, url = client_of(reviewer), reverse("review_extend", args=[2014, cast[0].code])
    refused = client.post(url, {"extended_to": "2014-08-01", "reason": "人员调整"})
    assert "必须晚于报送期限 2014-09-01" in refused.content.decode()
    response = client.post(url, {"extended_to": "2014-09-15", "reason": "人员调整"})
    assert response["Location"] == reverse("review_board") + "?campaign=2014"
    assert Report.objects.get().due_on == date(2014, 9, 15)


def test_extension_of_a_union_that_does_not_report_is_not_found(client_of, reviewer, year_2014, grassroots):
    assert client_of(reviewer).get(reverse("review_extend", args=[2014, grassroots.code])).status_code == 404


def test_board_is_not_for_others(client_of, lead, auditor, year_2014):
    for user in (lead, auditor):
        assert client_of(user).get(reverse("review_board")).status_code == 403
