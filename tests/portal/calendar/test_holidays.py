"""The kept holidays against the package `chinesecalendar`, which others read from the same notices."""

from datetime import date, timedelta

from chinese_calendar import is_workday

from portal.calendar.holidays import announced
from portal.days import WorkCalendar

FIRST, LAST = date(2013, 1, 1), date(2026, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=more) for more in range((LAST - FIRST).days + 1)]


def test_every_day_from_2013_to_2026_is_worked_as_the_package_says():
    exceptions = {day: worked for notice in announced() for day, (worked, _name) in notice.days.items()}
    calendar = WorkCalendar(exceptions, frozenset(notice.year for notice in announced()))
    assert len(EVERY_DAY) == 5113
    assert [day for day in EVERY_DAY if calendar.is_workday(day) != is_workday(day)] == []


def test_each_year_is_there_once_with_its_document_number():
    assert [notice.year for notice in announced()] == list(range(2013, 2027))
    assert [notice.year for notice in announced() if "国办发明电〔" not in notice.source] == []


def test_every_working_day_made_up_is_at_a_weekend():
    days = [(day, worked) for notice in announced() for day, (worked, _name) in notice.days.items()]
    assert [day for day, worked in days if worked and day.weekday() < 5] == []
