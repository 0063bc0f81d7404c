"""What becomes of a referral: the answer, the placement with its record of help, the withdrawal."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from employment.editing.assistance import ASSISTANCE_FORM
from employment.editing.graduate import GRADUATE_FORM
from employment.enums import AssistanceKind
from employment.models import Assistance, Referral
from employment.workflow import REFERRAL_WORKFLOW
from portal.access import can
from portal.audit import By
from portal.days import is_future
from portal.keeping import keep
from portal.records.editing import RecordRefused, change_record, create_record, lock_unit
from portal.workflow import Move, MoveRefused

LONGEST_NOTE = 200


@dataclass(frozen=True)
class Answer:
    """What is told with a move: its day (today unless given), words, and of a placement the day of the contract."""

    day: date | None = None
    note: str = ""
    contract_on: date | None = None


NOTHING_TOLD = Answer()


@transaction.atomic
def move_referral(referral: Referral, name: str, *, by: By, answer: Answer = NOTHING_TOLD) -> Referral:
    """Make the move `name` of `REFERRAL_WORKFLOW`.

    Locks the 填报单位. Writes the referral with one version and one audit row. A placement also writes the help that
    annex 2 counts (实现就业), given on the day of the answer, and the graduate's contract if its day is given, each
    with a version and an audit row. Raises MoveRefused with the reason, ValidationError for a day after today or before
    the referral, of the answer or the contract, or words left out; then nothing is written.
    """
    lock_unit(referral.union)
    related = ("union", "vacancy__employer", "graduate__union")
    referral = Referral.objects.visible_to(by.actor).select_related(*related).filter(pk=referral.pk).first()
    if referral is None:
        raise MoveRefused(_("这条推荐不在您的工会范围内。"))
    move = REFERRAL_WORKFLOW.by_name[name]
    also = _take(referral, move, by, answer)
    REFERRAL_WORKFLOW.apply(referral, name, actor=by.actor, reason=answer.note, also=also)
    keep(referral, by, str(move.label))
    return referral


def _take(referral: Referral, move: Move, by: By, answer: Answer) -> tuple[str, ...]:
    """Set what the answer tells; the names of the fields. Nothing where the move will be refused anyway."""
    if referral.state not in move.sources or not can(by.actor, move.permission) or move.hindrance(referral, by.actor):
        return ()
    day = answer.day or localdate()
    if is_future(day):
        raise ValidationError({"day": _("日期晚于今天，请核对。")})
    if day < referral.referred_on:
        raise ValidationError({"day": _("日期不能早于推荐日期。")})
    referral.answered_on = day
    referral.note = answer.note.strip()[:LONGEST_NOTE] or referral.note
    if move.name != "place":
        return "answered_on", "note"
    referral.placement = _place(referral, day, by)
    if answer.contract_on:
        _sign(referral, answer.contract_on, by)
    return "answered_on", "note", "placement"


def _place(referral: Referral, day: date, by: By) -> Assistance:
    """The help 实现就业, by the employer."""
    values = {
        "number": "",
        "given_on": day,
        "kind": AssistanceKind.PLACEMENT,
        "provider": referral.vacancy.employer.name,
        "note": referral.vacancy.title,
    }
    try:
        saved = create_record(ASSISTANCE_FORM, values=values, parent=referral.graduate, by=by)
    except RecordRefused as refused:
        raise MoveRefused(_words(refused)) from None
    return saved.record


def _sign(referral: Referral, day: date, by: By) -> None:
    if is_future(day):
        raise ValidationError({"contract_on": _("日期晚于今天，请核对。")})
    if day < referral.referred_on:
        raise ValidationError({"contract_on": _("签约日期不能早于推荐日期。")})
    try:
        change_record(GRADUATE_FORM, referral.graduate, values={"contract_on": day}, by=by)
    except RecordRefused as refused:
        raise ValidationError({"contract_on": _words(refused)}) from None


def _words(refused: RecordRefused) -> str:
    return _("；").join(reason for reasons in refused.by_field.values() for reason in reasons)
