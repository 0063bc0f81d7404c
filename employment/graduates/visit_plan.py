"""Graduates in the plan of visits (就业援助对象)."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aid.visits.counts import KeptVisits
from aid.visits.plan import AT_HOME, PlanGroup, summer
from aid.visits.plan import GROUPS as OF_AID
from employment.models import Graduate
from portal.models import Campaign


def tracked(_scope: str, campaign: Campaign) -> Q:
    """Registered by the end of August and not closed before the campaign began, of a household on file then."""
    last: date = summer(campaign.year)[1]
    own = Q(closed_on__isnull=True) | Q(closed_on__gte=campaign.starts_on)
    home = Q(household__closed_on__isnull=True) | Q(household__closed_on__gte=campaign.starts_on)
    return Q(registered_on__lte=last, household__filed_on__lte=last) & own & home


GRADUATES = PlanGroup(
    slug="graduates",
    title=_("高校毕业生"),
    model=Graduate,
    of=tracked,
    columns=AT_HOME,
    person="person",
    home="household",
    school="school",
    subject=("graduate", "pk"),
)
GROUPS = (*OF_AID, GRADUATES)


def count_ahead(campaign: Campaign) -> None:
    """Bring up to date what is kept of every unit, of all groups."""
    for group in GROUPS:
        KeptVisits(group).of_units(campaign)
