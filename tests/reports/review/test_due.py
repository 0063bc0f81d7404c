"""What the home page says of due dates: to whom which report, by which day, and what when nothing is owed."""

import re
from datetime import date

import pytest
from django.urls import reverse

from reports.enums import ReportState
from reports.models import Report
from tests.factories import CampaignFactory
from tests.reports.submissions import report

pytestmark = pytest.mark.django_db


def told(client) -> str:
    """The section about due dates, as plain text."""
    section = client.get("/").text.partition('<section aria-labelledby="due">')[2].partition("</section>")[0]
    return re.sub(r"\s+", "", re.sub("<[^>]+>", "", section)).removeprefix("报送期限")


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2014, 8, 22), "2014年度报表，2014年9月1日前报送。还有10天"),
        (date(2014, 9, 1), "2014年度报表，2014年9月1日前报送。今天是报送期限。"),
        (date(2014, 9, 4), "2014年度报表，2014年9月1日前报送。报送期限已过3天。"),
    ],
)
@pytest.mark.parametrize("person", ["clerk", "lead", "reviewer", "grassroots_clerk"])
def test_days_to_the_campaign_that_runs(request, client_of, campaign, clock, today, words, person):
    CampaignFactory(year=2015)
    clock.set(today)
    assert told(client_of(request.getfixturevalue(person))) == words


def test_without_a_campaign(client_of, clerk):
    assert told(client_of(clerk)) == "没有要报送的年度报表。"


def test_extended_unit_is_told_its_own_day(client_of, clerk, foreign_clerk, campaign, clock):
    clock.set(date(2014, 9, 4))
    report(campaign, clerk.union)
    Report.objects.update(extended_to=date(2014, 9, 15))
    assert told(client_of(clerk)) == "2014年度报表，2014年9月15日前报送（已延期）。打开还有11天"
    assert told(client_of(foreign_clerk)) == "2014年度报表，2014年9月1日前报送。报送期限已过3天。"


@pytest.mark.parametrize(("state", "words"), [(ReportState.SUBMITTED, "已报送"), (ReportState.ACCEPTED, "已接收")])
def test_who_has_handed_in_is_told_how_far_it_is(client_of, clerk, campaign, clock, state, words):
    clock.set(date(2014, 9, 4))
    of = report(campaign, clerk.union, state)
    client = client_of(clerk)
    assert told(client) == f"2014年度报表：{words}"
    assert reverse("report_show", args=[of.pk]) in client.get("/").text


def test_two_that_are_owed_are_told_in_the_order_of_their_days(client_of, clerk, campaign, clock):
    late = CampaignFactory(year=2013, ends_on=date(2014, 12, 31), due_on=date(2014, 8, 1))
    clock.set(date(2014, 8, 31))
    report(late, clerk.union, ReportState.RETURNED)
    first, second = told(client_of(clerk)).split("2014年度报表，")
    assert first == "2013年度报表，2014年8月1日前报送。打开报送期限已过30天。"
    assert second == "2014年9月1日前报送。还有1天"


def test_next_years_report_waits_for_its_first_day(client_of, clerk, campaign, clock):
    CampaignFactory(year=2015)
    clock.set(date(2014, 12, 31))
    client, begin = client_of(clerk), reverse("report_begin", args=[2015, clerk.union.code])
    page = client.get(reverse("report_list")).text
    assert "2015-01-01 起填报" in page
    assert begin not in page
    assert "2015 年度从 2015-01-01 起填报。" in client.post(begin, follow=True).text
    assert not Report.objects.exists()
    clock.set(date(2015, 1, 1))
    assert begin in client.get(reverse("report_list")).text
    assert client.post(begin).url == reverse("report_show", args=[Report.objects.get().pk])
