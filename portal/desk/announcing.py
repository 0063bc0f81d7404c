"""Announcements: words to the people of some unions, and that one of them has read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from portal.models import Announcement, AnnouncementReading, Union, User

LATELY = timedelta(hours=1)


@dataclass(frozen=True)
class Words:
    """What is said to one union. `link` is a path of the portal where the matter is dealt with."""

    union: Union
    title: str
    text: str = ""
    link: str = ""


@transaction.atomic
def announce(words: Iterable[Words], *, by: By) -> list[Announcement]:
    """Tell each union something; its people find it on their first page until they say that they have read it.

    Writes the announcements in one go, however many unions there are. Writes no audit row: the service that has
    something to say writes its own. People of unions below or above do not see them.
    """
    made = []
    for each in words:
        announcement = Announcement(title=each.title, text=each.text, link=each.link, sent_by=by.actor)
        announcement.place_in(each.union)
        made.append(announcement)
    return Announcement.objects.bulk_create(made)


@transaction.atomic
def announce_to_units(kinds: Iterable[str], *, title: str, text: str, by: By) -> list[Announcement]:
    """Tell every 填报单位 of `kinds` the same.

    The same words sent again by anybody within the hour act once: a second press, or a second window. Writes the
    announcements and one audit row; returns those made.
    """
    open_units = Union.objects.reporting().open_on(timezone.localdate())
    units = list(open_units.select_for_update().filter(kind__in=list(kinds)))
    lately = Announcement.objects.filter(title=title, text=text, sent_at__gt=timezone.now() - LATELY)
    told = set(lately.values_list("union", flat=True))
    made = announce([Words(unit, title, text) for unit in units if unit.pk not in told], by=by)
    if made:
        detail: dict[str, Any] = {"act": _("发布通知"), "units": len(made)}
        audit.record(AuditAction.MOVED, by=by, subject=title, **detail)
    return made


@transaction.atomic
def mark_read(announcement: Announcement, *, reader: User) -> AnnouncementReading:
    """Note that `reader` has read `announcement`; said twice, it is noted once. Writes no audit row."""
    return AnnouncementReading.objects.get_or_create(announcement=announcement, reader=reader)[0]
