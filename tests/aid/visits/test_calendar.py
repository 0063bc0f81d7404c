"""Working days by the State Council's notices; what is expected was counted by hand on the published calendars."""

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from portal.audit import By
from portal.calendar.holidays import fill_calendar
from portal.calendar.sheet import read_calendar
from portal.calendar.work_calendar import remove_day, replace_year, set_day, work_calendar, working_days
from portal.days import WorkCalendar, weekdays
from portal.enums import AuditAction
from portal.models import AuditEntry, HolidayYear, WorkdayException


@pytest.fixture(autouse=True)
def official(db):
    """As the migration filled it; a transactional test before this one may have emptied the tables."""
    fill_calendar(HolidayYear, WorkdayException)


def days(first: str, last: str) -> int:
    return working_days(date.fromisoformat(first), date.fromisoformat(last))


# 2014: 30 April is a Wednesday; 1 to 3 May off; Sunday 4 May worked; 5 to 8 May Monday to Thursday.
# National Day 2014: 1 to 7 October off; Sunday 28 September and Saturday 11 October worked.
@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2014-04-30", "2014-05-08", 6),
        ("2014-05-01", "2014-05-03", 0),
        ("2014-05-04", "2014-05-04", 1),
        ("2014-04-30", "2014-05-07", 5),
        ("2014-09-28", "2014-10-11", 7),
        ("2014-10-01", "2014-10-07", 0),
        ("2014-10-08", "2014-10-12", 4),
        ("2013-09-29", "2013-10-12", 7),
        ("2015-09-03", "2015-09-06", 1),
        ("2016-10-01", "2016-10-09", 2),
        ("2020-01-24", "2020-02-03", 1),
        ("2023-09-29", "2023-10-08", 2),
        ("2025-09-28", "2025-10-11", 6),
        ("2026-09-20", "2026-10-10", 11),
        ("2018-12-29", "2019-01-02", 2),
    ],
)
def test_working_days(first, last, expected):
    assert days(first, last) == expected


def test_last_day_of_five_working_days_over_labour_day_and_national_day_2014():
    calendar = work_calendar()
    assert calendar.last_day(date(2014, 4, 30), 5) == date(2014, 5, 7)
    assert calendar.last_day(date(2014, 5, 1), 5) == date(2014, 5, 8)
    assert calendar.last_day(date(2014, 9, 29), 5) == date(2014, 10, 10)
    assert calendar.last_day(date(2014, 10, 11), 1) == date(2014, 10, 11)


def test_years_known_are_2013_to_2026_and_no_other():
    assert sorted(HolidayYear.objects.values_list("year", flat=True)) == list(range(2013, 2027))
    calendar = work_calendar()
    assert calendar.knows(date(2013, 1, 1), date(2026, 12, 31))
    assert not calendar.knows(date(2026, 12, 31), date(2027, 1, 4))
    assert days("2027-01-01", "2027-01-07") == 5  # by the day of the week: Friday, Monday to Thursday


def test_weekdays_and_exceptions_agree_with_counting_day_by_day():
    calendar = work_calendar()
    first, last = date(2013, 12, 20), date(2015, 3, 10)
    one_by_one = sum(calendar.is_workday(first + timedelta(days=n)) for n in range((last - first).days + 1))
    assert calendar.working_days(first, last) == one_by_one
    assert weekdays(date(2014, 5, 3), date(2014, 5, 4)) == 0
    assert WorkCalendar().working_days(date(2014, 5, 1), date(2014, 5, 8)) == 6


def test_a_day_is_set_and_removed_with_one_audit_row_each(admin):
    day = date(2027, 10, 1)
    set_day(day, is_workday=False, name="国庆节", by=By(admin))
    again = set_day(day, is_workday=False, name="国庆节", by=By(admin))
    assert working_days(day, day) == 0
    remove_day(again, by=By(admin))
    remove_day(again, by=By(admin))
    assert working_days(day, day) == 1
    assert AuditEntry.objects.filter(action=AuditAction.RECORD_SAVED).count() == 2


def calendar_file(*rows) -> io.BytesIO:
    book, file = Workbook(), io.BytesIO()
    book.active.title = "工作日历"
    for row in (("日期", "放假或上班", "节日"), *rows):
        book.active.append(row)
    book.save(file)
    file.seek(0)
    file.name = "calendar.xlsx"
    return file


def test_a_year_is_imported_by_the_administrator_and_replaces_what_was_there(client_of, admin, clerk):
    rows = ((date(2027, 1, 1), "放假", "元旦"), ("2027-01-03", "上班", "元旦"), (date(2026, 12, 31), "放假", "元旦"))
    client = client_of(admin)
    for _twice in range(2):
        response = client.post(
            reverse("calendar_import"), {"year": 2027, "source": "国办发明电〔2026〕9号", "file": calendar_file(*rows)}
        )
        assert response.status_code == 302
    assert days("2026-12-31", "2027-01-03") == 1
    assert WorkdayException.objects.filter(day__year=2027).count() == 2
    page = client_of(clerk).get(reverse("calendar_show"), {"year": "2027"}).content.decode()
    assert "国办发明电〔2026〕9号" in page
    assert "还没有录入" in client_of(clerk).get(reverse("calendar_show"), {"year": "2028"}).content.decode()


def test_a_faulty_year_is_refused_whole_with_the_row(admin):
    with pytest.raises(ValidationError) as refused:
        read_calendar(calendar_file(("2027-13-01", "放假", "元旦"), ("2027-01-02", "休息", "元旦")).getvalue())
    assert refused.value.messages == [
        "第 2 行：日期应写成 2026-10-01 这样。",
        "第 3 行：“放假或上班”只能填放假或上班。",
    ]
    with pytest.raises(ValidationError, match="2027 年的日期"):
        replace_year(2027, source="文号", days={date(2025, 1, 1): (False, "元旦")}, by=By(admin))
    assert days("2025-01-01", "2025-01-01") == 0


def test_download_is_what_can_be_brought_in_again(client_of, admin):
    content = b"".join(client_of(admin).get(reverse("calendar_download"), {"year": "2014"}).streaming_content)
    assert load_workbook(io.BytesIO(content)).sheetnames == ["工作日历"]
    given = read_calendar(content)
    kept = WorkdayException.objects.filter(day__year=2014)
    assert given == {day.day: (day.is_workday, day.name) for day in kept}
    assert given[date(2014, 5, 4)] == (True, "劳动节")
