"""The reviewer's board: every reporting unit, with how its report stands; more time for one of them."""

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from portal.audit import By
from portal.models import Announcement, AuditEntry
from portal.workflow import MoveRefused
from reports.enums import ReportState
from reports.handed_in.drift import drift
from reports.handed_in.submission import return_report
from reports.models import Comment, Reminder, Report
from reports.review.board import board, counts_by_state
from reports.review.reviewing import extend_due_date
from tests.reports import builders as make
from tests.reports.getting_ready import frozen, ready
from tests.reports.submissions import hand_in, report

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
    return_report(of, figures=[], comment="请核对", by=By(reviewer))
    quiet = report(year_2014, cast[1], ReportState.SUBMITTED)
    report(year_2014, cast[2], ReportState.SUBMITTED, explanations={"certificates_within_trainings": "补考取得"})
    rows = board(year_2014, cast)
    assert [row.times_returned for row in rows] == [1, 0, 0]
    assert [row.adjustments for row in rows] == [2, 0, 0]
    assert [row.findings for row in rows] == [0, 0, 1]
    assert (rows[0].last_contact.who, rows[0].last_contact.what) == ("王保障", "已退回")
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
    assert '<rect class="review-fill-submitted" x="2" y="0" width="1" height="1">' in text
    assert "填报单位 3 个" in text


def test_many_units_are_shown_a_page_at_a_time(page, year_2014, cast, monkeypatch):
    monkeypatch.setattr("reports.views.review.board.SHOWN", 2)
    first, second = page(sort="-code"), page(sort="-code", page=2)
    assert [row.unit for row in first.context["rows"]] == [cast[2], cast[1]]
    assert [row.unit for row in second.context["rows"]] == [cast[0]]
    for answer in (first, second):
        assert "共 3 个单位" in answer.text
        assert "催报其中全部逾期单位（3 个）" in answer.text
    assert 'href="?campaign=2014&amp;sort=-code&amp;page=2"' in first.text
    assert 'href="?campaign=2014&amp;sort=code"' in second.text
    assert 'type="hidden" name="page"' not in second.text


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


@pytest.mark.parametrize("turn", [0, 1])
def test_board_counts_what_the_drift_of_each_submission_lists(year_2014, cast, clerk, turn):
    payment = make.payment(cast[turn])
    sent = [frozen(ready(year_2014, unit)) for unit in cast[:2]]
    for submission in sent:
        Report.objects.filter(pk=submission.report_id).update(submission=submission)
    make.change(payment, clerk, amount=Decimal("600.00"))
    make.change(make.event(cast[0]), clerk)
    make.change(make.event(cast[1], held_on=date(2015, 3, 1)), clerk)  # of the next year
    expected = [2, 0] if turn == 0 else [1, 1]
    assert [len(drift(submission)) for submission in sent] == expected
    assert [row.changed for row in board(year_2014, cast)] == [*expected, None]


def test_board_counts_changes_since_the_latest_submission_only(year_2014, cast):
    of = report(year_2014, cast[0], ReportState.SUBMITTED)
    event = make.change(make.event(cast[0]))
    assert board(year_2014, cast)[0].changed == 1
    hand_in(
        of, rows={"events": [{"pk": event.pk, "cells": [event.number, ""], "figures": ["job_events", "event_posts"]}]}
    )
    assert board(year_2014, cast)[0].changed == 0


def test_numbers_of_changed_records_are_kept_until_something_is_written(year_2014, cast, monkeypatch):
    report(year_2014, cast[0], ReportState.SUBMITTED)
    assert [row.changed for row in board(year_2014, cast)] == [0, None, None]
    with monkeypatch.context() as patch:
        patch.setattr("reports.handed_in.drift.differences", lambda _submissions: pytest.fail("counted again"))
        assert [row.changed for row in board(year_2014, cast)] == [0, None, None]
    make.change(make.contribution(cast[0]))
    assert [row.changed for row in board(year_2014, cast)] == [1, None, None]
    report(year_2014, cast[1], ReportState.SUBMITTED)
    assert [row.changed for row in board(year_2014, cast)] == [1, 0, None]


def test_last_contact_is_the_latest_of_move_reminder_and_comment(year_2014, cast, reviewer, clerk):
    of = report(year_2014, cast[0], ReportState.SUBMITTED)
    return_report(of, figures=[], comment="请核对", by=By(reviewer))
    said = []
    for act in (
        lambda: Reminder.objects.create(report=of, text="请报送", sent_by=reviewer),
        lambda: Comment.objects.create(report=of, text="已核对", author=clerk),
    ):
        act()
        contact = board(year_2014, cast)[0].last_contact
        said.append((contact.who, contact.what))
    assert said == [("王保障", "催报"), ("陈经办", "批注")]


def test_report_begun_by_the_department_alone_is_not_begun(clock, client_of, reviewer, clerk, year_2014, cast):
    clock.set(date(2014, 9, 2))
    until = {"extended_to": "2014-09-15", "reason": "人员调整"}
    client_of(reviewer).post(reverse("review_extend", args=[2014, cast[0].code]), until)
    assert board(year_2014, cast)[0].state == "none"
    of = Report.objects.get()
    contact = {"name": "陈经办", "telephone": "021-63211939", "version": of.version}
    client_of(clerk).post(reverse("report_contact", args=[of.pk]), contact)
    assert board(year_2014, cast)[0].state == "draft"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"kind": "bureau"}, [2]),
        ({"mark": "adjustments"}, [0]),
        ({"mark": "findings"}, [1]),
        ({"mark": "changed"}, [1]),
        ({"sort": "-code"}, [2, 1, 0]),
        ({"sort": "-findings"}, [1, 0, 2]),
        ({"sort": "findings"}, [0, 1, 2]),
        ({"sort": "nonsense"}, [0, 1, 2]),
    ],
)
def test_page_filters_and_sorts(page, year_2014, cast, query, shown):
    report(year_2014, cast[0], ReportState.SUBMITTED, adjusted={"aided": (2, "补登")})
    report(year_2014, cast[1], ReportState.SUBMITTED, explanations={"certificates_within_trainings": "补考取得"})
    make.change(make.contribution(cast[1]))
    assert [row.unit for row in page(**query).context["rows"]] == [cast[position] for position in shown]


def test_page_links_changed_records_to_the_drift_of_the_submission(page, year_2014, cast):
    of = report(year_2014, cast[1], ReportState.SUBMITTED)
    make.change(make.contribution(cast[1]))
    text = page().content.decode()
    assert f'<a href="{reverse("submission_drift", args=[of.submission_id])}">1 条' in text


def test_export_is_the_board_as_shown_and_is_logged(client_of, reviewer, year_2014, cast):
    cast[1].name = "=西山区总工会"
    cast[1].save()
    report(year_2014, cast[1], ReportState.SUBMITTED, adjusted={"aided": (2, "补登")})
    url = reverse("review_board_export")
    response = client_of(reviewer).get(url, {"campaign": 2014, "state": "submitted"})
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    rows = list(sheet.values)
    assert len(rows) == 2
    assert dict(zip(rows[0], rows[1], strict=True)) | {"最近联系": None} == {
        "工会编码": "310002",
        "填报单位": "=西山区总工会",
        "状态": "已报送",
        "报送期限": datetime(2014, 9, 1),  # noqa: DTZ001  a cell knows no zone
        "逾期天数": None,
        "退回次数": 0,
        "需说明的核对项": 0,
        "调整": 1,
        "报送后记录变动": 0,
        "最近联系": None,
    }
    assert sheet["B2"].data_type == "s"
    entry = AuditEntry.objects.get(action="exported")
    assert (entry.detail["count"], entry.detail["filters"]) == (1, {"状态": "已报送"})


def test_extension_moves_the_due_date_of_one_unit_and_is_logged(clock, year_2014, cast, reviewer):
    clock.set(date(2014, 9, 2))
    until = date(2014, 9, 15)
    extended = extend_due_date(year_2014, cast[0], extended_to=until, reason=" 人员调整 ", by=By(reviewer))
    rows = board(year_2014, cast, today=date(2014, 9, 10))
    assert [(row.due_on, row.is_late) for row in rows] == [(until, False), (DUE, True), (DUE, True)]
    entry = AuditEntry.objects.get(action="extended")
    assert (entry.actor, entry.union_path) == (reviewer, cast[0].path)
    assert entry.detail == {"before": "2014-09-01", "until": "2014-09-15", "reason": "人员调整"}
    assert extended.history.first().history_user == reviewer
    told = Announcement.objects.get()
    assert (told.union, told.title, told.text) == (cast[0], "2014 年度报表的报送期限改为 2014-09-15", "原因：人员调整")
    assert told.link == reverse("report_show", args=[extended.pk])


@pytest.mark.parametrize(
    ("until", "reason"), [(DUE, "人员调整"), (date(2014, 9, 9), "人员调整"), (date(2014, 9, 15), "  ")]
)
def test_extension_needs_a_later_day_that_has_not_passed_and_a_reason(clock, year_2014, cast, reviewer, until, reason):
    clock.set(date(2014, 9, 10))
    with pytest.raises(MoveRefused):
        extend_due_date(year_2014, cast[0], extended_to=until, reason=reason, by=By(reviewer))
    assert not Report.objects.exists()


def test_extension_is_for_reviewers_and_for_reports_still_owed(clock, year_2014, cast, reviewer, lead):
    clock.set(date(2014, 9, 2))
    day = {"extended_to": date(2014, 9, 15), "reason": "人员调整"}
    with pytest.raises(MoveRefused, match="岗位"):
        extend_due_date(year_2014, cast[0], **day, by=By(lead))
    of = report(year_2014, cast[0], ReportState.SUBMITTED)
    with pytest.raises(MoveRefused, match="已报送"):
        extend_due_date(year_2014, cast[0], **day, by=By(reviewer))
    of.refresh_from_db()
    assert of.extended_to is None


def test_extension_page_tells_what_is_wrong_and_goes_back_to_the_board(clock, client_of, reviewer, year_2014, cast):
    clock.set(date(2014, 9, 2))
    client, url = client_of(reviewer), reverse("review_extend", args=[2014, cast[0].code])
    refused = client.post(url, {"extended_to": "2014-08-01", "reason": "人员调整"})
    assert "延期后的日期必须晚于报送期限 2014-09-01。" in refused.content.decode()
    response = client.post(url, {"extended_to": "2014-09-15", "reason": "人员调整"})
    assert response["Location"] == reverse("review_board") + "?campaign=2014"
    assert Report.objects.get().due_on == date(2014, 9, 15)


def test_extension_of_a_union_that_does_not_report_is_not_found(client_of, reviewer, year_2014, grassroots):
    assert client_of(reviewer).get(reverse("review_extend", args=[2014, grassroots.code])).status_code == 404


def test_board_is_not_for_others(client_of, lead, auditor, year_2014):
    for user in (lead, auditor):
        assert client_of(user).get(reverse("review_board")).status_code == 403
