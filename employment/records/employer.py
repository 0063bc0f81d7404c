"""The page of an employer, with what it gave graduates."""

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aid import records as aid
from aid.editing.employer import EMPLOYER_FORM
from aid.models import Employer
from employment.enums import AssistanceKind
from employment.models import Assistance, Vacancy
from employment.records.assistance import ASSISTANCE
from employment.records.job_event import JOB_EVENT
from employment.records.referral import REFERRAL
from employment.records.retention import RETENTION_CHECK
from employment.records.vacancy import VACANCY
from employment.workbook import OFFER_WORKBOOK
from portal.records.kind import Related


def events_of(employer: Employer) -> Q:
    """Events at which it offered posts."""
    return Q(pk__in=Vacancy.objects.filter(employer=employer).values("event"))


def placed_at(employer: Employer) -> Q:
    """Graduates whom it took: through a referral to a vacancy of its own, or by its name however it was written."""
    return Q(kind=AssistanceKind.PLACEMENT) & (Q(referral__vacancy__employer=employer) | Q(known_provider=employer))


def asked_about(employer: Employer) -> Q:
    """Whether those whom it took still work there."""
    return Q(placement__in=Assistance.objects.filter(placed_at(employer)).values("pk"))


EMPLOYER = replace(
    aid.PLAIN_EMPLOYER,
    # With the vacancies: what is published goes out under the employer's name.
    editing=replace(EMPLOYER_FORM, workbook=OFFER_WORKBOOK),
    sections=(
        *aid.PLAIN_EMPLOYER.sections,
        Related(_("招聘岗位"), VACANCY, lambda employer: Q(employer=employer), without=("employer.name",)),
        Related(
            _("推荐给该单位的毕业生"),
            REFERRAL,
            lambda employer: Q(vacancy__employer=employer),
            without=("vacancy.employer.name",),
        ),
        Related(_("参加的就业活动"), JOB_EVENT, events_of),
        Related(_("录用的毕业生"), ASSISTANCE, placed_at, without=("kind", "amount", "provider")),
        Related(_("稳岗回访"), RETENTION_CHECK, asked_about),
    ),
)
