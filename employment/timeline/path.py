"""全程: the whole way of one graduate, from the first entry or aid case to whether the work was kept."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.db.models import Count, Min, QuerySet, Sum
from django.db.models.functions import ExtractYear

from aid.enums import PaymentState
from aid.models import AidCase, Disbursement
from aid.models.casework.case import APPROVED_STATES
from employment.models import Assistance, Graduate
from employment.timeline.events import SOURCES
from portal.models import User
from portal.records.beside import Event


@dataclass(frozen=True)
class PathYear:
    """What happened in one year, in order, and the yuan paid in it."""

    year: int
    paid: Decimal
    events: tuple[Event, ...]


@dataclass(frozen=True)
class PathSum:
    """Approved aid cases with the year of the first, yuan paid, and help in 人次."""

    cases: int
    since: int | None
    paid: Decimal
    help: int


def path_of(graduate: Graduate, user: User) -> list[PathYear]:
    """What `user` may know of the graduate's way, oldest first: what other unions handled stays with them.

    One query for each kind of event, and one for the money.
    """
    events = []
    for source in SOURCES:
        if source.person:
            events.extend(source.events(source.about(graduate.person_id), user))
    by_year = _payments(graduate, user).annotate(year=ExtractYear("paid_on")).order_by()
    paid = dict(by_year.values_list("year").annotate(total=Sum("amount")))
    events.sort(key=lambda event: event.order)
    return [
        PathYear(year, paid.get(year, Decimal()), tuple(of_year))
        for year, of_year in groupby(events, key=lambda event: event.on.year)
    ]


def sum_of(graduate: Graduate, user: User) -> PathSum:
    """The same way in four numbers. Three queries."""
    cases = AidCase.objects.visible_to(user).filter(person=graduate.person_id, status__in=APPROVED_STATES)
    aided = cases.aggregate(number=Count("pk"), since=Min("campaign__year"))
    paid = _payments(graduate, user).aggregate(total=Sum("amount"))["total"] or Decimal()
    help_ = Assistance.objects.visible_to(user).filter(graduate__person=graduate.person_id).count()
    return PathSum(aided["number"], aided["since"], paid, help_)


def _payments(graduate: Graduate, user: User) -> QuerySet:
    paid = Disbursement.objects.visible_to(user).filter(status=PaymentState.PAID)
    return paid.filter(case__person=graduate.person_id)
