"""走访慰问 with graduates among those visited, to whom help may be promised at once."""

from dataclasses import replace
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid import records as aid
from aid.editing import VISIT_FORM, VISIT_GRID
from aid.models import Visit
from aid.records.searching import pupil_by_person
from aid.records.visits.follow_up_acts import OFFER, asks, link, new
from employment.models import Graduate
from employment.workbook import CASE_WORKBOOK
from portal.access import Permission, path_range
from portal.records.kind import Link, NamedBy

NAMED_BY = (*aid.PLAIN_VISIT.named_by, NamedBy(Graduate, name="name", initials="initials"))


def visited_graduate(visit: Visit) -> Graduate | None:
    """Whoever was visited as a graduate who is tracked: where the visit is or below, so that its readers may see it."""
    return Graduate.objects.filter(path_range(visit.union_path), person=visit.person_id, closed_on=None).first()


PROMISE = Link(
    _("承诺帮扶"),
    lambda visit: f"{reverse('promise_create')}?graduate={visited_graduate(visit).pk}",
    Permission.KEEP_RECORDS,
    lambda visit: visited_graduate(visit) is not None,
)
FOUND_BY = (*aid.PLAIN_VISIT.found_by, pupil_by_person(Graduate))
HELP = link(_("登记就业帮扶"), partial(new, "assistance"), asks(OFFER, of=Graduate))

FOLLOW_UP = replace(aid.PLAIN_FOLLOW_UP, named_by=NAMED_BY, found_by=FOUND_BY, links=(*aid.PLAIN_FOLLOW_UP.links, HELP))
VISIT = replace(
    aid.PLAIN_VISIT,
    editing=replace(VISIT_FORM, workbook=CASE_WORKBOOK),
    grid=VISIT_GRID,
    named_by=NAMED_BY,
    found_by=FOUND_BY,
    links=(*aid.PLAIN_VISIT.links, PROMISE),
)
