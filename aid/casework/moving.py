"""The moves of an aid case: each one transaction, one row of history, one audit row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.casework.departures import unexplained
from aid.casework.posted import unshown
from aid.casework.received import FIELDS, NOT_ASKED, Received, against_receiving
from aid.enums import CaseReason, CaseState, Decision
from aid.models import AidCase, CaseEvent, NoticedCase
from aid.workflow import AID_CASE_WORKFLOW
from portal.access import can
from portal.audit import By
from portal.enums import WebhookEvent
from portal.keeping import keep
from portal.models import REPORTING_PATH_LENGTH, Union, User
from portal.outside.telling import tell
from portal.workflow import Move, MoveRefused

NOTICE_FIELDS = ("notice_from", "notice_to", "notice_place")
DECIDING_FIELDS = ("decided_on", "decision")
COUNTED_FIELDS = ("counted_stage", "counted_category", "counted_single", "counted_single_mother")
LONGEST_COMMENT = 500
LONGEST_OPINION = 100  # of 初审: it has half a line of the printed form


@dataclass(frozen=True)
class Why:
    """What is said with a move: a coded reason, words, and the key of the batch it belongs to."""

    reason: str = ""
    comment: str = ""
    batch: UUID | None = None


@dataclass(frozen=True)
class Posted:
    """Where and when a case is on notice."""

    first_day: date
    last_day: date
    place: str


NOTHING_SAID = Why()


def locked_case(case: AidCase, actor: User) -> AidCase:
    """The case read again, locked with its 填报单位. Raises MoveRefused if it is not in the scope of `actor`."""
    Union.objects.select_for_update().get(path=case.union_path[:REPORTING_PATH_LENGTH])
    related = ("campaign", "union", "child__household__worker")
    case = AidCase.objects.select_for_update(of=("self",)).select_related(*related).get(pk=case.pk)
    if not case.union_path.startswith(actor.union.path):
        raise MoveRefused(_("这份申请不在您的工会范围内。"))
    return case


@transaction.atomic
def move_case(
    case: AidCase,
    name: str,
    *,
    by: By,
    why: Why = NOTHING_SAID,
    posted: Posted | None = None,
    received: Received = NOT_ASKED,
) -> AidCase:
    """Make the move `name` of `AID_CASE_WORKFLOW`; `posted` is told of a notice, `received` of a call-back.

    Locks the 填报单位 first, as imports and every save of its records do. Writes the case with one version, a row of
    its history and one audit row; a case that leaves its notice is no longer shown on it, and a decision is told to the
    systems that listen. Approval copies what the
    case is counted by and sets the day and the decision (domain.md). Raises MoveRefused with the reason; also if a
    case that departs from the campaign's standard is submitted without a word of why, and if one is approved with
    neither a photo of its notice nor a word of why there is none.
    """
    case = locked_case(case, by.actor)
    move = AID_CASE_WORKFLOW.by_name[name]
    _check_reason(move, why)
    was = case.status
    changed = _hear(case, received) if name == "follow_up" else _set_fields(case, name, posted)
    unsaid = _unsaid(case, move, why, by.actor)
    try:
        AID_CASE_WORKFLOW.apply(case, name, actor=by.actor, reason=why.reason, also=changed)
    except MoveRefused as refused:
        raise MoveRefused(f"{refused} {unsaid}".strip()) from None
    if unsaid:
        raise MoveRefused(unsaid)
    if was in (CaseState.ON_NOTICE, CaseState.APPROVED) and name in LEAVES_NOTICE:
        NoticedCase.objects.filter(case=case, taken_off=False).update(taken_off=True)
    CaseEvent.objects.create(
        case=case,
        move=name,
        state=case.status,
        actor=by.actor,
        reason=why.reason,
        comment=why.comment.strip()[:LONGEST_COMMENT],
        batch=why.batch,
    )
    # The version says by which move it came about: the four eyes look only at those without.
    keep(case, by, str(move.label), reason=str(CaseReason(why.reason).label) if why.reason else "")
    if name in DECIDES:
        tell(WebhookEvent.DECIDED, case, number=case.number, decision=case.decision)
    return case


def _unsaid(case: AidCase, move: Move, why: Why, actor: User) -> str:
    """What whoever may make the move has still to say in words; '' where nothing is."""
    asked = TO_BE_SAID.get(move.name)
    return asked(case, why.comment) if asked and case.status in move.sources and can(actor, move.permission) else ""


def _check_reason(move, why: Why) -> None:
    if move.reason and why.reason not in CaseReason.values:
        raise MoveRefused(_("“%(move)s”必须选择原因。") % {"move": move.label})
    if why.reason == CaseReason.OTHER and not why.comment.strip():
        raise MoveRefused(_("选了“其他原因”，请写明是什么原因。"))


def _set_fields(case: AidCase, name: str, posted: Posted | None) -> tuple[str, ...]:
    """Set what the move `name` changes besides the state; the names of those fields."""
    if name == "put_on_notice":
        return _post(case, posted)
    effect = EFFECTS.get(name)
    return effect(case) if effect else ()


def _post(case: AidCase, posted: Posted | None) -> tuple[str, ...]:
    if posted is None:
        raise MoveRefused(_("请填写公示地点和起止日期。"))
    case.notice_from, case.notice_to, case.notice_place = posted.first_day, posted.last_day, posted.place
    return NOTICE_FIELDS


def _hear(case: AidCase, received: Received) -> tuple[str, ...]:
    if against := against_receiving(case, received):
        raise MoveRefused(against)
    case.received_on, case.received_in_full = received.on, received.in_full
    return FIELDS


def _approve(case: AidCase) -> tuple[str, ...]:
    case.copy_counted()
    case.decided_on, case.decision = localdate(), Decision.APPROVED
    return (*DECIDING_FIELDS, *COUNTED_FIELDS)


def _reject(case: AidCase) -> tuple[str, ...]:
    """A notice that was cut short by the decision ends with it: no decision may lie before the end of its notice."""
    today = localdate()
    if case.notice_from and case.notice_from > today:
        _forget_notice(case)
    elif case.notice_to and case.notice_to > today:
        case.notice_to = today
    case.decided_on, case.decision = today, Decision.REJECTED
    return (*DECIDING_FIELDS, *NOTICE_FIELDS)


def _forget_notice(case: AidCase) -> tuple[str, ...]:
    case.notice_from = case.notice_to = None
    case.notice_place = ""
    return NOTICE_FIELDS


def _forget_all(case: AidCase) -> tuple[str, ...]:
    """Neither on notice nor decided any more; what was, stands in the history."""
    case.decided_on, case.decision = None, ""
    return (*_forget_notice(case), *DECIDING_FIELDS)


DECIDES = frozenset({"approve", "reject"})
# What a move asks to be told in words, whatever its guard says: all that is against it is said at once.
TO_BE_SAID: dict[str, Callable[[AidCase, str], str]] = {"submit": unexplained, "approve": unshown}
LEAVES_NOTICE = frozenset({"take_off", "return", "reject", "withdraw"})
EFFECTS: dict[str, Callable[[AidCase], tuple[str, ...]]] = {
    "approve": _approve,
    "reject": _reject,
    "return": _forget_notice,
    "take_off": _forget_notice,
    "withdraw": _forget_all,
    "reconsider": _forget_all,
    "reopen": _forget_all,
}
