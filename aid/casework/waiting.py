"""Cases that wait for somebody: those that may be decided at once, and those that something still stands against."""

from functools import reduce
from operator import or_

from django.core.exceptions import EmptyResultSet
from django.db.models import Exists, OuterRef, Q

from aid.enums import CaseState, ObjectionOutcome
from aid.guards.approving import calendar_of
from aid.guards.hands import by_hand
from aid.models import AidCase, CaseEvent, Objection
from aid.models.casework.case_lists import AidCaseQuerySet
from portal.access import Permission, can
from portal.models import User
from portal.models.asked_once import once
from portal.models.personal.handover import by_same_hands


def ready(cases: AidCaseQuerySet, user: User) -> AidCaseQuerySet:
    """Those of `cases` that `user` may approve today: what the guard asks of one, asked of all in the database.

    Asks two questions beforehand, for the days of the notices.
    """
    over = cases.to_decide()
    objections = Objection.objects.filter(noticed__case=OuterRef("pk"))
    stands = Q(outcome="") | Q(outcome=ObjectionOutcome.UPHELD, noticed__taken_off=False)
    return (
        over.exclude(pk__in=over.lacking_policies().values("pk"))
        .exclude(_too_short(over))
        .exclude(Exists(objections.filter(stands)))
        .exclude(_own(user))
    )


def held_up(cases: AidCaseQuerySet, user: User) -> AidCaseQuerySet:
    """Those of `cases` that wait for an approval, and that `user` cannot approve all the same."""
    return cases.to_decide().exclude(pk__in=ready(cases, user).values("pk"))


def to_be_checked(cases: AidCaseQuerySet, user: User) -> AidCaseQuerySet:
    """Those of `cases` that `user` may pass in 初审 now: what the guard asks of one, asked in the database."""
    submitted = cases.to_check()
    return submitted.exclude(pk__in=submitted.lacking_policies().values("pk")).exclude(_own(user))


def not_to_be_checked(cases: AidCaseQuerySet, user: User) -> AidCaseQuerySet:
    """Those of `cases` that wait for 初审, and that `user` cannot pass."""
    return cases.to_check().exclude(pk__in=to_be_checked(cases, user).values("pk"))


def waiting_for(cases: AidCaseQuerySet, user: User) -> AidCaseQuerySet:
    """What of `cases` waits for `user`: to check or decide for those who approve, to go on with for those who enter."""
    if can(user, Permission.APPROVE_CASES):
        lists = to_be_checked(cases, user), ready(cases, user), cases.objected()
        return cases.filter(reduce(or_, (Q(pk__in=found.values("pk")) for found in lists)))
    if can(user, Permission.KEEP_RECORDS):
        return cases.filter(Q(status=CaseState.DRAFT) | Q(pk__in=cases.to_post().values("pk")))
    return cases.none()


def after(case: AidCase, user: User) -> AidCase | None:
    """The case that waits for `user` next after `case`, the one applied for first before others; None for none.

    After the last of the row comes its first.
    """
    waiting = waiting_for(AidCase.objects.visible_to(user), user).exclude(pk=case.pk).order_by("applied_on", "pk")
    later = Q(applied_on__gt=case.applied_on) | Q(applied_on=case.applied_on, pk__gt=case.pk)
    return waiting.filter(later).first() or waiting.first()


def _own(user: User) -> Exists | Q:
    submitted = CaseEvent.objects.filter(by_same_hands("actor", user), case=OuterRef("pk"), move="submit")
    typed = AidCase.history.filter(by_hand(), by_same_hands("history_user", user), id=OuterRef("pk"))
    return Q(Exists(submitted)) | Q(Exists(typed))


def _too_short(cases: AidCaseQuerySet) -> Q:
    """Cases whose notice had fewer days of work than the campaign asks for: by the few pairs of days there are."""
    spans = cases.exclude(notice_from=None).order_by().distinct()
    try:
        question = str(spans.query)
    except EmptyResultSet:
        return Q(status=CaseState.ON_NOTICE, notice_from=None)
    return once(("short notices", question), lambda: _short_of(spans))


def _short_of(spans: AidCaseQuerySet) -> Q:
    found = list(spans.values_list("notice_from", "notice_to", "campaign", "campaign__notice_days"))
    short = Q(status=CaseState.ON_NOTICE, notice_from=None)
    if not found:
        return short
    calendar = calendar_of(day for first, last, *_rest in found for day in (first, last))
    for first, last, campaign, asked in found:
        if calendar.working_days(first, last) < asked:
            short |= Q(notice_from=first, notice_to=last, campaign=campaign)
    return short
