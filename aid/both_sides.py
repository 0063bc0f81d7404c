"""A programme of 结对 from both sides: who gives, and whom it reaches (百名企业帮助百名学生)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from aid.models import AidCase, Child, Household, Pairing, Sponsor
from aid.models.casework.case import APPROVED_STATES
from portal.models import Campaign, User
from portal.models.owned import unit_path


def _pairings(programmes: Iterable[str], campaign: Campaign | None) -> QuerySet[Pairing]:
    """Those of the programmes that ran on a day of the campaign, or ever."""
    pairings = Pairing.objects.filter(programme__in=list(programmes)).order_by()
    if campaign is None:
        return pairings
    not_over = Q(ends_on=None) | Q(ends_on__gte=campaign.starts_on)
    return pairings.filter(not_over, starts_on__lte=campaign.ends_on)


def _cases(programmes: Iterable[str], campaign: Campaign | None) -> QuerySet[AidCase]:
    """Approved cases that name them."""
    cases = AidCase.objects.filter(known_programme__in=list(programmes), status__in=APPROVED_STATES).order_by()
    return cases if campaign is None else cases.filter(campaign=campaign)


def givers(programmes: Iterable[str], campaign: Campaign | None) -> Q:
    """Of sponsors: by a pairing, or by a case that names them."""
    pairings, cases = _pairings(programmes, campaign), _cases(programmes, campaign)
    return Q(pk__in=pairings.values("sponsor")) | Q(pk__in=cases.exclude(known_sponsor=None).values("known_sponsor"))


def pupils(programmes: Iterable[str], campaign: Campaign | None) -> Q:
    """Of children: by a pairing, or by a case."""
    pairings, cases = _pairings(programmes, campaign), _cases(programmes, campaign)
    return Q(pk__in=pairings.exclude(child=None).values("child")) | Q(pk__in=cases.values("child"))


def workers(programmes: Iterable[str], campaign: Campaign | None) -> Q:
    """Of families whose worker is paired with."""
    return Q(pk__in=_pairings(programmes, campaign).exclude(household=None).values("household"))


# By the kind of record whose list a number opens.
SIDES = {Sponsor: givers, Child: pupils, Household: workers}


@dataclass
class BothSides:
    """The numbers of one 填报单位, by the name of the kind whose list each opens."""

    path: str
    numbers: dict[str, int] = field(default_factory=dict)


def both_sides(user: User, programme: str, campaign: Campaign) -> list[BothSides]:
    """Of every 填报单位 in the scope of `user` that has any, in the order of the tree. Three questions."""
    found: dict[str, BothSides] = {}
    for model, side in SIDES.items():
        there = model.objects.visible_to(user).filter(side([programme], campaign)).order_by()
        for path, number in there.values_list(unit_path()).annotate(number=Count("pk")):
            found.setdefault(path, BothSides(path)).numbers[str(model._meta.model_name)] = number
    return [found[path] for path in sorted(found)]
