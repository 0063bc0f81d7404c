"""What keeps a case from being approved: the same hands, the policies, the notice, an objection.

Asked of one case or of a thousand, it is the same and costs the same queries; all that stands against a case is said at
once, so that nobody mends one thing to be told of the next.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.enums import CaseState, ObjectionOutcome
from aid.guards.hands import had_a_hand_in
from aid.guards.submitting import words_of_shares, words_of_unanswered
from aid.models import AidCase, Objection
from portal.calendar.work_calendar import calendar_of_days
from portal.days import WorkCalendar
from portal.models import User
from portal.workbook.importing.chunks import in_chunks


def against_approving(case: AidCase, actor: User) -> str:
    """Everything that is against approving `case`; '' when nothing is."""
    return " ".join(reasons_against([case], actor)[case.pk])


def reasons_against(cases: Iterable[AidCase], actor: User) -> dict[int, list[str]]:
    """By the key of each case all that keeps `actor` from approving it.

    Four eyes; the policies are answered; the last day has passed and the days were enough, or it is a case that needs
    no notice; no objection stands. The same number of queries however many cases there are, but for long lists cut in
    pieces. Who checked a case may approve it, too: neither entered it, and the notice lies between (decision 0017).
    """
    cases = list(cases)
    own, unanswered, shares = had_a_hand_in(cases, actor), words_of_unanswered(cases), words_of_shares(cases)
    days = (day for case in cases for day in (case.notice_from, case.notice_to) if day)
    calendar, objections, unposted = calendar_of(days), _objections(cases), _without_notice(cases)
    found = {}
    for case in cases:
        hands = _("这份申请由您登记、修改或提交，须由另一人审批。") if case.pk in own else ""
        notice = "" if case.pk in unposted else _notice_hindrance(case, calendar)
        told = (hands, unanswered[case.pk], shares[case.pk], notice, objections.get(case.pk, ""))
        found[case.pk] = [words for words in told if words]
    return found


def calendar_of(days: Iterable[date]) -> WorkCalendar:
    """The official calendar from the first to the last of `days`."""
    asked = list(days) or [date.max]
    return calendar_of_days(min(asked), max(asked))


def _without_notice(cases: list[AidCase]) -> set[int]:
    """The keys of those that may be approved without a notice of their own."""
    checked = [case.pk for case in cases if case.status == CaseState.CHECKED]
    return set(AidCase.objects.filter(pk__in=checked).without_notice().values_list("pk", flat=True))


def _notice_hindrance(case: AidCase, calendar: WorkCalendar) -> str:
    if case.status == CaseState.CHECKED:
        return _("须先公示，公示期满后才能审批通过。")
    if not (case.notice_from and case.notice_to):
        return _("没有公示起止日期，不能审批通过。")
    if localdate() <= case.notice_to:
        return _("公示到 %(last)s 为止，次日起才能审批通过。") % {"last": case.notice_to}
    days, asked = calendar.working_days(case.notice_from, case.notice_to), case.campaign.notice_days
    if days < asked:
        return _("公示只有 %(days)d 个工作日，不足 %(asked)d 个。请撤下后重新公示。") % {"days": days, "asked": asked}
    return ""


def _objections(cases: Iterable[AidCase]) -> dict[int, str]:
    found = defaultdict(list)
    for keys in in_chunks([case.pk for case in cases]):
        shown = Objection.objects.filter(noticed__case__in=keys)
        for case, outcome, gone in shown.values_list("noticed__case", "outcome", "noticed__taken_off"):
            if outcome == "":
                found[case].insert(0, _("还有未处理的公示异议。"))
            elif outcome == ObjectionOutcome.UPHELD and not gone:
                found[case].append(_("公示异议成立，只能退回或审批不通过。"))
    return {case: words[0] for case, words in found.items()}
