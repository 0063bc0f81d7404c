"""What the city's department looks at: who is late with what was handed down, and what the hotline is to be told."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Min, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employment.enums import EnquiryOutcome
from employment.models import Enquiry
from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from portal.keeping import keep_alike
from portal.models import Union, User
from portal.models.owned import unit_path
from portal.records.editing import lock_unit
from portal.text import without_formula
from portal.words.contacts import without_personal_numbers
from portal.workflow import MoveRefused

MOST_TOLD = 5000  # answers of one file


@dataclass(frozen=True)
class UnitStanding:
    """How far a unit is with what the city handed down to it."""

    union: Union
    handed: int
    waiting: int
    overdue: int
    earliest_due: date | None

    @property
    def closed(self) -> int:
        return self.handed - self.waiting


def by_unit(user: User) -> list[UnitStanding]:
    """The 填报单位 within scope that have or had some, who is late first. Two queries."""
    today, is_open = localdate(), Q(outcome=EnquiryOutcome.OPEN)
    handed = Enquiry.objects.visible_to(user).handed_down().order_by().annotate(unit=unit_path())
    counts = handed.values("unit").annotate(
        handed=Count("pk"),
        waiting=Count("pk", filter=is_open),
        overdue=Count("pk", filter=is_open & Q(due_on__lt=today)),
        earliest_due=Min("due_on", filter=is_open),
    )
    rows = {row.pop("unit"): row for row in counts}
    unions = Union.objects.filter(path__in=rows).order_by("code")
    found = [UnitStanding(union, **rows[union.path]) for union in unions]
    return sorted(found, key=lambda unit: (-unit.overdue, -unit.waiting))


@transaction.atomic
def tell_hotline(*, by: By) -> int:
    """Say of every answer that the hotline was not told that it is told today; how many they are.

    Locks the city. Writes the enquiries with a version each, and one audit row. Raises MoveRefused where none waits.
    The file of a day is `answers_told`.
    """
    lock_unit(by.person.union)
    answered = list(Enquiry.objects.visible_to(by.person).to_tell().order_by("closed_on", "pk")[:MOST_TOLD])
    if not answered:
        raise MoveRefused(_("没有等待回复热线的答复。"))
    keep_alike(answered, by.actor, told_on=localdate())
    audit.record(AuditAction.EXPORTED, by=by, union=by.person.union, subject=_("回复热线的答复"), count=len(answered))
    return len(answered)


def answers_told(user: User, day: date) -> QuerySet:
    """What the hotline was told that day."""
    told = Enquiry.objects.visible_to(user).filter(from_city=True, told_on=day)
    return told.select_related("union", "referred_to").order_by("number")


def days_told(user: User) -> QuerySet:
    """The days on which it was told something, the latest first, and how much."""
    told = Enquiry.objects.visible_to(user).filter(from_city=True, told_on__isnull=False).order_by()
    return told.values("told_on").annotate(count=Count("pk")).order_by("-told_on")


# The hotline knows its caller by its number: the file has no name, no telephone, no identity number.
COLUMNS = (
    (gettext_lazy("工单编号"), lambda each: each.number),
    (gettext_lazy("受理日期"), lambda each: each.received_on.isoformat()),
    (gettext_lazy("承办单位"), lambda each: each.union.name),
    (gettext_lazy("办理结果"), lambda each: each.get_outcome_display()),
    (gettext_lazy("办理说明"), lambda each: without_personal_numbers(each.outcome_text)),
    (gettext_lazy("办结日期"), lambda each: each.closed_on.isoformat()),
)


def as_csv(answers: QuerySet) -> Iterator[bytes]:
    """UTF-8 with a mark by which spreadsheets know it, line by line."""
    yield "\ufeff".encode()
    yield _line([str(heading) for heading, _read in COLUMNS])
    for each in answers.iterator(chunk_size=1000):
        yield _line([without_formula(read(each)) for _heading, read in COLUMNS])


def _line(cells: list[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()
