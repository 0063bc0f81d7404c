"""Objections 公示异议 to a case on notice: recorded with their papers, and decided by somebody who approves."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aid.casework.moving import locked_case
from aid.casework.notices import record
from aid.enums import CaseStatus, ObjectionOutcome
from aid.models import NoticedCase, Objection, ObjectionFile
from portal.access import Permission, can
from portal.days import is_future
from portal.documents.file_kinds import JPEG, MEGABYTE, PDF, PNG, kind_of
from portal.enums import AuditAction
from portal.models import User
from portal.workflow import MoveRefused

FILE_KINDS = (PDF, JPEG, PNG)
LARGEST_FILE = 10 * MEGABYTE
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
    noticed: NoticedCase,
    *,
    raised_on: date,
    text: str,
    actor: User,
    raised_by: str = "",
    papers: Iterable[Paper] = (),
    address: str | None = None,
) -> Objection:
    """Record what somebody has against a case on notice; until it is decided the case cannot be approved.

    Locks the 填报单位, so that no approval passes at the same moment. Writes the objection, its files and one audit
    row. Raises ValidationError for a missing text, a day before the notice or after today, a file of another kind;
    MoveRefused if the case is not on notice yet or no longer, or `actor` keeps no records.
    """
    if not can(actor, Permission.KEEP_RECORDS):
        raise MoveRefused(_("您的岗位不能登记公示异议。"))
    case = locked_case(noticed.case, actor)
    noticed.refresh_from_db(fields=["taken_off"])
    if case.status != CaseStatus.ON_NOTICE or noticed.taken_off:
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
        recorded_by=actor,
    )
    objection.place_with(case)
    objection.save()
    _keep(objection, list(papers))
    record(AuditAction.RECORD_SAVED, noticed.notice, actor, address, act=_("登记公示异议"), case=case.number)
    return objection


def _keep(objection: Objection, papers: list[Paper]) -> None:
    if len(papers) > MOST_FILES:
        raise ValidationError({"files": _("一次最多上传 %(most)d 份材料。") % {"most": MOST_FILES}})
    for paper in papers:
        try:
            kind = kind_of(paper.content, paper.name, FILE_KINDS, largest=LARGEST_FILE)
        except ValidationError as refused:
            raise ValidationError({"files": [f"{paper.name}：{words}" for words in refused.messages]}) from None
        digest = hashlib.sha256(paper.content).hexdigest()
        if ObjectionFile.objects.filter(objection=objection, digest=digest).exists():
            continue
        file = ObjectionFile(
            objection=objection,
            file_name=paper.name[-LONGEST_NAME:],
            content_type=kind.content_type,
            content=paper.content,
            digest=digest,
        )
        file.place_with(objection)
        file.save()


@transaction.atomic
def decide_objection(
    objection: Objection, *, outcome: str, answer: str, actor: User, address: str | None = None
) -> Objection:
    """Say whether an objection holds, and why. Upheld, the case can only be returned or rejected.

    Locks the 填报单位. Writes the objection and one audit row. Raises ValidationError without an outcome or an answer,
    MoveRefused if it is decided already or `actor` does not approve.
    """
    if not can(actor, Permission.APPROVE_CASES):
        raise MoveRefused(_("您的岗位不能处理公示异议。"))
    locked_case(objection.noticed.case, actor)
    objection = Objection.objects.select_related("noticed__notice__union", "noticed__case").get(pk=objection.pk)
    if objection.outcome:
        raise MoveRefused(_("这条异议已处理：%(outcome)s。") % {"outcome": objection.get_outcome_display()})
    if outcome not in ObjectionOutcome.values:
        raise ValidationError({"outcome": _("请选择处理结果。")})
    if not answer.strip():
        raise ValidationError({"answer": _("请写明调查情况和处理理由。")})
    objection.outcome, objection.answer = outcome, answer.strip()[:LONGEST_TEXT]
    objection.decided_by, objection.decided_at = actor, timezone.now()
    objection.save()
    case = objection.noticed.case
    record(
        AuditAction.MOVED,
        objection.noticed.notice,
        actor,
        address,
        act=_("处理公示异议"),
        case=case.number,
        outcome=str(ObjectionOutcome(outcome).label),
    )
    return objection
