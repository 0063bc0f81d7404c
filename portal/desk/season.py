"""The year as a line with today on it: what the floors know of its days, `settings.SEASON_DAYS` names where."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from portal.models import Campaign, User

WIDTH = 1000  # of the drawing, in units of its own
COMING = 4  # days told in words


@dataclass(frozen=True)
class SeasonDay:
    """One day of the year: what happens, and the page where it does. `is_due` for a day by which something must be."""

    on: datetime.date
    label: str | Promise
    url: str = ""
    is_due: bool = False


@dataclass(frozen=True)
class Placed:
    """A day, or the beginning of a month, on the line."""

    x: float
    label: str
    is_due: bool = False
    is_past: bool = False


@dataclass(frozen=True)
class Season:
    """The campaign that runs, its days, and today."""

    campaign: Campaign
    today: datetime.date
    days: list[SeasonDay]

    @property
    def coming(self) -> list[tuple[SeasonDay, int]]:
        """The next days, each with how many days there are until it: 0 for today."""
        return [(day, (day.on - self.today).days) for day in self.days if day.on >= self.today][:COMING]

    @property
    def now(self) -> float:
        """Where today lies, at either end of a campaign that has not begun or is over."""
        return self._x(min(max(self.today, self.campaign.starts_on), self.campaign.ends_on))

    @property
    def marks(self) -> list[Placed]:
        within = (day for day in self.days if self.campaign.holds(day.on))
        return [Placed(self._x(day.on), str(day.label), day.is_due, day.on < self.today) for day in within]

    @property
    def months(self) -> list[Placed]:
        """The first days of the months of the campaign; its own first day stands for the month it lies in."""
        return [Placed(self._x(first), str(first.month)) for first in _firsts(self.campaign)]

    def _x(self, day: datetime.date) -> float:
        length = (self.campaign.ends_on - self.campaign.starts_on).days or 1
        return round(WIDTH * (day - self.campaign.starts_on).days / length, 1)


def season_for(user: User) -> Season | None:
    """The season as `user` sees it, its days in order; None before there is any campaign."""
    campaign = Campaign.objects.current()
    if campaign is None:
        return None
    asked: Iterable[Iterable[SeasonDay]] = (import_string(path)(user, campaign) for path in settings.SEASON_DAYS)
    days = sorted((day for found in asked for day in found), key=lambda day: day.on)
    return Season(campaign, timezone.localdate(), days)


def _firsts(campaign: Campaign) -> Iterator[datetime.date]:
    day = campaign.starts_on
    while day <= campaign.ends_on:
        yield day
        day = (day.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
