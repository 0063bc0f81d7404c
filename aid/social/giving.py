"""What the children got of a project: many children at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from aid.activities.numbering import keep_numbered
from aid.models import Child, Project, ProjectGain
from aid.social.workflow import refusal_of_giving
from portal.access import Permission, can
from portal.audit import By
from portal.records.editing import lock_unit
from portal.workflow import MoveRefused

PREFIX = "MC"


@dataclass(frozen=True)
class Gift:
    """What each of them got, in words, and what that is worth in yuan where it is known."""

    what: str
    value: Decimal | None = None


@transaction.atomic
def record_given(project: Project, children: Iterable[int], gift: Gift, *, by: By) -> int:
    """Write down that each of `children` (keys) got `gift` of `project`; the number that are new.

    Locks the 填报单位. Who is written down with the same words already stays, so pressed twice it acts once; those
    outside the scope of `by` are nobody. All or nothing: writes the records with a version of each and one audit row.
    Raises MoveRefused without the right to keep records, and for a project that does not run.
    """
    if not can(by.actor, Permission.KEEP_RECORDS):
        raise MoveRefused(_("您的岗位不能登记项目。"))
    lock_unit(project.union)
    project = Project.objects.visible_to(by.actor).select_related("union").get(pk=project.pk)
    if refusal := refusal_of_giving(project):
        raise MoveRefused(refusal)
    known = ProjectGain.objects.filter(project=project, what=gift.what).values("child")
    wanted = Child.objects.visible_to(by.actor).filter(pk__in=list(children)).exclude(pk__in=known).order_by("pk")
    rows = [ProjectGain(project=project, child=child, what=gift.what, value=gift.value) for child in wanted]
    for row in rows:
        row.open_with(project)
    return keep_numbered(rows, unit=project.union.reporting_unit(), prefix=PREFIX, by=by)
