"""The official calendar as it is on file, and its upkeep by the system administrator."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal import audit
from portal.audit import By
from portal.days import WorkCalendar
from portal.enums import AuditAction
from portal.kept.revisions import raise_all
from portal.models import HolidayYear, WorkdayException

DECEMBER = 12  # by then the State Council has told the holidays of the next year
NEXT_TO = 1  # a year's notice may speak of the last days of the year before


def work_calendar(first: date = date.min, last: date = date.max) -> WorkCalendar:
    """What is on file of the days from `first` to `last`: two queries."""
    years = HolidayYear.objects.values_list("year", flat=True)
    return WorkCalendar(calendar_of_days(first, last).exceptions, frozenset(years))


def calendar_of_days(first: date, last: date) -> WorkCalendar:
    """The same for who only counts days, and does not ask which years are known: one query."""
    days = WorkdayException.objects.filter(day__range=(first, last)).values_list("day", "is_workday")
    return WorkCalendar(dict(days))


def working_days(first: date, last: date) -> int:
    """Days of work from `first` to `last`, both included, by the official calendar; else by the day of the week."""
    return work_calendar(first, last).working_days(first, last)


def missing_years() -> list[int]:
    """This year, and from December on the next one, as far as their notices are not on file."""
    today = localdate()
    needed = [today.year, today.year + 1] if today.month == DECEMBER else [today.year]
    known = set(HolidayYear.objects.filter(year__in=needed).values_list("year", flat=True))
    return [year for year in needed if year not in known]


@transaction.atomic
def set_day(day: date, *, is_workday: bool, name: str, by: By) -> WorkdayException:
    """Say of one day whether it is worked, in place of what was said before.

    Writes the day and one audit row; nothing if it is so already. Raises ValidationError for a missing name.
    """
    found = WorkdayException.objects.select_for_update().filter(day=day).first() or WorkdayException(day=day)
    if found.pk and (found.is_workday, found.name) == (is_workday, name):
        return found
    found.is_workday, found.name = is_workday, name
    found.full_clean(validate_unique=False)
    found.save()
    _record(by, day=str(day), is_workday=is_workday)
    return found


@transaction.atomic
def remove_day(exception: WorkdayException, *, by: By) -> None:
    """Let a day follow the day of the week again. Deletes the row and writes one audit row."""
    removed, _models = WorkdayException.objects.filter(pk=exception.pk).delete()
    if removed:
        _record(by, day=str(exception.day), removed=True)


@transaction.atomic
def replace_year(year: int, *, source: str, days: dict[date, tuple[bool, str]], by: By) -> HolidayYear:
    """Bring in a year's notice: `days` as (worked, holiday), in place of the days that were kept of that year.

    Writes the year, its days, the days of the year before that the notice names, and one audit row.
    Raises ValidationError if the document number is missing, nothing is given, or a day is of another year.
    """
    strange = sorted(day for day in days if not year - NEXT_TO <= day.year <= year)
    if strange or not any(day.year == year for day in days):
        words = "、".join(str(day) for day in strange) or "—"
        raise ValidationError(_("表中应是 %(year)d 年的日期，请核对：%(days)s") % {"year": year, "days": words})
    kept, _created = HolidayYear.objects.get_or_create(year=year, defaults={"source": source})
    kept.source = source
    kept.full_clean()
    kept.save()
    WorkdayException.objects.filter(day__year=year).delete()
    WorkdayException.objects.filter(day__in=days).delete()
    WorkdayException.objects.bulk_create(
        [WorkdayException(day=day, is_workday=worked, name=name) for day, (worked, name) in days.items()]
    )
    _record(by, year=year, days=len(days), source=source)
    return kept


def _record(by: By, **detail: Any) -> None:
    """One audit row; and what is kept of every unit is counted again, for days of work are counted in it."""
    raise_all()
    audit.record(AuditAction.RECORD_SAVED, by=by, subject=_("工作日历"), **detail)
