"""Writing down what was refused: the first of each kind, person and minute, then how many more there were.

The log cannot grow with an attack: one person makes at most a row a minute of each kind, all who are not signed in
together at most 31. Nothing of it can turn a refusal into a fault: what the database does not take is left to the
program's own log.
"""

import logging

from django.db import DatabaseError
from django.utils import timezone
from django.utils.functional import Promise

from portal.accounts.pace import address_key
from portal.audit import By, entry
from portal.enums import AuditAction
from portal.fields import blind_index
from portal.models import RefusalCount, SpentPace, Union
from portal.models.operating.pace import Pace

STRANGERS = Pace(at_once=30, seconds=2)  # over all addresses

logger = logging.getLogger(__name__)


def tell(
    action: AuditAction,
    *,
    by: By,
    of: str = "",
    subject: str = "",
    union: Union | None = None,
    **detail: str | int | bool | Promise | None,
) -> None:
    """Write one audit row, or count it: of what was refused `of` the same kind to the same person within a minute.

    Writes an AuditEntry and a RefusalCount. Must be called where no transaction is open that the refusal takes back.
    """
    told = entry(action, by=by, subject=subject, union=union, **detail)
    now = timezone.now()
    try:
        key = _key(action, by, of)
        if RefusalCount.objects.counts(key, now):
            return
        if by.actor is None and not SpentPace.objects.take(blind_index("told of strangers"), STRANGERS):
            key = blind_index("refused to any stranger")
        RefusalCount.objects.tell(key, told, now)
    except DatabaseError as error:
        logger.warning("a refusal could not be told: %s", type(error).__name__)


def _key(action: AuditAction, by: By, of: str) -> str:
    if by.actor is not None:
        return blind_index(f"refused {action} {of} to person {by.actor.pk}")
    return address_key(by.address, f"refused {action} {of}") if by.address else blind_index(f"refused {action} {of}")
