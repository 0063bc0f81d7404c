"""What keeps a case from being approved: the same hands, the notice, an objection."""

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.enums import ObjectionOutcome
from aid.guards.submitting import against_submitting
from aid.models import AidCase, Objection
from portal.calendar.work_calendar import work_calendar
from portal.models import User
from portal.workbook.importing.writing import BY_LIST, BY_WORKBOOK


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
