"""Reminders: units that owe their report are told in the portal and by e-mail, once."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.audit import By
from portal.enums import Role
from portal.models import Announcement, AuditEntry
from portal.workflow import MoveRefused
from reports.enums import ReportState
from reports.models import Reminder, Report
from reports.review.board import board
from reports.review.reminding import SAME_WITHIN, remind
from tests.factories import UserFactory
from tests.reports.submissions import report

TEXT = "请于本周内报送。"
SITE = "https://portal.example"


@pytest.fixture
def cast(district, foreign_district, bureau):
    return [district, foreign_district, bureau]


@pytest.fixture
def people(cast, grassroots):
    """Whom the e-mails must and must not reach."""
    for email, union, role, active in (
        ("clerk@east.example", cast[0], Role.CLERK, True),
        ("lead@east.example", cast[0], Role.LEAD, True),
        ("gone@east.example", cast[0], Role.CLERK, False),
        ("below@east.example", grassroots, Role.CLERK, True),
        ("clerk@west.example", cast[1], Role.CLERK, True),
        ("", cast[1], Role.LEAD, True),
    ):
        UserFactory(email=email, union=union, role=role, is_active=active)


@pytest.fixture
def send(year_2014, reviewer, django_capture_on_commit_callbacks):
    def to(*units, text=TEXT, actor=reviewer):
        with django_capture_on_commit_callbacks(execute=True):
            return remind(year_2014, units, text=text, site=SITE, by=By(actor))

    return to


def test_reminder_reaches_the_people_of_the_unit_in_the_portal_and_by_email(
    send, people, cast, reviewer, client_of, clerk
):
    outcome = send(*cast[:2])
    assert (outcome.units, outcome.sent, outcome.failed) == (cast[:2], 3, 0)
    assert [letter.to for letter in mail.outbox] == [
        ["clerk@east.example"],
        ["lead@east.example"],
        ["clerk@west.example"],
    ]
    of = Report.objects.get(union=cast[0])
    link = reverse("report_show", args=[of.pk])
    assert mail.outbox[0].subject == "请报送2014年度报表"
    assert mail.outbox[0].body == (f"东湖区总工会：\n\n{TEXT}\n\n贵单位的报送期限：2014-09-01\n\n办理：{SITE}{link}")
    assert [(made.report.union, made.emails, made.sent_by, made.text) for made in Reminder.objects.order_by("id")] == [
        (cast[0], 2, reviewer, TEXT),
        (cast[1], 1, reviewer, TEXT),
    ]
    page = client_of(clerk).get("/").text
    assert TEXT in page
    assert f'<a href="{link}">前往办理</a>' in page
    entries = AuditEntry.objects.filter(action="reminded").order_by("id")
    assert [(entry.actor, entry.union_path, entry.detail) for entry in entries] == [
        (reviewer, cast[0].path, {"emails": 2}),
        (reviewer, cast[1].path, {"emails": 1}),
    ]


def test_reminder_names_the_later_due_date_of_the_unit(send, people, year_2014, cast):
    of = report(year_2014, cast[1])
    of.extended_to = year_2014.due_on + timedelta(days=14)
    of.save()
    send(cast[1])
    assert "贵单位的报送期限：2014-09-15" in mail.outbox[0].body
    assert Announcement.objects.get().text == f"{TEXT}\n贵单位的报送期限：2014-09-15"


def test_reminder_begins_a_report_that_counts_as_not_begun(send, year_2014, cast, reviewer):
    send(cast[0])
    (row,) = board(year_2014, cast[:1])
    assert (row.state, row.report.state, row.last_contact.what) == ("none", "draft", "催报")
    assert row.report.history.get().history_user == reviewer


def test_only_units_that_owe_are_reminded_the_others_with_the_reason(send, people, year_2014, cast):
    report(year_2014, cast[0], ReportState.SUBMITTED)
    report(year_2014, cast[1], ReportState.RETURNED)
    outcome = send(*cast[:2])
    assert outcome.units == [cast[1]]
    assert outcome.refused == [(cast[0], "报表现在的状态是“已报送”，不需要催报")]
    assert Announcement.objects.get().union == cast[1]
    assert AuditEntry.objects.filter(action="reminded").count() == 1


def test_same_words_within_the_hour_are_sent_once(send, people, cast, monkeypatch):
    send(cast[0])
    again = send(*cast[:2])
    assert again.units == [cast[1]]
    assert again.refused == [(cast[0], "1 小时内已发过同样内容的催报")]
    assert (Reminder.objects.count(), Announcement.objects.count(), len(mail.outbox)) == (2, 2, 3)
    assert send(cast[0], text="最后一次提醒。").units == [cast[0]]
    later = timezone.now() + SAME_WITHIN
    monkeypatch.setattr("reports.review.reminding.timezone.now", lambda: later)
    assert send(cast[0]).units == [cast[0]]


class Failing(EmailBackend):
    """Refuses one address, or dies at once."""

    refused, dead = "clerk@east.example", False

    def send_messages(self, messages):
        if self.dead:
            raise ConnectionRefusedError
        if messages[0].to == [self.refused]:
            raise SMTPRecipientsRefused({})
        return super().send_messages(messages)


@pytest.mark.parametrize(("dead", "failed", "arrived"), [(False, 1, 2), (True, 3, 0)])
def test_failing_email_keeps_the_announcements_and_is_counted(
    send, people, cast, monkeypatch, caplog, dead, failed, arrived
):
    monkeypatch.setattr("reports.review.reminding.get_connection", Failing)
    monkeypatch.setattr(Failing, "dead", dead)
    outcome = send(*cast[:2])
    assert (outcome.failed, outcome.sent, len(mail.outbox)) == (failed, arrived, arrived)
    assert (Announcement.objects.count(), Reminder.objects.count()) == (2, 2)
    assert "example" not in caplog.text


def test_email_waits_for_the_transaction(year_2014, people, cast, reviewer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        remind(year_2014, cast[:1], text=TEXT, site=SITE, by=By(reviewer))
    assert (len(callbacks), mail.outbox) == (1, [])


@pytest.mark.parametrize("text", ["  ", "字" * 501, "证件 11010119900101 1007", "卡号６２２２０２００００００００００"])
def test_text_that_is_empty_too_long_or_holds_a_long_number_is_refused(send, cast, text):
    with pytest.raises(ValidationError):
        send(cast[0], text=text)
    assert not Report.objects.exists()


def test_reminders_are_for_reviewers(send, cast, lead, auditor):
    for actor in (lead, auditor):
        with pytest.raises(MoveRefused, match="岗位"):
            send(cast[0], actor=actor)


def test_three_units_take_as_many_queries_as_one(send, people, cast):
    counts = []
    for units, text in ((cast[:1], "甲"), (cast[1:], "乙"), (cast[:1], "丙"), (cast, "丁")):
        with CaptureQueriesContext(connection) as queries:
            send(*units, text=text)
        counts.append(len(queries))
    assert counts[0] == counts[1]  # with reports to begin
    assert counts[2] == counts[3]


@pytest.fixture
def browser(client_of, reviewer):
    return client_of(reviewer)


def test_page_shows_whom_and_the_words_to_edit(browser, year_2014, cast):
    report(year_2014, cast[1], ReportState.SUBMITTED)
    url = reverse("review_remind", args=[2014])
    page = browser.get(url, {"unit": [cast[0].code, cast[1].code], "kind": "district"})
    assert [row.unit for row in page.context["owed"]] == [cast[0]]
    assert "西山区总工会：报表现在的状态是“已报送”，不需要催报" in page.text
    assert "2014年度两张统计表和总结报告，贵单位尚未报送。" in page.text
    assert page.context["board_url"] == f"{reverse('review_board')}?campaign=2014&kind=district"


def test_page_takes_every_late_unit_of_the_filter(browser, year_2014, cast):
    report(year_2014, cast[0], ReportState.SUBMITTED)
    page = browser.get(reverse("review_remind", args=[2014]), {"who": "late", "kind": "district"})
    assert [row.unit for row in page.context["owed"]] == [cast[1]]


def test_page_without_units_goes_back_and_a_stranger_is_not_found(browser, year_2014, cast, grassroots):
    url = reverse("review_remind", args=[2014])
    assert browser.get(url).url == f"{reverse('review_board')}?campaign=2014"
    for code in ("999999", grassroots.code):
        assert browser.get(url, {"unit": code}).status_code == 404
        assert browser.post(url, {"unit": code, "text": TEXT}).status_code == 404


def test_page_keeps_what_was_typed_and_names_the_fault(browser, year_2014, cast):
    data = {"unit": cast[0].code, "text": "证件 110101199001011007"}
    page = browser.post(reverse("review_remind", args=[2014]), data)
    assert "不能写身份证号、银行卡号" in page.text
    assert "证件 110101199001011007" in page.text
    assert not Reminder.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_form_pressed_twice_reminds_once_and_tells_what_came_of_it(browser, year_2014, people, cast, monkeypatch):
    monkeypatch.setattr("reports.review.reminding.get_connection", Failing)
    url = reverse("review_remind", args=[2014]) + "?campaign=2014&sort=due"
    data = {"unit": [cast[0].code, cast[1].code], "text": TEXT}
    first = browser.post(url, data, follow=True)
    assert first.request["QUERY_STRING"] == "campaign=2014&sort=due"
    assert "已向 2 个单位发出催报通知，发送邮件 2 封。" in first.text
    assert "有 1 封邮件没有发出" in first.text
    again = browser.post(url, data, follow=True)
    assert "没有催报东湖区总工会、西山区总工会：1 小时内已发过同样内容的催报。" in again.text
    assert (Reminder.objects.count(), len(mail.outbox)) == (2, 2)
    assert {tuple(letter.recipients()) for letter in mail.outbox} == {
        ("lead@east.example",),
        ("clerk@west.example",),
    }
    assert mail.outbox[0].body.endswith(
        f"http://testserver{reverse('report_show', args=[Report.objects.get(union=cast[0]).pk])}"
    )
