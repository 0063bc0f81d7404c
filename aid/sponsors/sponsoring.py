"""What a sponsor gave and whom it reached."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from aid.models import AidCase, Contribution, Pairing, Sponsor
from aid.models.casework.case import APPROVED_STATES
from aid.records.sponsor import cases_of, contributions_of
from portal.identity import mask_name
from portal.models import User


@dataclass(frozen=True)
class Reach:
    """Yuan given; children reached: paired, or on an approved case that names the sponsor; and workers paired."""

    given: Decimal
    children: int
    workers: int = 0


def pairings_of(sponsor: Sponsor, user: User) -> QuerySet:
    return Pairing.objects.visible_to(user).filter(sponsor=sponsor)


def _cases(sponsor: Sponsor, user: User) -> QuerySet:
    return AidCase.objects.visible_to(user).filter(cases_of(sponsor), status__in=APPROVED_STATES)


def reach(sponsor: Sponsor, user: User) -> Reach:
    """Within the scope of `user`. Four questions, however many children."""
    gifts = Contribution.objects.visible_to(user).filter(contributions_of(sponsor))
    pairings = pairings_of(sponsor, user).order_by()
    children = set(pairings.exclude(child=None).values_list("child__person", flat=True))
    children.update(_cases(sponsor, user).order_by().values_list("person", flat=True))
    workers = pairings.exclude(household=None).values("household__worker").distinct().count()
    return Reach(gifts.aggregate(total=Sum("amount"))["total"] or Decimal(), len(children), workers)


def reached(sponsor: Sponsor, user: User) -> Iterator[tuple[str, str, str]]:
    """Masked name, stage and programme of each child, once."""
    told = set()
    for pairing in pairings_of(sponsor, user).exclude(child=None).select_related("child").order_by("starts_on", "pk"):
        if pairing.child.person_id not in told:
            told.add(pairing.child.person_id)
            yield mask_name(pairing.child.name), pairing.child.get_stage_display(), pairing.get_programme_display()
    for case in _cases(sponsor, user).select_related("child").order_by("campaign", "pk"):
        if case.person_id not in told:
            told.add(case.person_id)
            yield mask_name(case.child.name), case.get_stage_display(), case.programme or case.get_mode_display()
