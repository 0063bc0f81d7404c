"""Objections 公示异议 to a case on notice: recorded with their papers, and decided by somebody who approves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aid.casework.moving import locked_case
from aid.enums import CaseState, ObjectionOutcome
from aid.models import EarlierRuling, NoticedCase, Objection, ObjectionFile
from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.days import is_future
from portal.documents.file_kinds import LARGEST_SCAN, SCANS
from portal.enums import AuditAction
from portal.keeping import attach
from portal.kept.revisions import raising
from portal.workflow import MoveRefused

MOST_FILES = 5
LONGEST_TEXT, LONGEST_NAME = 1000, 200


@dataclass(frozen=True)
class Paper:
    """A file that came with an objection."""

    name: str
    content: bytes


def against_objecting(noticed: NoticedCase) -> str:
    """Why nobody can object to a case yet: the sheet does not hang; '' once it does."""
    if noticed.notice.has_begun:
        return ""
    return _("公示从 %(first)s 开始，开始后才能登记异议。") % {"first": noticed.notice.first_day}


@transaction.atomic
def raise_objection(
    noticed: NoticedCase, *, raised_on: date, text: str, by: By, raised_by: str = "", papers: Iterable[Paper] = ()
) -> Objection:
    """Record what somebody has against a case on notice; until it is decided the case cannot be approved.

    Locks the 填报单位, so that no approval passes at the same moment. Writes the objection, its files and one audit
    row. Raises ValidationError for a missing text, a day before the notice or after today, a file of another kind;
    MoveRefused if the case is not on notice yet or no longer, or `by` keeps no records.
    """
    if not can(by.actor, Permission.KEEP_RECORDS):
        raise MoveRefused(_("您的岗位不能登记公示异议。"))
    case = locked_case(noticed.case, by.actor)
    noticed.refresh_from_db(fields=["taken_off"])
    if case.status != CaseState.ON_NOTICE or noticed.taken_off:
        raise MoveRefused(_("这份申请已不在公示中，不能再登记异议。"))
    if early := against_objecting(noticed):
        raise MoveRefused(early)
    if not text.strip():
        raise ValidationError({"text": _("请填写异议内容。")})
    if raised_on < noticed.notice.first_day or is_future(raised_on):
        raise ValidationError({"raised_on": _("提出日期应在公示开始之后，且不晚于今天。")})
    objection = Objection(
        noticed=noticed,
        raised_on=raised_on,
        raised_by=raised_by.strip()[:LONGEST_NAME],
        text=text.strip()[:LONGEST_TEXT],
        recorded_by=by.actor,
    )
    objection.open_with(case)
    with raising([objection]):
        objection.save()
    _keep(objection, list(papers))
    audit.record(AuditAction.RECORD_SAVED, by=by, about=noticed.notice, act=_("登记公示异议"), case=case.number)
    return objection


def _keep(objection: Objection, papers: list[Paper]) -> None:
    if len(papers) > MOST_FILES:
        raise ValidationError({"files": _("一次最多上传 %(most)d 份材料。") % {"most": MOST_FILES}})
    for paper in papers:
        file = ObjectionFile(objection=objection)
        file.place_with(objection)
        given = {"among": objection.files.all(), "kinds": SCANS, "largest": LARGEST_SCAN}
        try:
            attach(file, paper.name, paper.content, **given)
        except ValidationError as refused:
            raise ValidationError({"files": [f"{paper.name}：{words}" for words in refused.messages]}) from None


@transaction.atomic
def decide_objection(objection: Objection, *, outcome: str, answer: str, by: By) -> Objection:
    """Say whether an objection holds, and why. Upheld, the case can only be returned or rejected.

    Locks the 填报单位. Writes the objection and one audit row. Raises ValidationError without an outcome or an answer,
    MoveRefused if it is decided already or `by` does not approve.
    """
    objection = _locked(objection, by)
    if objection.outcome:
        raise MoveRefused(_("这条异议已处理：%(outcome)s。") % {"outcome": objection.get_outcome_display()})
    return _rule(objection, outcome, answer, by=by, act=_("处理公示异议"))


def against_correcting(objection: Objection) -> str:
    """Why the ruling on an objection stands: none is there, or the case was acted on since; '' while it can change."""
    if not objection.outcome:
        return _("这条异议还没有处理。")
    noticed = objection.noticed
    if noticed.taken_off or noticed.case.status != CaseState.ON_NOTICE:
        return _("申请已按处理结果办理，处理结果不能再更正。")
    return ""


@transaction.atomic
def correct_ruling(objection: Objection, *, outcome: str, answer: str, by: By) -> Objection:
    """Put another ruling in place of the one on file, until the case is approved, returned, rejected or taken off.

    Locks the 填报单位. Writes the objection, the earlier ruling as a row of its own, and one audit row. Raises
    ValidationError without an outcome or an answer, MoveRefused by `against_correcting` or if `by` does not approve.
    """
    objection = _locked(objection, by)
    if standing := against_correcting(objection):
        raise MoveRefused(standing)
    facts = {name: getattr(objection, name) for name in ("outcome", "answer", "decided_by", "decided_at")}
    earlier = EarlierRuling(objection=objection, **facts)
    earlier.place_with(objection)
    earlier.save()
    return _rule(objection, outcome, answer, by=by, act=_("更正异议处理结果"))


def _locked(objection: Objection, by: By) -> Objection:
    if not can(by.actor, Permission.APPROVE_CASES):
        raise MoveRefused(_("您的岗位不能处理公示异议。"))
    locked_case(objection.noticed.case, by.actor)
    return Objection.objects.select_related("noticed__notice__union", "noticed__case").get(pk=objection.pk)


def _rule(objection: Objection, outcome: str, answer: str, *, by: By, act: str) -> Objection:
    if outcome not in ObjectionOutcome.values:
        raise ValidationError({"outcome": _("请选择处理结果。")})
    if not answer.strip():
        raise ValidationError({"answer": _("请写明调查情况和处理理由。")})
    objection.outcome, objection.answer = outcome, answer.strip()[:LONGEST_TEXT]
    objection.decided_by, objection.decided_at = by.actor, timezone.now()
    with raising([objection]):
        objection.save()
    case = objection.noticed.case
    audit.record(
        AuditAction.MOVED,
        by=by,
        about=objection.noticed.notice,
        act=act,
        case=case.number,
        outcome=str(ObjectionOutcome(outcome).label),
    )
    return objection
