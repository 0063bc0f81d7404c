"""What becomes of lists of accounts that nobody confirms."""

import datetime

from django.utils import timezone

from portal.enums import BatchState
from portal.models import AccountBatch

KEPT_DAYS = 14


def lapse_batches(now: datetime.datetime | None = None) -> int:
    """Wipe file and rows of the lists that were brought KEPT_DAYS ago and not confirmed; the lists stay. How many."""
    before = (now or timezone.now()) - datetime.timedelta(days=KEPT_DAYS)
    old = AccountBatch.objects.unconfirmed().filter(brought_at__lt=before)
    return old.update(state=BatchState.LAPSED, content=b"", outcome="[]")
