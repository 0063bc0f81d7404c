"""Policies checked first 先帮助落实政府政策, and the campaign's standards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aid.casework.moving import locked_case
from aid.enums import CaseState, Policy, PolicyOutcome, Stage
from aid.models import AidCase, AidStandard, PolicyAid
from aid.workflow import UNDER_WAY
from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.keeping import keep_along
from portal.models import Campaign
from portal.workflow import MoveRefused

WITH_REASON = (PolicyOutcome.REFUSED, PolicyOutcome.NOT_APPLIED)


@dataclass(frozen=True)
class Answer:
    """What became of one policy."""

    policy: str
    outcome: str
    amount: Decimal | None = None
    reason: str = ""


def answers_of(case: AidCase) -> dict[str, PolicyAid]:
    return {given.policy: given for given in case.policies.all()}


def refusal_of_answers(case: AidCase) -> str:
    """Why nothing can be said of the policies of `case` now; '' where something can."""
    if case.status == CaseState.DRAFT:
        return ""
    if case.status in UNDER_WAY and len(case.policies.all()) < len(Policy):
        return ""
    state = case.get_status_display()
    return _("申请现在的状态是“%(state)s”，不能修改政策落实情况。") % {"state": state}


@transaction.atomic
def answer_policies(case: AidCase, answers: Iterable[Answer], *, by: By) -> list[PolicyAid]:
    """Say of policies what became of them, in place of what was said before.

    Locks the 填报单位. Writes each answer that changed with a version, and one audit row if any did. Of a case that is
    no draft any more only what was never answered can be said (a workbook brings none of it). Raises MoveRefused
    unless something may be said and `by` keeps records; ValidationError by policy and part, as `grant_reason`, with
    nothing written.
    """
    if not can(by.actor, Permission.KEEP_RECORDS):
        raise MoveRefused(_("您的岗位不能登记和修改助学申请。"))
    case = locked_case(case, by.actor)
    if refusal := refusal_of_answers(case):
        raise MoveRefused(refusal)
    before, changed, wrong = answers_of(case), [], {}
    for answer in answers:
        if answer.policy in before and case.status != CaseState.DRAFT:
            continue
        if fault := fault_of(answer):
            part, words = fault
            wrong[f"{answer.policy}_{part}"] = words
            continue
        given = before.get(answer.policy) or PolicyAid(case=case, policy=answer.policy)
        values = (answer.outcome, answer.amount, answer.reason.strip())
        if given.pk and (given.outcome, given.amount, given.reason) == values:
            continue
        given.outcome, given.amount, given.reason = values
        changed.append(given)
    if wrong:
        raise ValidationError(wrong)
    _keep(case, changed, by)
    return changed


def fault_of(answer: Answer) -> tuple[str, str] | None:
    """The part of an answer that is wrong and why; None when nothing is."""
    if answer.policy not in Policy.values or answer.outcome not in PolicyOutcome.values:
        return "outcome", _("请选择落实情况。")
    if answer.outcome == PolicyOutcome.GRANTED and not (answer.amount and answer.amount > 0):
        return "amount", _("已落实的请填写大于 0 的金额。")
    if answer.outcome != PolicyOutcome.GRANTED and answer.amount is not None:
        return "amount", _("没有落实的不填金额。")
    if answer.outcome in WITH_REASON and not answer.reason.strip():
        return "reason", _("没有申请或没有获批的，请写明原因。")
    return None


def _keep(case: AidCase, changed: list[PolicyAid], by: By) -> None:
    for given in changed:
        given.open_with(case)
        keep_along(given, by)
    if changed:
        fields = [str(Policy(given.policy).label) for given in changed]
        audit.record(AuditAction.RECORD_SAVED, by=by, about=case, fields=fields)


@transaction.atomic
def set_standards(campaign: Campaign, amounts: Mapping[Stage, Decimal | None], *, by: By) -> None:
    """Set what the campaign grants by stage; a stage with nothing has no standard.

    Cases keep what they were filled in with. Writes the standards and one audit row if any changed. Raises MoveRefused
    without the right to set up campaigns, ValidationError for an amount that is not above zero.
    """
    if not can(by.actor, Permission.MANAGE_CAMPAIGNS):
        raise MoveRefused(_("您的岗位不能设置帮扶标准。"))
    wrong = {
        stage: _("帮扶标准必须大于 0。") for stage, amount in amounts.items() if amount is not None and amount <= 0
    }
    if wrong:
        raise ValidationError(wrong)
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    before = dict(AidStandard.objects.filter(campaign=campaign).values_list("stage", "amount"))
    changed = {stage: amount for stage, amount in amounts.items() if before.get(stage) != amount}
    for stage, amount in changed.items():
        if amount is None:
            AidStandard.objects.filter(campaign=campaign, stage=stage).delete()
        else:
            AidStandard.objects.update_or_create(campaign=campaign, stage=stage, defaults={"amount": amount})
    if changed:
        standards = {str(stage): str(amount) if amount is not None else None for stage, amount in changed.items()}
        audit.record(
            AuditAction.RECORD_SAVED,
            by=by,
            subject=_("%(year)s 年度帮扶标准") % {"year": campaign.year},
            standards=standards,
        )
