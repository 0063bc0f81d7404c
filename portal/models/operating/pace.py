"""用量节奏: how fast something may be done by one person, for one name or from one address."""

import time
from dataclasses import dataclass

from django.db import models
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Pace:
    """So many at once, then one every so many seconds."""

    at_once: int
    seconds: float

    @classmethod
    def hourly(cls, count: int) -> "Pace":
        """A fifth of what an hour allows at once, the rest as the hour goes by."""
        return cls(at_once=max(1, count // 5), seconds=3600 / count)


class SpentPaceQuerySet(models.QuerySet):
    """GCRA, a leaky bucket, in one conditional UPDATE: no number of requests at the same moment gets more."""

    def take(self, key: str, pace: Pace) -> bool:
        """Use one turn of `key`, if its pace leaves one. Writes one row."""
        now = time.time()
        self.bulk_create([self.model(key=key, spent_until=0)], ignore_conflicts=True)
        free = self.filter(key=key, spent_until__lte=now + (pace.at_once - 1) * pace.seconds)
        return bool(free.update(spent_until=Greatest(F("spent_until"), now) + pace.seconds))

    def give_back(self, key: str, pace: Pace) -> None:
        """Return a turn that did not count. Writes one row."""
        self.filter(key=key).update(spent_until=F("spent_until") - pace.seconds)


class SpentPace(models.Model):
    """Until when, in seconds of the clock, what was done lately has used up the pace of one person, name or address.

    `key` is a keyed hash: people type passwords into the field for the name.
    """

    key = models.CharField(max_length=64, unique=True)
    spent_until = models.FloatField(db_index=True)

    objects = SpentPaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("用量节奏")
        verbose_name_plural = _("用量节奏")

    def __str__(self) -> str:
        return self.key[:8]
