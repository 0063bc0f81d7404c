"""拟登记毕业生: children whose school years end, put forward as graduates; asked of the records, never stored.

A child comes up in a year if it is on file, has an approved tertiary case of that year's campaign or an earlier one,
nobody has a graduate file of that person in the 填报单位, and its school years end in that year: on the date on file,
else by the last tertiary entry with its length of course. Who was left over comes up once more in the next year: those
declined as still studying, whatever year their school was to end, and those whom nobody decided on.
"""

from calendar import monthrange
from datetime import date

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, ExtractYear, Substr
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from aid.enums import STAGE_GROUPS, StageGroup
from aid.models import AidCase, Child, Entry
from aid.models.casework.case import APPROVED_STATES
from employment.enums import DeclineReason
from employment.models import DeclinedProposal, Graduate
from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from portal.kept.revisions import raising
from portal.models import REPORTING_PATH_LENGTH, Campaign, User
from portal.models.owned import unit_path
from portal.records.editing import lock_unit
from portal.workflow import MoveRefused

TERTIARY = STAGE_GROUPS[StageGroup.TERTIARY]


def with_school_end(children: QuerySet) -> QuerySet:
    """`children` with their last tertiary entry, `last_stage` (of the entry, else of the last case) and `ends_in`.

    `ends_in` is the year in which school ends, null where nothing tells.
    """
    entries = Entry.objects.filter(child=OuterRef("pk"), stage__in=TERTIARY).order_by("-entered_on", "-pk")
    cases = _tertiary_cases().order_by("-campaign__year", "-pk")
    return children.annotate(
        last_entered_on=Subquery(entries.values("entered_on")[:1]),
        last_course_years=Subquery(entries.values("course_years")[:1]),
        last_school=Subquery(entries.values("school")[:1]),
        last_stage=Coalesce(Subquery(entries.values("stage")[:1]), Subquery(cases.values("counted_stage")[:1])),
    ).annotate(
        ends_in=Coalesce(ExtractYear("graduates_on"), ExtractYear("last_entered_on") + F("last_course_years")),
    )


def school_ends_on(child: Child) -> date | None:
    """The date on file, else the day of the last tertiary entry so many years on; None where nothing tells.

    `child` comes from `with_school_end`. Whoever entered on 29 February ends on the 28th.
    """
    if child.graduates_on:
        return child.graduates_on
    if not child.last_entered_on or not child.last_course_years:
        return None
    entered, year = child.last_entered_on, child.last_entered_on.year + child.last_course_years
    return entered.replace(year=year, day=min(entered.day, monthrange(year, entered.month)[1]))


def proposed(children: QuerySet, year: int) -> QuerySet:
    """Those of `children` who wait for a decision in `year`, each with its school end."""
    return _coming_up(children, year).filter(~_declined(year))


def declined(children: QuerySet, year: int) -> QuerySet:
    """Those of `children` who would wait, had they not been declined in `year`."""
    return _coming_up(children, year).filter(_declined(year))


def unregistered(children: QuerySet) -> QuerySet:
    """Those of `children` whose own 填报单位 has not taken this person up as a graduate."""
    of_person = Graduate.objects.filter(person=OuterRef("person")).annotate(unit=unit_path())
    return children.filter(~Exists(of_person.filter(unit=Substr(OuterRef("union_path"), 1, REPORTING_PATH_LENGTH))))


def is_registered(child: Child) -> bool:
    """Whether the child's own 填报单位 has taken this person up as a graduate. One query."""
    return not unregistered(Child.objects.filter(pk=child.pk)).exists()


def waiting(user: User) -> QuerySet:
    """Children within the scope of `user` who wait in the current campaign's year; none without a campaign."""
    campaign = Campaign.objects.current()
    children = Child.objects.visible_to(user)
    return proposed(children, campaign.year) if campaign else children.none()


@transaction.atomic
def decline_proposal(child: Child, *, year: int, reason: DeclineReason, text: str = "", by: By) -> DeclinedProposal:
    """Take `child` off the proposals of `year`, for a coded reason (`text` says what another reason is).

    Locks the 填报单位. Writes the decision and one audit row; sent twice with the same words it writes once. Raises
    MoveRefused if it was declined otherwise, or is no longer put forward (a graduate file was made meanwhile).
    """
    child = _locked(child)
    before = DeclinedProposal.objects.filter(child=child, year=year).first()
    if before and (before.reason, before.text) == (reason, text):
        return before
    if before or not proposed(Child.objects.filter(pk=child.pk), year).exists():
        raise MoveRefused(_("该子女已不在拟登记名单中：已登记为毕业生，或他人已作处理。请返回名单查看。"))
    made = DeclinedProposal(child=child, year=year, reason=reason, text=text, declined_by=by.actor)
    made.open_with(child)
    with raising([made]):
        made.save()
    _record(child, by, act=_("暂不登记"), reason=made.get_reason_display())
    return made


@transaction.atomic
def take_up_again(child: Child, *, year: int, by: By) -> None:
    """Undo the decline of `child` in `year`, so that it waits again; nothing happens where none is.

    Locks the 填报单位. Removes the decision and writes one audit row that tells what it was, by whom and when.
    """
    child = _locked(child)
    declined = DeclinedProposal.objects.select_related("declined_by").filter(child=child, year=year).first()
    if declined:
        with raising([declined]):
            declined.delete()
        told = {"reason": declined.get_reason_display(), "declined_by": str(declined.declined_by)}
        told["declined"] = f"{localtime(declined.declined_at):%Y-%m-%d %H:%M:%S}"
        _record(child, by, act=_("恢复拟登记"), **told)


def _coming_up(children: QuerySet, year: int) -> QuerySet:
    """Whose school ends is asked last, of the few who may come: it takes three questions for each child."""
    aided = AidCase.objects.filter(counted_stage__in=TERTIARY, status__in=APPROVED_STATES, campaign__year__lte=year)
    still_studying = Q(ends_in__lt=year) & Q(_declined(year - 1, reason=DeclineReason.STUDYING))
    undecided = Q(ends_in=year - 1) & ~Q(_declined(year - 1))
    comes = Q(ends_in=year) | still_studying | undecided
    few = unregistered(children.filter(_may_come(year), pk__in=aided.values("child"), on_file=True))
    return with_school_end(few).filter(comes)


def _may_come(year: int) -> Q:
    """What holds of everybody who comes up in `year`, asked of all children together: one set for each kind of record.

    That school ends in it or the year before, by the date on file or by some entry, or that one was declined before.
    """
    years = (year - 1, year)
    ends = ExtractYear("entered_on") + F("course_years")
    entered = Entry.objects.filter(stage__in=TERTIARY).annotate(ends=ends).filter(ends__in=years)
    studying = DeclinedProposal.objects.filter(year=year - 1, reason=DeclineReason.STUDYING)
    by_entry = Q(graduates_on=None, pk__in=entered.values("child"))
    return Q(graduates_on__year__in=years) | by_entry | Q(pk__in=studying.values("child"))


def _tertiary_cases() -> QuerySet:
    return AidCase.objects.filter(child=OuterRef("pk"), counted_stage__in=TERTIARY, status__in=APPROVED_STATES)


def _declined(year: int, **conditions) -> Exists:
    return Exists(DeclinedProposal.objects.filter(child=OuterRef("pk"), year=year, **conditions))


def _locked(child: Child) -> Child:
    """The child as it is, with its 填报单位 locked."""
    lock_unit(child.union)
    return Child.objects.select_related("union").get(pk=child.pk)


def _record(child: Child, by: By, **detail) -> None:
    subject = f"{_('拟登记毕业生')} {child.pk}"
    audit.record(AuditAction.MOVED, by=by, union=child.union, subject=subject, **detail)
