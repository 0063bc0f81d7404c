"""Answers about the policies that need no typing: by the stage, as last year, or that none applies."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.casework.batches import RowOutcome, lock_unit_of
from aid.casework.policies import Answer, fault_of, refusal_of_answers
from aid.enums import STAGE_GROUPS, Policy, PolicyFilling, PolicyOutcome, StageGroup
from aid.models import AidCase, PolicyAid
from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.keeping import keep_new
from portal.models import REPORTING_PATH_LENGTH
from portal.workflow import MoveRefused

FREE_SCHOOLING = gettext_lazy("义务教育阶段免学杂费和教科书费（两免一补），不需另行申请")
LOANS_LATER = gettext_lazy("助学贷款从大专起申请")
NOT_APPLICABLE_AT = {
    StageGroup.BASIC: {Policy.TUITION_WAIVER: FREE_SCHOOLING, Policy.STUDENT_LOAN: LOANS_LATER},
    StageGroup.SECONDARY: {Policy.STUDENT_LOAN: LOANS_LATER},
    StageGroup.TERTIARY: {},
}
Answers = Mapping[str, Answer]


def by_stage_in_words() -> str:
    """What the filling by the stage answers, and which policies it always leaves to be answered."""
    of_group = _("%(group)s的%(policies)s")
    filled = [
        of_group % {"group": group.label, "policies": "、".join(str(policy.label) for policy in known)}
        for group, known in NOT_APPLICABLE_AT.items()
        if known
    ]
    decided = {policy for known in NOT_APPLICABLE_AT.values() for policy in known}
    words = _("“%(filling)s”只把%(filled)s填为“%(outcome)s”；%(open)s仍要逐项填写。")
    return words % {
        "filling": PolicyFilling.BY_STAGE.label,
        "filled": "，".join(filled),
        "outcome": PolicyOutcome.NOT_APPLICABLE.label,
        "open": "、".join(str(policy.label) for policy in Policy if policy not in decided),
    }


def decided_by(stage: str) -> Answers:
    """The policies of which the stage alone says that they do not apply, and why."""
    group = next(group for group, stages in STAGE_GROUPS.items() if stage in stages)
    reasons = NOT_APPLICABLE_AT[group].items()
    return {policy: Answer(policy, PolicyOutcome.NOT_APPLICABLE, reason=str(reason)) for policy, reason in reasons}


def said_last_year(cases: Iterable[AidCase]) -> dict[int, Answers]:
    """What the same unit said of the same child in the campaign before, by case; one question for all."""
    cases = list(cases)
    said = PolicyAid.objects.filter(
        case__person__in={case.person_id for case in cases},
        case__campaign__year__in={case.campaign.year - 1 for case in cases},
    )
    found: dict[tuple, dict[str, Answer]] = defaultdict(dict)
    for given in said.select_related("case__campaign"):
        before = given.case
        unit = before.union_path[:REPORTING_PATH_LENGTH]
        answer = Answer(given.policy, given.outcome, given.amount, given.reason)
        found[before.person_id, before.campaign.year, unit][given.policy] = answer
    return {
        case.pk: found.get((case.person_id, case.campaign.year - 1, case.union_path[:REPORTING_PATH_LENGTH]), {})
        for case in cases
    }


def presets(cases: Sequence[AidCase], filling: str) -> dict[int, Answers]:
    """What `filling` answers for each of `cases`, by case; nothing for a policy of which it knows nothing."""
    match filling:
        case PolicyFilling.BY_STAGE:
            return {of.pk: decided_by(of.stage) for of in cases}
        case PolicyFilling.AS_LAST_YEAR:
            return said_last_year(cases)
        case PolicyFilling.NONE_APPLIES:
            none = {policy.value: Answer(policy, PolicyOutcome.NOT_APPLICABLE) for policy in Policy}
            return dict.fromkeys([of.pk for of in cases], none)
    return {}


@transaction.atomic
def fill_policies(pks: Iterable[int], filling: str, *, typed: Iterable[Answer] = (), by: By) -> list[RowOutcome]:
    """Answer for many cases the policies that nobody has answered: as `typed`, the rest by `filling` ('' for none).

    Locks the 填报单位. Writes the answers with a version each and one audit row; what was answered stays. A case that
    cannot be answered now, or of which nothing is left to say, is told. The number of queries does not grow with the
    cases. Raises MoveRefused without the right to keep records, ValidationError for a faulty typed answer.
    """
    if not can(by.actor, Permission.KEEP_RECORDS):
        raise MoveRefused(_("您的岗位不能登记和修改助学申请。"))
    typed = {answer.policy: answer for answer in typed}
    wrong = {f"{policy}_{fault[0]}": fault[1] for policy, answer in typed.items() if (fault := fault_of(answer))}
    if wrong:
        raise ValidationError(wrong)
    lock_unit_of(by.actor)
    found = AidCase.objects.visible_to(by.actor).filter(pk__in=set(pks)).select_related("child", "campaign", "union")
    cases = list(found.prefetch_related("policies").order_by("number", "pk"))
    known, made, outcomes = presets(cases, filling), [], []
    for case in cases:
        answers, refusal = _left_to_say(case, {**known.get(case.pk, {}), **typed})
        made += [_placed(case, answer) for answer in answers]
        outcomes.append(RowOutcome(case, refusal=refusal, left=_still_open(case, answers)))
    keep_new(made, by.actor)
    if made:
        subject = str(PolicyAid._meta.verbose_name)
        count = len({answer.case_id for answer in made})
        audit.record(AuditAction.RECORD_SAVED, by=by, subject=subject, count=count)
    return outcomes


def _left_to_say(case: AidCase, known: Answers) -> tuple[list[Answer], str]:
    """The answers that are new, or why there is none."""
    if refusal := refusal_of_answers(case):
        return [], refusal
    answered = {given.policy for given in case.policies.all()}
    answers = [answer for policy, answer in known.items() if policy not in answered]
    return answers, "" if answers else _("没有可以按此填写的项目，请逐项填写。")


def _still_open(case: AidCase, answers: Sequence[Answer]) -> str:
    """The policies of which nothing is said after `answers`, as labels; '' where nothing can be said any more."""
    answered = {given.policy for given in case.policies.all()} | {answer.policy for answer in answers}
    left = "、".join(str(policy.label) for policy in Policy if policy not in answered)
    return "" if refusal_of_answers(case) else left


def _placed(case: AidCase, answer: Answer) -> PolicyAid:
    given = PolicyAid(
        case=case, policy=answer.policy, outcome=answer.outcome, amount=answer.amount, reason=answer.reason.strip()
    )
    given.open_with(case)
    return given
