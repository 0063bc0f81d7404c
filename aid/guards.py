"""What a move of an aid case asks besides state and role. Each answers why not; '' when nothing is against it.

A guard judges an act, now and by this person; `aid.rules` judges what a record says, also of history that comes in
decided. A case that a guard let through keeps every rule. The other way round not: the rules ask neither for days of
notice enough nor for the day after the last (workbook.md, "here, where history comes in, the same day is accepted";
domain.md, "no approval before the last day has passed").
"""

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.enums import LineResult, ObjectionOutcome, PaymentState, Policy
from aid.models import AidCase, BatchItem, Objection
from portal.calendar.work_calendar import work_calendar
from portal.models import REPORTING_PATH_LENGTH, User
from portal.workbook.importing.writing import BY_LIST, BY_WORKBOOK


def unanswered(case: AidCase) -> list[Policy]:
    """The policies of which nobody has said yet what became of them."""
    answered = set(case.policies.values_list("policy", flat=True))
    return [policy for policy in Policy if policy not in answered]


def against_submitting(case: AidCase, _actor: User) -> str:
    """先帮助落实政府政策: all policies are answered first."""
    missing = unanswered(case)
    if not missing:
        return ""
    words = "、".join(str(policy.label) for policy in missing)
    return _("请先填写政策落实情况：%(policies)s。") % {"policies": words}


def against_posting(case: AidCase, _actor: User) -> str:
    """No new notice for who is no more."""
    return case.union.closed_words


def had_a_hand_in(case: AidCase, user: User) -> bool:
    """Whether `user` entered the case, changed what it says, or submitted it. Versions made by a move do not count."""
    if case.events.filter(actor=user, move="submit").exists():
        return True
    brought = [str(words) for words in ("", BY_WORKBOOK, BY_LIST)]
    by_hand = Q(history_change_reason__isnull=True) | Q(history_change_reason__in=brought)
    return case.history.filter(by_hand, history_user=user).exists()


def against_approving(case: AidCase, actor: User) -> str:
    """Four eyes; the policies are answered; the last day has passed; the days were enough; no objection stands."""
    if had_a_hand_in(case, actor):
        return _("这份申请由您登记、修改或提交，须由另一人审批。")
    # A case from a workbook was never submitted here.
    return against_submitting(case, actor) or _notice_hindrance(case) or _objection_hindrance(case)


def _notice_hindrance(case: AidCase) -> str:
    if not (case.notice_from and case.notice_to):
        return _("没有公示起止日期，不能审批通过。")
    if localdate() <= case.notice_to:
        return _("公示到 %(last)s 为止，次日起才能审批通过。") % {"last": case.notice_to}
    days = work_calendar(case.notice_from, case.notice_to).working_days(case.notice_from, case.notice_to)
    asked = case.campaign.notice_days
    if days < asked:
        return _("公示只有 %(days)d 个工作日，不足 %(asked)d 个。请撤下后重新公示。") % {"days": days, "asked": asked}
    return ""


def _objection_hindrance(case: AidCase) -> str:
    shown = Objection.objects.filter(noticed__case=case)
    if shown.filter(outcome="").exists():
        return _("还有未处理的公示异议。")
    if shown.filter(outcome=ObjectionOutcome.UPHELD, noticed__taken_off=False).exists():
        return _("公示异议成立，只能退回或审批不通过。")
    return ""


def against_withdrawing(case: AidCase, _actor: User) -> str:
    """At any point before payment: neither paid, nor on its way."""
    if case.disbursements.exclude(status=PaymentState.FAILED).exists():
        return _("助学款已发放或待发放，不能撤回。")
    if BatchItem.objects.filter(case=case, result=LineResult.PENDING).exists():
        return _("该申请已编入发放批次，请先从批次中移出。")
    return ""


def against_reopening(case: AidCase, _actor: User) -> str:
    """Whose file has gone to another unit applies there: here nobody could go on with the case."""
    home = case.child.household
    if home.union_path[:REPORTING_PATH_LENGTH] == case.union_path[:REPORTING_PATH_LENGTH]:
        return ""
    return _("该户的档案已转到其他单位，不能在本单位重新申请。")


def against_following_up(case: AidCase, _actor: User) -> str:
    if case.disbursements.filter(status=PaymentState.PAID).exists():
        return ""
    return _("助学款还没有发放，不能登记回访。")
