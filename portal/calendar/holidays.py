"""Holidays and make-up working days as the General Office of the State Council announced them, year by year.

They stand in `holidays.json`: of each year its notices by document number, the holidays as [name, first day, last day]
(weekends in them included) and the working days made up as [name of the holiday, days]. What a notice says about the
last days of the year before stands under the year it is announced for. Years that are not there are unknown: nobody
may guess them, a system administrator brings the notice in when it is published.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

KEPT = Path(__file__).with_name("holidays.json")


@dataclass(frozen=True)
class Announced:
    """One year: the document numbers of its notices; of each day named, whether it is worked and for what holiday."""

    year: int
    source: str
    days: dict[date, tuple[bool, str]]


@cache
def announced() -> tuple[Announced, ...]:
    """The years that are known, in order."""
    return tuple(_read(kept) for kept in json.loads(KEPT.read_text(encoding="utf-8")))


def _read(kept: dict) -> Announced:
    days: dict[date, tuple[bool, str]] = {}
    for name, first, last in kept["holidays"]:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        days |= {start + timedelta(days=more): (False, name) for more in range((end - start).days + 1)}
    for name, *made_up in kept["workdays"]:
        days |= {date.fromisoformat(day): (True, name) for day in made_up}
    return Announced(kept["year"], kept["source"], days)


def fill_calendar(years: Any, exceptions: Any) -> None:
    """Write what was announced into the two tables, given as models; days and years already there stay as they are."""
    years.objects.bulk_create(
        [years(year=notice.year, source=notice.source) for notice in announced()], ignore_conflicts=True
    )
    exceptions.objects.bulk_create(
        [
            exceptions(day=day, is_workday=is_workday, name=name)
            for notice in announced()
            for day, (is_workday, name) in notice.days.items()
        ],
        ignore_conflicts=True,
    )
