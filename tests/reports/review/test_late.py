"""How late a report came in is kept, and told wherever the report is."""

import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from portal.audit import By
from reports.city.consolidation import accepted_city, consolidate, kept_city
from reports.city.files import city_file
from reports.enums import ReportState
from reports.handed_in.submission import submit_report
from reports.models import Report
from reports.render.formats import FORMATS
from reports.review.board import board
from reports.review.late import days_late, days_late_of
from tests.reports.getting_ready import ready
from tests.reports.submissions import hand_in, report

SHANGHAI = ZoneInfo("Asia/Shanghai")
LATE = {"at": datetime(2014, 9, 6, 9, 0, tzinfo=SHANGHAI), "due_on": "2014-09-01"}
IN_TIME = {"at": datetime(2014, 9, 1, 23, 30, tzinfo=SHANGHAI), "due_on": "2014-09-01"}  # the day after in London


@pytest.fixture
def cast(district, foreign_district, bureau):
    return [district, foreign_district, bureau]


@pytest.fixture
def reports(year_2014, cast):
    """One late by five days, one on the last evening, one not at all."""
    return [
        report(year_2014, cast[0], ReportState.ACCEPTED, **LATE),
        report(year_2014, cast[1], ReportState.ACCEPTED, **IN_TIME),
    ]


def test_board_keeps_the_days_after_the_report_is_in(year_2014, cast, reports):
    rows = board(year_2014, cast, today=date(2014, 9, 20))
    assert [(row.days_late, row.is_late, row.days_over) for row in rows] == [
        (5, False, 5),
        (0, False, 0),
        (None, True, 19),
    ]


def test_what_was_handed_in_first_counts(year_2014, cast, reports):
    hand_in(reports[0], at=datetime(2014, 10, 1, tzinfo=SHANGHAI), due_on="2014-09-01")
    assert days_late(year_2014) == {cast[0].pk: 5, cast[1].pk: 0}


def test_later_due_date_is_no_pardon_for_what_came_in_late(year_2014, cast, reports):
    Report.objects.filter(pk=reports[0].pk).update(extended_to=date(2014, 9, 30))
    assert days_late(year_2014)[cast[0].pk] == 5
    reports[0].refresh_from_db()
    assert days_late_of(reports[0]) == 5


def test_due_date_of_the_unit_is_frozen(clock, year_2014, district, lead):
    of = ready(year_2014, district)
    of.extended_to = date(2014, 9, 15)
    of.save()
    assert submit_report(of, by=By(lead)).content["due_on"] == "2014-09-15"


def test_board_page_and_export_tell_the_days(client_of, reviewer, year_2014, cast, reports):
    client = client_of(reviewer)
    page = client.get(reverse("review_board"), {"campaign": 2014, "mark": "days_late"})
    assert [row.unit for row in page.context["rows"]] == cast[:1]
    assert "逾期 5 天报送" in page.text
    answer = client.get(reverse("review_board_export"), {"campaign": 2014})
    head, *rows = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values
    assert [row[head.index("逾期天数")] for row in rows[:2]] == [5, None]


def test_pages_of_the_report_tell_the_days(client_of, reviewer, lead, reports):
    assert "逾期 5 天报送" in client_of(lead).get(reverse("report_show", args=[reports[0].pk])).text
    texts = [client_of(reviewer).get(reverse("review_show", args=[each.pk])).text for each in reports]
    assert ["逾期 5 天报送" in text for text in texts] == [True, False]


def test_consolidation_keeps_and_prints_who_was_late(client_of, reviewer, year_2014, cast, city, reports):
    made = consolidate(year_2014, by=By(reviewer))
    assert [each["days_late"] for each in made.submissions] == [5, 0]
    assert kept_city(made).late == accepted_city(year_2014).late == {cast[0]: 5}
    file = city_file(kept_city(made), city, FORMATS["xlsx"], with_units=False)
    listed = [cell.value for cell in load_workbook(io.BytesIO(file))["缺报单位名单"]["A"]]
    assert listed[-2:] == ["逾期报送的单位（1 个）：", "310001 东湖区总工会 逾期 5 天报送"]
    client = client_of(reviewer)
    assert "东湖区总工会 5 天" in client.get(reverse("consolidation"), {"campaign": 2014}).text
    assert '<td class="number">5</td>' in client.get(reverse("consolidation_kept", args=[made.pk])).text
