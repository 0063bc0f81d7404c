"""The year as a line: where today and the days lie on it, and which come next."""

import datetime

import pytest

from portal.desk.season import Season, SeasonDay
from portal.models import Campaign

FIRST, DUE, LAST = datetime.date(2014, 1, 1), datetime.date(2014, 9, 1), datetime.date(2014, 12, 31)
YEAR = Campaign(year=2014, starts_on=FIRST, ends_on=LAST, due_on=DUE)


def season(today: str, *days: str) -> Season:
    date = datetime.date.fromisoformat
    return Season(YEAR, date(today), [SeasonDay(date(day), day) for day in days])


@pytest.mark.parametrize(
    ("today", "x"),
    [("2014-01-01", 0), ("2014-07-02", 500), ("2014-12-31", 1000), ("2013-11-05", 0), ("2015-01-02", 1000)],
)
def test_today_lies_where_the_year_has_come_to(today, x):
    assert season(today).now == x


def test_every_month_begins_on_the_line():
    months = season("2014-05-01").months
    assert [month.label for month in months] == [str(number) for number in range(1, 13)]
    assert [months[0].x, months[8].x] == [0, 667.6]  # 243 of 364 days before 1 September


def test_days_outside_the_campaign_are_told_but_not_drawn():
    seen = season("2014-12-30", "2014-12-31", "2015-01-05")
    assert [mark.label for mark in seen.marks] == ["2014-12-31"]
    assert [(day.label, left) for day, left in seen.coming] == [("2014-12-31", 1), ("2015-01-05", 6)]


def test_what_is_past_is_drawn_and_not_told_and_today_is_still_to_come():
    days = [f"2014-05-{day:02}" for day in range(1, 8)]
    seen = season("2014-05-02", *days)
    assert [mark.is_past for mark in seen.marks] == [True] + [False] * 6
    assert [(day.label, left) for day, left in seen.coming] == [(day, left) for left, day in enumerate(days[1:5])]


def test_campaign_of_one_day_has_a_line(db):
    day = datetime.date(2014, 5, 1)
    short = Season(Campaign(year=2014, starts_on=day, ends_on=day, due_on=day), day, [SeasonDay(day, "x")])
    assert ([mark.x for mark in short.marks], short.now) == ([0], 0)
