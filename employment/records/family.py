"""The pages of households and children, with the graduates among them."""

from dataclasses import replace

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid import records as aid
from aid.models import Child, Household
from aid.records.household import visits_to
from employment.models import Graduate
from employment.proposals.services import TERTIARY, is_registered
from employment.records.assistance import ASSISTANCE
from employment.records.graduate import GRADUATE
from employment.records.office import OFFICE_QUESTION
from employment.records.visit import VISIT
from employment.workbook import CASE_WORKBOOK
from portal.access import Permission
from portal.records.kind import Link, RecordKind, Related


def visits_to_family_and_graduates(household: Household) -> Q:
    """Visits to the worker, the children and the graduates."""
    return visits_to(household, *(kind.objects.filter(household=household) for kind in (Child, Graduate)))


def _knowing_graduates(kind: RecordKind, **changes) -> tuple:
    """The sections of `kind`, its visits able to name a graduate."""
    return tuple(
        replace(section, kind=VISIT, **changes)
        if isinstance(section, Related) and section.kind is aid.PLAIN_VISIT
        else section
        for section in kind.sections
    )


def _is_student(child: Child) -> bool:
    return child.on_file and child.stage in TERTIARY and not is_registered(child)


REGISTER = Link(
    _("登记为高校毕业生"),
    lambda child: f"{reverse('graduate_create')}?child={child.pk}",
    Permission.KEEP_RECORDS,
    _is_student,
)

HOUSEHOLD = replace(
    aid.PLAIN_HOUSEHOLD,
    editing=replace(aid.PLAIN_HOUSEHOLD.editing, workbook=CASE_WORKBOOK),
    sections=(
        *_knowing_graduates(aid.PLAIN_HOUSEHOLD, lookup=visits_to_family_and_graduates),
        Related(_("部门问询"), OFFICE_QUESTION, lambda home: Q(household=home), without=("union",)),
        Related(_("高校毕业生"), GRADUATE, lambda home: Q(household=home), without=("household.number", "union")),
        Related(_("就业帮扶"), ASSISTANCE, lambda home: Q(graduate__household=home), without=("union",)),
    ),
)

CHILD = replace(
    aid.PLAIN_CHILD,
    links=(*aid.PLAIN_CHILD.links, REGISTER),
    editing=replace(aid.PLAIN_CHILD.editing, workbook=CASE_WORKBOOK),
    sections=(
        *_knowing_graduates(aid.PLAIN_CHILD),
        Related(
            _("部门问询"), OFFICE_QUESTION, lambda child: Q(person=child.person_id), without=("named.name", "union")
        ),
        Related(_("作为高校毕业生的记录"), GRADUATE, lambda child: Q(person=child.person_id)),
    ),
)
