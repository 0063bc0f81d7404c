"""稳岗回访: who was placed and is to be asked, 3 and 6 months later, whether the work goes on; and the answer."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from employment.enums import AssistanceKind
from employment.models import RETENTION_MONTHS, Assistance, RetentionCheck
from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.days import is_future
from portal.enums import AuditAction
from portal.kept.revisions import raising
from portal.records.editing import lock_unit
from portal.workflow import MoveRefused

LONGEST_NOTE = 200
YEAR = 12  # months


def months_later(day: date, months: int) -> date:
    """The same day `months` later; the last of the month where that has no such day."""
    years, month = divmod(day.month - 1 + months, YEAR)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_placed(today: date, months: int) -> date:
    """The last day of placement of which `months` are over on `today`: `months_later` turned round."""
    years, month = divmod(today.month - 1 - months, YEAR)
    year, month = today.year + years, month + 1
    longest = monthrange(year, month)[1]
    is_last = today.day == monthrange(today.year, today.month)[1]
    return date(year, month, longest if is_last else min(today.day, longest))


def due(placements: QuerySet, today: date | None = None) -> QuerySet:
    """Those of the help `placements` that are to be asked about by `today`, with `due_months`: 3 before 6.

    Once the answer was that the work has ended, nothing is asked any more.
    """
    today = today or localdate()
    checks = RetentionCheck.objects.filter(placement=OuterRef("pk"))
    steps = (
        When(
            Q(given_on__lte=last_placed(today, months)) & ~Exists(checks.filter(months=months)),
            then=Value(months),
        )
        for months in RETENTION_MONTHS
    )
    asked = placements.filter(~Exists(checks.filter(employed=False)), kind=AssistanceKind.PLACEMENT)
    return asked.annotate(due_months=Case(*steps, output_field=IntegerField())).filter(due_months__isnull=False)


def due_months(placement: Assistance) -> int | None:
    """After how many months it is to be asked about today; None where nothing is due."""
    return due(Assistance.objects.filter(pk=placement.pk)).values_list("due_months", flat=True).first()


@dataclass(frozen=True)
class RetentionAnswer:
    """What was heard: the day of asking, whether the graduate still works there, and words."""

    asked_on: date
    employed: bool
    note: str = ""


class RetentionsRefused(Exception):  # noqa: N818  named after what happens to the answers
    """Answers of which some cannot be written: by the key of the placement, the reasons. Nothing is written."""

    def __init__(self, by_placement: dict[int, ValidationError | MoveRefused]):
        super().__init__(by_placement)
        self.by_placement = by_placement


def check_many(answers: Iterable[tuple[Assistance, int, RetentionAnswer]], *, by: By) -> list[RetentionCheck]:
    """Write down the answers about many placements: of each the months and what was heard. All or nothing.

    Writes as `check_retention` does for each. Raises RetentionsRefused with every answer that cannot be written.
    """
    made, refused = [], {}
    with transaction.atomic():
        for placement, months, told in answers:
            try:
                made.append(check_retention(placement, months, told=told, by=by))
            except (ValidationError, MoveRefused) as reason:
                refused[placement.pk] = reason
        if refused:
            raise RetentionsRefused(refused)
    return made


@transaction.atomic
def check_retention(placement: Assistance, months: int, *, told: RetentionAnswer, by: By) -> RetentionCheck:
    """Write down the answer to one question. Sent twice it is written once.

    Locks the 填报单位. Writes the check and one audit row. Raises MoveRefused if nothing is to be asked, the question
    was answered otherwise, or `by` keeps no records; ValidationError for a day after today or before the months are
    over.
    """
    if not can(by.actor, Permission.KEEP_RECORDS):
        raise MoveRefused(_("您的岗位不能登记稳岗回访。"))
    lock_unit(placement.union)
    note = told.note.strip()[:LONGEST_NOTE]
    before = RetentionCheck.objects.filter(placement=placement, months=months).first()
    if before:
        if (before.asked_on, before.employed, before.note) == (told.asked_on, told.employed, note):
            return before
        raise MoveRefused(_("这一次稳岗回访已登记。"))
    if due_months(placement) != months:
        raise MoveRefused(_("这条就业记录现在不需要做满 %(months)d 个月的回访。") % {"months": months})
    if is_future(told.asked_on):
        raise ValidationError({"asked_on": _("日期晚于今天，请核对。")})
    if told.asked_on < months_later(placement.given_on, months):
        raise ValidationError({"asked_on": _("回访时就业还没有满 %(months)d 个月。") % {"months": months}})
    check = RetentionCheck(
        placement=placement, months=months, asked_on=told.asked_on, employed=told.employed, note=note, asked_by=by.actor
    )
    check.open_with(placement)
    with raising([check]):
        check.save()
    subject = f"{check._meta.verbose_name} {placement.number}"
    audit.record(AuditAction.RECORD_SAVED, by=by, union=placement.union, subject=subject, months=months)
    return check
