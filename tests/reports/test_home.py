"""The first page: the unit's figures beside last year's, the city by unit, what came today."""

import datetime

import pytest
from django.utils import timezone

from portal.models import Campaign
from reports.enums import ReportState
from reports.home import BAR, came_today, city_progress, own_figures, season_days
from reports.models import Report, ReportEvent
from tests.reports import builders as make
from tests.reports.submissions import hand_in, report, set_state

DAY = datetime.date(2014, 10, 1)


@pytest.fixture
def today(clock):
    clock.set(DAY)


@pytest.fixture
def this_year(today, db) -> Campaign:
    return make.campaign()


def test_figures_so_far_stand_beside_what_was_accepted_last_year(this_year, clerk, lead, district, foreign_district):
    before = Campaign.objects.open(2013)
    for union in (district, district, district, foreign_district):
        make.payment(union)
    last = report(before, district)
    hand_in(last, aided=2)
    rows = {row.label: row for row in own_figures(clerk)["rows"]}
    assert (rows["资助子女"].now, rows["资助子女"].before) == ("3", "")
    set_state(last, ReportState.ACCEPTED)
    rows = {row.label: row for row in own_figures(lead)["rows"]}
    assert (rows["资助子女"].now, rows["资助子女"].before) == ("3", "2")
    assert (rows["资助子女"].now_length, rows["资助子女"].before_length) == (BAR, round(BAR * 2 / 3, 1))
    assert [row.label for row in own_figures(clerk)["rows"]] == ["资助子女", "发放助学款", "筹集资金", "实现就业"]


def test_city_is_shown_the_sum_of_its_units_beside_what_was_accepted_of_them(
    this_year, reviewer, district, foreign_district
):
    before = Campaign.objects.open(2013)
    for union in (district, district, foreign_district):
        make.payment(union)
    for union, aided in ((district, 2), (foreign_district, 4)):
        hand_in(last := report(before, union), aided=aided)
        set_state(last, ReportState.ACCEPTED)
    rows = {row.label: row for row in own_figures(reviewer)["rows"]}
    assert (rows["资助子女"].now, rows["资助子女"].before) == ("3", "6")


def test_who_has_no_campaign_is_shown_no_figures(reviewer, clerk):
    assert own_figures(reviewer) is None
    assert own_figures(clerk) is None
    assert city_progress(reviewer) is None


def test_city_is_drawn_unit_by_unit(this_year, reviewer, auditor, district, foreign_district, bureau):
    report(this_year, district, ReportState.SUBMITTED)
    report(this_year, foreign_district, ReportState.RETURNED)
    shown = city_progress(reviewer)
    tiles = {tile.name: tile for tile in shown["tiles"]}
    assert {name: (tile.state, tile.is_late) for name, tile in tiles.items()} == {
        "东湖区总工会": ("submitted", False),
        "西山区总工会": ("returned", True),
        "示例市邮政局工会": ("none", True),
    }
    assert tiles["东湖区总工会"].url == f"/review/{Report.objects.get(union=district).pk}/"
    assert {state: count for state, _label, count in shown["counts"] if count} == {
        "none": 1,
        "submitted": 1,
        "returned": 1,
    }
    assert (shown["late_count"], [row.days_over for row in shown["late"]]) == (2, [30, 30])
    assert {tile.url for tile in city_progress(auditor)["tiles"]} == {""}


def test_what_came_today_is_told_and_nothing_of_other_days(campaign, reviewer, district, clock):
    of = report(campaign, district)
    event = ReportEvent.objects.create(report=of, move="submit", state="submitted", actor=reviewer)
    day = timezone.localtime(event.at).date()
    clock.set(day)
    assert [(each.report.union, words) for each, words in came_today(reviewer)["events"]] == [(district, "确认并报送")]
    clock.set(day - datetime.timedelta(days=1))
    assert list(came_today(reviewer)["events"]) == []


def test_own_due_day_stands_on_the_line(this_year, clerk, reviewer, district, foreign_district):
    later = datetime.date(2014, 10, 15)
    report(this_year, district)
    Report.objects.filter(union=district).update(extended_to=later)
    assert next(day.on for day in season_days(clerk, this_year) if day.is_due) == later
    assert next(day.on for day in season_days(reviewer, this_year) if day.is_due) == this_year.due_on
