"""Today in the portal's time zone, and days of work."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.timezone import localdate

TWO_DAYS = timedelta(days=2)
ONE_DAY = timedelta(days=1)
SATURDAY, DAYS_OF_WEEK = 5, 7
MONTH_AND_DAY = re.compile("([0-9]{1,2})[.\\-/月]([0-9]{1,2})日?")
FARTHEST = 366  # days that a search for the last day of a notice goes


def is_future(day: date) -> bool:
    """Whether `day` comes after today.

    Two days back it is past in every time zone: that spares a workbook of 10 000 rows as many look-ups of the zone.
    """
    return day > date.today() - TWO_DAYS and day > localdate()  # noqa: DTZ011  any zone will do for the first half


def with_year(text: str, *, future: bool = False) -> str:
    """8.25, 8-25, 8/25 or 8月25日 as a date of this year; of last year where it would lie ahead and may not.

    Anything else, and a day that no year has, comes back as it is.
    """
    match = MONTH_AND_DAY.fullmatch(text.strip())
    if not match:
        return text
    today = localdate()
    try:
        day = date(today.year, int(match[1]), int(match[2]))
        if day > today and not future:
            day = day.replace(year=today.year - 1)
    except ValueError:
        return text
    return day.isoformat()


def weekdays(first: date, last: date) -> int:
    """Days from `first` to `last`, both included, that are no Saturday or Sunday."""
    days = max(0, (last - first).days + 1)
    weeks, rest = divmod(days, DAYS_OF_WEEK)
    return weeks * SATURDAY + sum((first.weekday() + day) % DAYS_OF_WEEK < SATURDAY for day in range(rest))


@dataclass(frozen=True)
class WorkCalendar:
    """The official calendar: `exceptions` says of single days whether they are worked; `years` are those known.

    In a year that is not known a day is taken by the day of the week, and `knows` says that it is so.
    """

    exceptions: Mapping[date, bool] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def knows(self, first: date, last: date) -> bool:
        return self.years.issuperset(range(first.year, last.year + 1))

    def is_workday(self, day: date) -> bool:
        return self.exceptions.get(day, day.weekday() < SATURDAY)

    def working_days(self, first: date, last: date) -> int:
        """Days of work from `first` to `last`, both included."""
        found = weekdays(first, last)
        for day, is_workday in self.exceptions.items():
            if first <= day <= last:
                found += is_workday - (day.weekday() < SATURDAY)
        return found

    def last_day(self, first: date, days: int) -> date:
        """The first day on which `days` days of work have passed since `first`, which counts if it is one."""
        last, left = first, days - self.is_workday(first)
        while left > 0 and (last - first).days < FARTHEST:
            last += ONE_DAY
            left -= self.is_workday(last)
        return last
