"""Who used what is kept about children, counted from the audit log: by month, unit, kind and ground, without names.

What is kept about a child at school counts as a minor's, however old the child was on that day.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Sum, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Substr, TruncMonth
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.audit_words import CALL_BACK_REGISTER, NATIONAL_FILE, VISIT_PLAN
from aid.models import (
    AidCase,
    BatchItem,
    Child,
    Disbursement,
    Entry,
    FollowUp,
    Household,
    Income,
    Member,
    OfficeQuestion,
    Pairing,
    Participation,
    PracticePlacement,
    ProjectGain,
    Transfer,
    Visit,
)
from portal.enums import AuditAction, RevealReason
from portal.models import REPORTING_PATH_LENGTH, AuditEntry, Union, User

USES = (AuditAction.VIEWED, AuditAction.REVEALED, AuditAction.EXPORTED)
GROUNDS = frozenset(str(reason.label) for reason in RevealReason)


@dataclass(frozen=True)
class Concerning:
    """Rows of the log that concern children: `label` says what of them, `holds` finds them."""

    label: str | Promise
    holds: Any


def _of(model: type[models.Model]) -> Concerning:
    """Its records and its lists: both are called by the name of the kind first."""
    name = str(model._meta.verbose_name)
    return Concerning(name, Q(subject__startswith=name))


# The first that holds counts.
CONCERNING = (
    *map(
        _of, (Child, Entry, AidCase, Household, Member, Income, Disbursement, Visit, FollowUp, OfficeQuestion, Pairing)
    ),
    *map(_of, (BatchItem, PracticePlacement, Participation, ProjectGain, Transfer)),
    Concerning(VISIT_PLAN, Q(subject__startswith=str(VISIT_PLAN))),
    Concerning(CALL_BACK_REGISTER, Q(subject=str(CALL_BACK_REGISTER))),
    Concerning(gettext_lazy("困难职工"), Q(subject=str(NATIONAL_FILE))),
    # A workbook of cases is called by the code of the union whose records it holds.
    Concerning(gettext_lazy("案例工作簿"), Exists(Union.objects.filter(code=OuterRef("subject")))),
)


@dataclass(frozen=True)
class Use:
    """How often in a month people used what a unit keeps of one kind, on one ground, and how many records that were.

    An act of which the log tells no number of records is one record.
    """

    month: datetime.date
    unit: str
    kind: str
    action: str
    ground: str
    times: int
    records: int


def years(user: User) -> list[int]:
    """Of which there is something in the log, the latest first."""
    ends = AuditEntry.objects.visible_to(user).aggregate(first=models.Min("at"), last=models.Max("at"))
    if ends["first"] is None:
        return []
    return list(range(localtime(ends["last"]).year, localtime(ends["first"]).year - 1, -1))


def uses_of_minors_data(user: User, year: int) -> list[Use]:
    """Of the units that `user` oversees, in one query; January first."""
    names = dict(Union.objects.in_union(user.union).filter(depth__lte=2).values_list("path", "name"))
    return [
        Use(
            month=month.date(),
            unit=names.get(unit, ""),
            kind=kind,
            action=str(AuditAction(action).label),
            ground=_ground(reason),
            times=times,
            records=records,
        )
        for month, unit, kind, action, reason, times, records in _counted(user, year)
    ]


def _counted(user: User, year: int) -> models.QuerySet:
    kinds = [When(each.holds, then=Value(str(each.label))) for each in CONCERNING]
    rows = AuditEntry.objects.visible_to(user).filter(at__year=year, action__in=USES)
    told = rows.annotate(
        month=TruncMonth("at"),
        unit=Substr("union_path", 1, REPORTING_PATH_LENGTH),
        kind=Case(*kinds, default=None, output_field=models.CharField()),
        reason=KT("detail__reason"),
        number=Coalesce(Cast(KT("detail__count"), IntegerField()), 1),
    ).filter(kind__isnull=False)
    by = ("month", "unit", "kind", "action", "reason")
    counted = told.order_by().values_list(*by).annotate(times=Count("pk"), records=Sum(F("number")))
    return counted.order_by(*by)


def _ground(reason: str | None) -> str:
    """Words that are chosen from a list; others may be anything, a name as well."""
    if not reason:
        return ""
    return reason if reason in GROUNDS else _("其他（见审计日志）")
