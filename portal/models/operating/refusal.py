"""被拒次数: what is refused again and again, counted, so that no attack makes the log grow with it."""

import datetime
from typing import Any, Self

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models.audit import AuditEntry

TOLD_EVERY = datetime.timedelta(minutes=1)
KEPT_FOR = datetime.timedelta(days=1)


class RefusalCountQuerySet(models.QuerySet):
    """The first of a kind, person and minute is told; what follows is counted and told with the next."""

    def told_lately(self, now: datetime.datetime) -> Self:
        return self.filter(told_at__gt=now - TOLD_EVERY)

    def counts(self, key: str, now: datetime.datetime) -> bool:
        """Count one more of `key`, if it was told within the minute. One update."""
        return bool(self.told_lately(now).filter(key=key).update(untold=F("untold") + 1))

    @transaction.atomic
    def tell(self, key: str, entry: AuditEntry, now: datetime.datetime) -> None:
        """Write `entry`, with how many more there were since the last of `key`. Of two at once one is counted."""
        self.bulk_create([self.model(key=key, told_at=now - TOLD_EVERY)], ignore_conflicts=True)
        row: Any = self.select_for_update().get(key=key)
        if row.told_at > now - TOLD_EVERY:
            self.counts(key, now)
            return
        if row.untold:
            entry.detail["again"] = row.untold
        entry.save()
        self.filter(pk=row.pk).update(entry=entry, told_at=now, untold=0)

    def tell_rest(self, now: datetime.datetime | None = None) -> int:
        """Write the counts of what stopped, forget what is a day old; how many rows were written."""
        now = now or timezone.now()
        ended = self.filter(told_at__lte=now - TOLD_EVERY)
        told = sum(self._tell_rest_of(pk, now) for pk in ended.filter(untold__gt=0).values_list("pk", flat=True))
        ended.filter(told_at__lt=now - KEPT_FOR, untold=0).delete()
        return told

    @transaction.atomic
    def _tell_rest_of(self, pk: int, now: datetime.datetime) -> bool:
        row: Any = self.select_for_update(of=("self",)).select_related("entry").filter(pk=pk, untold__gt=0).first()
        if row is None or row.told_at > now - TOLD_EVERY:
            return False
        entry = row.entry
        entry.pk, entry._state.adding = None, True
        # The row stands for one of them itself.
        entry.detail = {name: value for name, value in entry.detail.items() if name != "again"}
        if row.untold > 1:
            entry.detail["again"] = row.untold - 1
        entry.save()
        return bool(self.filter(pk=pk).update(entry=entry, told_at=now, untold=0))


class RefusalCount(models.Model):
    """How many refusals of one kind and person followed the one that `entry` tells, and are told nowhere yet.

    `key` is a keyed hash of kind and person; of who is not signed in, of the address.
    """

    key = models.CharField(max_length=64, unique=True)
    entry = models.ForeignKey(AuditEntry, on_delete=models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(db_index=True)
    untold = models.PositiveIntegerField(default=0)

    objects = RefusalCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("被拒次数")
        verbose_name_plural = _("被拒次数")

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.untold}"
