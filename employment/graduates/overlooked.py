"""Graduates who need help and have had none for 30 days."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from employment.enums import AssistanceKind
from employment.graduates.standing import offered, seeking, taking_part
from employment.models import Assistance, Attendance, Referral

TERM = timedelta(days=30)


def overlooked(graduates: QuerySet, today: date | None = None) -> QuerySet:
    """Those of `graduates` who seek work and whose last help, if any, lies 30 days back or more as of `today`.

    Help is an act of help, an event attended, an offer passed on; training or practice that goes on and an offer that
    waits for its answer are help, however long ago they began. Who was registered less than 30 days ago is not yet
    overlooked.
    """
    today = today or localdate()
    lately = today - TERM
    helped = Assistance.objects.filter(graduate=OuterRef("pk"), given_on__gt=lately, given_on__lte=today)
    attended = Attendance.objects.filter(graduate=OuterRef("pk"), event__held_on__gt=lately, event__held_on__lte=today)
    referred = Referral.objects.filter(graduate=OuterRef("pk"), referred_on__gt=lately, referred_on__lte=today)
    recent = Q(Exists(helped)) | Q(Exists(attended)) | Q(Exists(referred))
    under_way = (
        offered(today) | taking_part(today, AssistanceKind.INTERNSHIP) | taking_part(today, AssistanceKind.TRAINING)
    )
    return seeking(graduates, today).filter(~recent, ~under_way, registered_on__lte=lately)
