"""求职进展: where a graduate stands, asked of the records; nobody enters it and nothing stores it.

Every condition is written once, as a predicate on graduates; the standing and those who need help are made of them.
They look at the records of every union, as the plan of visits does: help that another unit gave before the household
moved was given all the same, and only the standing is told.
"""

from datetime import date, timedelta

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.timezone import localdate

from aid.models import Visit
from employment.enums import OPEN_REFERRALS, AssistanceKind, Intention, Standing
from employment.models import Assistance, Attendance, Promise, Referral, RetentionCheck

# Training or practice without a last day is taken to go on for so long: the shortest 见习 lasts three months.
OPEN_ENDED = timedelta(days=90)


def untracked(today: date) -> Q:
    """The graduate's file or that of the household was closed on `today` or before."""
    return Q(closed_on__lte=today) | Q(household__closed_on__lte=today)


def placed(today: date) -> Q:
    """Signed on `today` or before, self-placed, or placed by a union, and not known to have left that work since.

    A 稳岗回访 that finds the graduate gone ends the placement it asked about, and a contract signed before it.
    """
    left = RetentionCheck.objects.filter(employed=False, asked_on__lte=today)
    gone = Exists(left.filter(placement__graduate=OuterRef("pk"), asked_on__gte=OuterRef("contract_on")))
    placements = _help(today, AssistanceKind.PLACEMENT).filter(~Exists(left.filter(placement=OuterRef("pk"))))
    return Q(intention=Intention.SELF_PLACED) | (Q(contract_on__lte=today) & ~gone) | Q(Exists(placements))


def offered(today: date) -> Q:
    """An offer was passed on and is still open: not answered, or accepted and not yet taken up."""
    return Q(Exists(_of_graduate(Referral).filter(state__in=OPEN_REFERRALS, referred_on__lte=today)))


def taking_part(today: date, kind: AssistanceKind) -> Q:
    """Help of `kind` is under way: begun, and its last day is not past; without one, begun within `OPEN_ENDED`."""
    under_way = Q(ends_on__gte=today) | Q(ends_on__isnull=True, given_on__gte=today - OPEN_ENDED)
    return Q(Exists(_help(today, kind).filter(under_way)))


def contacted(today: date) -> Q:
    """Somebody spoke with the graduate: help, a visit or call since registration, an event, an offer, a promise."""
    visits = Visit.objects.filter(
        person=OuterRef("person"), visited_on__lte=today, visited_on__gte=OuterRef("registered_on")
    )
    events = _of_graduate(Attendance).filter(event__held_on__lte=today)
    offers = _of_graduate(Referral).filter(referred_on__lte=today)
    promises = _of_graduate(Promise).filter(promised_on__lte=today)
    return Q(Exists(_help(today))) | Q(Exists(visits)) | Q(Exists(events)) | Q(Exists(offers)) | Q(Exists(promises))


def with_standing(graduates: QuerySet, today: date | None = None) -> QuerySet:
    """`graduates`, each with `standing`, a value of Standing, as of `today`. One CASE; the first that holds counts:

    1. untracked: the file or the household's is closed, whatever else there is;
    2. further study: the intention says so, whatever was signed;
    3. signed: a contract, self-placed or placed, and not known to have left;
    4. offered: an offer waits for an answer or for work to begin;
    5. in practice, then 6. in training: both at once count as practice, which is nearer to work;
    7. needs help: spoken with or helped before, and nothing under way;
    8. to be contacted: none of this yet.
    """
    today = today or localdate()
    steps = (
        (untracked(today), Standing.UNTRACKED),
        (Q(intention=Intention.FURTHER_STUDY), Standing.FURTHER_STUDY),
        (placed(today), Standing.SIGNED),
        (offered(today), Standing.OFFERED),
        (taking_part(today, AssistanceKind.INTERNSHIP), Standing.IN_PRACTICE),
        (taking_part(today, AssistanceKind.TRAINING), Standing.IN_TRAINING),
        (contacted(today), Standing.NEEDS_HELP),
    )
    return graduates.annotate(
        standing=Case(
            *(When(condition, then=Value(standing)) for condition, standing in steps),
            default=Value(Standing.TO_CONTACT),
            output_field=CharField(),
        )
    )


def seeking(graduates: QuerySet, today: date | None = None) -> QuerySet:
    """Those of `graduates` who need help to find work as of `today`: standing 4 to 8 of `with_standing`."""
    today = today or localdate()
    return graduates.filter(~untracked(today), ~placed(today), intention=Intention.NEEDS_HELP)


def _of_graduate(model) -> QuerySet:
    return model.objects.filter(graduate=OuterRef("pk"))


def _help(today: date, kind: AssistanceKind | None = None) -> QuerySet:
    given = _of_graduate(Assistance).filter(given_on__lte=today)
    return given.filter(kind=kind) if kind else given
