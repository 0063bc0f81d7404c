"""Today in the portal's time zone, and days of work."""

from datetime import date, timedelta

from django.utils.timezone import localdate

TWO_DAYS = timedelta(days=2)
SATURDAY = 5


def is_future(day: date) -> bool:
    """Whether `day` comes after today.

    Two days back it is past in every time zone: that spares a workbook of 10 000 rows as many look-ups of the zone.
    """
    return day > date.today() - TWO_DAYS and day > localdate()  # noqa: DTZ011  any zone will do for the first half


def weekdays(first: date, last: date) -> int:
    """Days from `first` to `last`, both included, that are no Saturday or Sunday."""
    return sum((first + timedelta(days=day)).weekday() < SATURDAY for day in range((last - first).days + 1))
