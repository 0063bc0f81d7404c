"""Who came to activities: many children to one or to all lessons of a series, at once."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.activities.numbering import keep_numbered
from aid.models import Activity, Child, Participation
from portal.access import Permission, can
from portal.audit import By
from portal.records.editing import lock_unit
from portal.workflow import MoveRefused

PREFIX = "C"


def refusal_of_coming(activity: Activity) -> str:
    """Why nobody came to it yet; '' where somebody may have."""
    if activity.held_on <= localdate():
        return ""
    return _("%(activity)s还没有举行，不能登记谁参加了。") % {"activity": activity}


@transaction.atomic
def record_came(activities: Iterable[int], children: Iterable[int], *, by: By) -> int:
    """Write down that each of `children` came to each of `activities` (keys); the number of 人次 that are new.

    Locks the 填报单位. Who is written down already stays, so pressed twice it acts once; those outside the scope of
    `by` are nobody. All or nothing: writes the records with a version of each and one audit row. Raises MoveRefused
    without the right to keep records, and for an activity that is still to come.
    """
    if not can(by.actor, Permission.KEEP_RECORDS):
        raise MoveRefused(_("您的岗位不能登记活动。"))
    unit = lock_unit(by.actor.union)
    held = list(Activity.objects.visible_to(by.actor).filter(pk__in=list(activities)).select_related("union"))
    for activity in held:
        if refusal := refusal_of_coming(activity):
            raise MoveRefused(refusal)
    wanted = list(Child.objects.visible_to(by.actor).filter(pk__in=list(children)).order_by("pk"))
    known = set(Participation.objects.filter(activity__in=held).values_list("activity", "child"))
    fresh = [(activity, child) for activity in held for child in wanted if (activity.pk, child.pk) not in known]
    rows = [Participation(activity=activity, child=child) for activity, child in fresh]
    for row in rows:
        row.open_with(row.activity)
    return keep_numbered(rows, unit=unit, prefix=PREFIX, by=by)
