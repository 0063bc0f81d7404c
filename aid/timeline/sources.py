"""What happens to a family, kind by kind: which records tell of it, on which day, in which words."""

import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.models import (
    AidCase,
    CaseEvent,
    Child,
    Disbursement,
    Document,
    Entry,
    FollowUp,
    Household,
    Income,
    Member,
    Objection,
    OfficeQuestion,
    Pairing,
    PracticePlacement,
    Transfer,
    Visit,
)
from aid.records.household import visits_to_family
from aid.timeline.events import Source, nowhere
from aid.workflow import AID_CASE_WORKFLOW

DECISIONS = ("approve", "reject")


def of_household(household: Household) -> Q:
    return Q(household=household)


def _of_children(household: Household) -> Q:
    return Q(child__household=household)


# Cases that came in decided, by workbook: no move tells of it.
DECIDED_WITHOUT_MOVE = Q(decided_on__isnull=False) & ~Q(
    Exists(CaseEvent.objects.filter(case=OuterRef("pk"), move__in=DECISIONS))
)


def _move_words(event: CaseEvent) -> str:
    reason = f"（{event.get_reason_display()}）" if event.reason else ""
    return f"{event.case.child.name} {AID_CASE_WORKFLOW.words(event.move)}{reason}"


def _case_words(case: AidCase) -> str:
    """Of the day of application: what became of it since is told by its moves."""
    return f"{case.child.name} {case.campaign} {case.get_stage_display()}"


def _visit_words(visit: Visit) -> str:
    return f"{visit.visitor} {visit.get_ways_display()}".strip()


def _income_words(income: Income) -> str:
    words = {"year": income.year, "amount": f"{income.amount:,.2f}", "people": income.people}
    return _("%(year)s 年度 %(amount)s 元，%(people)s 人") % words


def _pairing_words(pairing: Pairing) -> str:
    return f"{pairing.paired_name} {pairing.sponsor} {pairing.get_programme_display()}"


def _ended(pairing: Pairing) -> datetime.date | None:
    """An agreed end that is still to come has not happened."""
    return pairing.ends_on if pairing.ends_on and pairing.ends_on <= localdate() else None


def _of_children_or_worker(household: Household) -> Q:
    return _of_children(household) | of_household(household)


def _of_children_cases(household: Household) -> Q:
    return Q(noticed__case__child__household=household)


def _question_words(question: OfficeQuestion) -> str:
    return f"{question.office.name} {question.subject}"


def _follow_up_words(follow_up: FollowUp) -> str:
    return f"{follow_up.words} {follow_up.outcome}".strip()


SOURCES: tuple[Source, ...] = (
    Source(
        _("家庭成员"),
        Member,
        of_household,
        lambda member: member.recorded_at,
        lambda member: f"{member.name} {member.relation}",
        without=("id_number", "health"),
    ),
    Source(
        _("新增子女"),
        Child,
        of_household,
        lambda child: child.recorded_at,
        lambda child: child.name,
    ),
    Source(
        _("年度收入"),
        Income,
        of_household,
        lambda income: income.recorded_at,
        _income_words,
    ),
    Source(
        _("升学"),
        Entry,
        _of_children,
        lambda entry: entry.entered_on,
        lambda entry: f"{entry.child.name} {entry.get_stage_display()} {entry.school}",
        related=("child",),
        person="child__person",
    ),
    Source(
        _("申请助学"),
        AidCase,
        _of_children,
        lambda case: case.applied_on,
        _case_words,
        related=("child", "campaign"),
        person="person",
    ),
    Source(
        _("公示异议"),
        Objection,
        _of_children_cases,
        lambda objection: objection.recorded_at,
        lambda objection: _("%(name)s 有人提出异议") % {"name": objection.noticed.case.child.name},
        related=("noticed__case__child",),
        without=("raised_by", "text", "answer"),
        person="noticed__case__person",
        page=lambda objection: objection.noticed.case,
    ),
    Source(
        _("异议处理"),
        Objection,
        _of_children_cases,
        lambda objection: objection.decided_at,
        lambda objection: f"{objection.noticed.case.child.name} {objection.get_outcome_display()}",
        related=("noticed__case__child",),
        without=("raised_by", "text", "answer"),
        person="noticed__case__person",
        page=lambda objection: objection.noticed.case,
    ),
    Source(
        _("审批"),
        AidCase,
        _of_children,
        lambda case: case.decided_on,
        lambda case: f"{case.child.name} {case.get_decision_display()}",
        related=("child",),
        person="person",
        only=DECIDED_WITHOUT_MOVE,
    ),
    Source(
        _("申请办理"),
        CaseEvent,
        lambda home: Q(case__child__household=home),
        lambda event: event.at,
        _move_words,
        related=("case__child",),
        person="case__person",
        visible=lambda user: CaseEvent.objects.filter(case__in=AidCase.objects.visible_to(user)),
        page=lambda event: event.case,
    ),
    Source(
        _("助学款发放"),
        Disbursement,
        lambda home: Q(case__child__household=home),
        lambda payment: payment.paid_on,
        lambda payment: f"{payment.case.child.name} {payment.amount:,.2f} {payment.get_status_display()}",
        related=("case__child",),
        person="case__person",
        recorded=Q(paid_on__isnull=False),
    ),
    Source(
        _("走访慰问"),
        Visit,
        visits_to_family,
        lambda visit: visit.visited_on,
        _visit_words,
        without=("needs",),
        person="person",
        only=Q(by_telephone=False),
    ),
    Source(
        _("电话回访"),
        Visit,
        visits_to_family,
        lambda visit: visit.visited_on,
        _visit_words,
        without=("needs",),
        person="person",
        only=Q(by_telephone=True),
    ),
    Source(
        _("部门问询"),
        OfficeQuestion,
        of_household,
        lambda question: question.asked_on,
        _question_words,
        related=("office",),
        without=("answer",),
        person="person",
    ),
    Source(
        _("部门答复"),
        OfficeQuestion,
        of_household,
        lambda question: question.answered_on,
        _question_words,
        related=("office",),
        without=("answer",),
        person="person",
        recorded=Q(answered_on__isnull=False),
    ),
    Source(
        _("跟进办结"),
        FollowUp,
        visits_to_family,
        lambda follow_up: follow_up.done_on,
        _follow_up_words,
        person="person",
        only=Q(done_on__isnull=False),
        recorded=Q(done_on__isnull=False),
    ),
    Source(
        _("结对"),
        Pairing,
        _of_children_or_worker,
        lambda pairing: pairing.starts_on,
        _pairing_words,
        related=("child", "household", "sponsor"),
        person="child__person",
        or_person="household__worker",
    ),
    Source(
        _("结束结对"),
        Pairing,
        _of_children_or_worker,
        _ended,
        _pairing_words,
        related=("child", "household", "sponsor"),
        person="child__person",
        or_person="household__worker",
        recorded=Q(ends_on__isnull=False),
    ),
    Source(
        _("社会实践"),
        PracticePlacement,
        _of_children,
        lambda placement: placement.starts_on,
        lambda placement: f"{placement.child.name} {placement.post.employer} {placement.starts_on}—{placement.ends_on}",
        related=("child", "post"),
        person="child__person",
    ),
    Source(
        _("家庭材料"),
        Document,
        of_household,
        lambda document: document.uploaded_at,
        lambda document: (_("见原件：%s") if document.seen_on else _("上传：%s")) % document.get_kind_display(),
        related=("uploaded_by",),
        without=("content",),
        page=nowhere,
    ),
    Source(
        _("档案转移"),
        Transfer,
        of_household,
        lambda transfer: transfer.settled_at or transfer.begun_at,
        lambda transfer: f"{transfer.union} → {transfer.to_union} {transfer.get_state_display()}",
        related=("union", "to_union"),
        page=nowhere,
    ),
)
