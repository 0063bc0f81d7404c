"""回访 of an aid case: asking, once the money has arrived, how it was received. A call is a visit (domain.md)."""

from datetime import date

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from aid.enums import PaymentState
from aid.models import AidCase, Disbursement, Visit
from portal.models import User


def paid_since(case: AidCase) -> date | None:
    """The day of the first payment; None before."""
    paid = case.disbursements.filter(status=PaymentState.PAID)
    return paid.aggregate(first=Min("paid_on"))["first"]


def visits_since_payment(case: AidCase, user: User) -> QuerySet:
    """Visits and calls to the child or the worker since the first payment, the latest first."""
    since = paid_since(case)
    if since is None:
        return Visit.objects.none()
    whom = Q(person=case.person_id) | Q(person=case.child.household.worker_id)
    return Visit.objects.visible_to(user).filter(whom, visited_on__gte=since).order_by("-visited_on", "-pk")


def to_follow_up_by(visit: Visit, user: User) -> QuerySet:
    """The cases that a call was about: of that child or worker's family, paid by that day, not followed up yet."""
    if not visit.by_telephone:
        return AidCase.objects.none()
    whom = Q(person=visit.person_id) | Q(child__household__worker=visit.person_id)
    paid = Disbursement.objects.filter(case=OuterRef("pk"), status=PaymentState.PAID, paid_on__lte=visit.visited_on)
    cases = AidCase.objects.visible_to(user).to_follow_up().filter(whom, Exists(paid))
    return cases.select_related("campaign", "child").order_by("number")
