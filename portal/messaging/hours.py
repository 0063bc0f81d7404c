"""When somebody may be disturbed."""

import datetime

from django.conf import settings
from django.utils import timezone

from portal.calendar.work_calendar import calendar_of_days

LONGEST_HOLIDAY = datetime.timedelta(days=14)


def when_allowed(now: datetime.datetime) -> datetime.datetime:
    """`now` where messages may go out, else when they may next.

    That is from MESSAGE_HOURS[0] o'clock on and before MESSAGE_HOURS[1] o'clock, local time, of a working day by the
    calendar of the city. One query.
    """
    first, last = settings.MESSAGE_HOURS
    local = timezone.localtime(now)
    day = local.date() if local.hour < last else local.date() + datetime.timedelta(days=1)
    working = _working_day(day)
    if working == local.date() and local.hour >= first:
        return now
    return timezone.make_aware(datetime.datetime.combine(working, datetime.time(first)))


def _working_day(day: datetime.date) -> datetime.date:
    """`day`, or the first working day after it."""
    calendar = calendar_of_days(day, day + LONGEST_HOLIDAY)
    while not calendar.is_workday(day):
        day += datetime.timedelta(days=1)
    return day
