"""活动签到: who came to an event, ticked in a list or scanned at the door; and what a wrong tick leaves behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from employment.attendance.code import graduate_of
from employment.enums import EVENT_KINDS, AttendanceWay
from employment.models import Attendance, Graduate, JobEvent
from portal import audit
from portal.access import Permission, can, path_range
from portal.audit import By
from portal.enums import AuditAction
from portal.identity import mask_name
from portal.kept.revisions import raising
from portal.models import REPORTING_PATH_LENGTH, AuditEntry, User
from portal.records.editing import lock_unit
from portal.workflow import MoveRefused

LONGEST_REASON = 200


@dataclass(frozen=True)
class Scanned:
    """Who was signed in by a code, and whether only just now."""

    attendance: Attendance
    is_new: bool


@dataclass(frozen=True)
class Turnout:
    """How many came: `times` in 人次, `people` in 人."""

    times: int
    people: int


def is_held(event: JobEvent) -> bool:
    """Whether one can come to it at all: posts that are offered are no event."""
    return event.kind in EVENT_KINDS


def tracked_on(day: date) -> Q:
    """Graduates on file who are tracked on `day`, as a condition."""
    return (Q(closed_on=None) | Q(closed_on__gt=day)) & (Q(household__closed_on=None) | Q(household__closed_on__gt=day))


def sign_in(event: JobEvent, graduates: Iterable[int], *, way: AttendanceWay, by: By) -> list[Attendance]:
    """Write down that those of `graduates` (keys) came who are not signed in yet; who is, stays as he is.

    Locks the 填报单位. Writes one row for each and one audit row that says how many; returns the new rows. Those
    outside the scope of `by` are nobody. Raises MoveRefused for an event that has not begun or is none, and for an
    `by` who keeps no records; ValidationError naming those who are tracked no more: then nobody is signed in.
    """
    _refuse(event, by.actor)
    with transaction.atomic():
        lock_unit(event.union)
        wanted = Graduate.objects.visible_to(by.actor).filter(pk__in=list(graduates)).exclude(attendance__event=event)
        gone = wanted.exclude(tracked_on(event.held_on)).order_by("pk").values_list("name", flat=True)
        if names := list(gone):
            raise ValidationError(_("已结束跟踪，不能签到：%(names)s") % {"names": _("、").join(names)})
        rows = [_row(event, graduate, way, by.actor) for graduate in wanted.order_by("pk")]
        with raising(rows):
            Attendance.objects.bulk_create(rows)
        if rows:
            _entry(event, by, way=str(AttendanceWay(way).label), count=len(rows)).save()
    return rows


def scan(event: JobEvent, code: str, *, by: By) -> Scanned:
    """Sign in whoever shows `code`. Raises as `sign_in` does, and ValidationError for a code that is nobody's here.

    The code of a graduate of another union is as unknown as one that nobody ever had.
    """
    _refuse(event, by.actor)
    key = graduate_of(code)
    shown = Graduate.objects.visible_to(by.actor).filter(pk=key).first()
    if shown is None:
        raise ValidationError(_("没有这个签到码，请核对后重新扫描或输入。"))
    try:
        new = sign_in(event, [shown.pk], way=AttendanceWay.SCANNED, by=by)
    except ValidationError:
        raise ValidationError(_("%(name)s 已结束跟踪，不能签到。") % {"name": mask_name(shown.name)}) from None
    attendance = Attendance.objects.select_related("graduate").get(event=event, graduate=shown)
    return Scanned(attendance, is_new=bool(new))


def strike(attendance: Attendance, reason: str, *, by: By) -> None:
    """Take back a sign-in that was a mistake. Pressed twice it acts once.

    Locks the 填报单位. Deletes the row and writes an audit row that says whose it was, when and by whom it was written,
    and why it went. Raises ValidationError without a reason, MoveRefused for an `by` who keeps no records.
    """
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise ValidationError({"reason": _("请写明为什么取消签到。")})
    event = attendance.event
    _refuse(event, by.actor)
    with transaction.atomic():
        lock_unit(event.union)
        with raising([attendance]):
            gone, _by_model = Attendance.objects.visible_to(by.actor).filter(pk=attendance.pk).delete()
        if gone:
            way = str(AttendanceWay(attendance.way).label)
            at = f"{localtime(attendance.recorded_at):%Y-%m-%d %H:%M:%S}"
            entry = _entry(event, by, struck=True, reason=reason, at=at, graduate=attendance.graduate_id, way=way)
            entry.detail["by"] = str(attendance.recorded_by)  # who signed the graduate in, not who strikes
            entry.save()


def turnout(attendance: QuerySet) -> Turnout:
    """人次 and 人 side by side. One query."""
    found = attendance.order_by().aggregate(times=Count("pk"), people=Count("graduate", distinct=True))
    return Turnout(found["times"], found["people"])


def of_the_year(event: JobEvent, user: User) -> QuerySet:
    """Attendance of all events that the 填报单位 of `event` held in its year, as far as `user` may see."""
    unit = path_range(event.union_path[:REPORTING_PATH_LENGTH])
    return Attendance.objects.visible_to(user).filter(unit, event__held_on__year=event.held_on.year)


def _refuse(event: JobEvent, actor: User) -> None:
    if not can(actor, Permission.KEEP_RECORDS):
        raise MoveRefused(_("您的岗位不能登记签到。"))
    if not is_held(event):
        raise MoveRefused(_("岗位提供不是活动，没有签到。"))
    if event.held_on > localdate():
        raise MoveRefused(_("活动 %(day)s 举行，当天起可以签到。") % {"day": event.held_on})


def _row(event: JobEvent, graduate: Graduate, way: AttendanceWay, actor: User) -> Attendance:
    row = Attendance(event=event, graduate=graduate, way=way, recorded_by=actor)
    row.open_with(event)
    return row


def _entry(event: JobEvent, by: By, **detail) -> AuditEntry:
    subject = f"{Attendance._meta.verbose_name} {event.number}"
    return audit.entry(AuditAction.RECORD_SAVED, by=by, about=event, subject=subject, **detail)
