"""What stands beside the facts of a record: what waits, and what happened."""

import datetime
from dataclasses import dataclass
from itertools import islice

from django.utils.timezone import get_current_timezone, localtime

from portal.records.versions import Version

LATEST = 8


@dataclass(frozen=True)
class Wait:
    """Something that is still to be done about a record; `act` in words is done at `url`, if the person may do it."""

    words: str
    act: str = ""
    url: str = ""


@dataclass(frozen=True)
class Event:
    """`at` is the moment, where it is known: a record that tells a day only was perhaps written on another."""

    on: datetime.date
    title: str
    words: str
    url: str = ""
    at: datetime.datetime | None = None

    @property
    def order(self) -> tuple[datetime.date, datetime.datetime]:
        """By day, then by moment; what is known by its day only comes first in it."""
        return self.on, self.at or datetime.datetime.combine(self.on, datetime.time.min, get_current_timezone())


def as_events(versions: list[Version]) -> list[Event]:
    """The latest of `versions`, newest first: what was done, by whom."""
    return [
        Event(localtime(version.at).date(), version.act, version.actor, at=version.at)
        for version in islice(versions, LATEST)
    ]
