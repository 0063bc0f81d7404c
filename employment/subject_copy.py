"""What Sunshine Employment keeps about a family, for the copy that the family is given."""

from django.db.models import Q

from aid.models import Household, Visit
from aid.subject_copy.kept import KEPT as OF_AID
from aid.subject_copy.kept import KeptKind, of_family
from employment.models import (
    Assistance,
    Attendance,
    DeclinedProposal,
    Enquiry,
    Graduate,
    Promise,
    Referral,
    RetentionCheck,
)
from portal.models.voidable import all_of


def _of_graduates_alone(home: Household) -> Q:
    """Visits to graduates; those to who is a child of the family as well are told there."""
    graduates = all_of(Graduate).filter(household=home).order_by().values("person")
    children = home.children(manager="everything").order_by().values("person")
    return Q(person__in=graduates) & ~Q(person__in=children)


def _enquiries(home: Household) -> Q:
    return Q(household=home.pk) | Q(case__child__household=home.pk) | Q(graduate__household=home.pk)


KEPT: tuple[KeptKind, ...] = (
    *OF_AID,
    KeptKind(Graduate, of_family("household")),
    KeptKind(Visit, _of_graduates_alone),
    KeptKind(Assistance, of_family("graduate__household")),
    KeptKind(Attendance, of_family("graduate__household")),
    KeptKind(Promise, of_family("graduate__household")),
    KeptKind(Referral, of_family("graduate__household")),
    KeptKind(RetentionCheck, of_family("placement__graduate__household")),
    KeptKind(DeclinedProposal, of_family("child__household")),
    KeptKind(Enquiry, _enquiries),
)
