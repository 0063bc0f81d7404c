"""走访慰问 with graduates among those visited, to whom help may be promised at once."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid import records as aid
from aid.editing import VISIT_FORM
from aid.models import Visit
from employment.models import Graduate
from employment.workbook import CASE_WORKBOOK
from portal.access import Permission
from portal.records.kind import Link, NamedBy

NAMED_BY = (*aid.VISIT.named_by, NamedBy(Graduate, name="name", initials="initials"))


def visited_graduate(visit: Visit) -> Graduate | None:
    """Whoever was visited as a graduate who is tracked: where the visit is or below, so that its readers may see it."""
    tracked = Graduate.objects.filter(person=visit.person_id, closed_on=None)
    return tracked.filter(union_path__startswith=visit.union_path).first()


PROMISE = Link(
    _("承诺帮扶"),
    lambda visit: f"{reverse('promise_create')}?graduate={visited_graduate(visit).pk}",
    Permission.KEEP_RECORDS,
    lambda visit: visited_graduate(visit) is not None,
)

FOLLOW_UP = replace(aid.FOLLOW_UP, named_by=NAMED_BY)
VISIT = replace(
    aid.VISIT,
    editing=replace(VISIT_FORM, workbook=CASE_WORKBOOK),
    named_by=NAMED_BY,
    links=(*aid.VISIT.links, PROMISE),
)
