"""The page of an employer, with what it gave graduates."""

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aid import records as aid
from aid.models import Employer
from aid.records.employer import in_unit_of
from employment.enums import AssistanceKind
from employment.records.assistance import ASSISTANCE
from portal.records.kind import Related


def placed_at(employer: Employer) -> Q:
    """Graduates whom it took: through a referral to a vacancy of its own, or by its name as it is now."""
    by_name = Q(provider=employer.name) & in_unit_of(employer)
    return Q(kind=AssistanceKind.PLACEMENT) & (Q(referral__vacancy__employer=employer) | by_name)


EMPLOYER = replace(
    aid.EMPLOYER,
    sections=(
        *aid.EMPLOYER.sections,
        Related(_("录用的毕业生"), ASSISTANCE, placed_at, without=("kind", "amount", "provider")),
    ),
)
