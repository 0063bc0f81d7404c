"""What of a family is still under way, and keeps its file with the union that handles it.

Cases and payments stay with that union when the file moves (annexes.md, unit): without the file it could neither
correct a card that bounced nor go on with a case, and the union that has the file then does not see either.
"""

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import CaseState, LineResult, PaymentState
from aid.models import AidCase, BatchItem, Disbursement, Household
from aid.payments.dues import HALF_A_FEN, with_dues
from aid.payments.reissues import to_reissue
from portal.models import User

# A draft that nobody handed in counts too: in the union that has the file no more it could only lie there.
TO_DO = {
    CaseState.DRAFT: gettext_lazy("草稿，请提交并办结，或者撤回"),
    CaseState.SUBMITTED: gettext_lazy("已提交，请办结或者撤回"),
    CaseState.CHECKED: gettext_lazy("已初审，请办结或者撤回"),
    CaseState.ON_NOTICE: gettext_lazy("公示中，请办结或者撤回"),
    CaseState.APPROVED: gettext_lazy("已审批通过、尚未发放，请先发放或者撤回"),
}


def unfinished(household: Household) -> list[AidCase]:
    """The cases of the family's children that are under way in the 填报单位 that has the file. One query.

    Under way are drafts, what was submitted or is on notice, what is approved and got nothing yet, and whatever has a
    payment in a batch without a result, or one that bounced and was not issued again. What another unit has under way
    is left out: nobody here can end it, and the file must be free to go back there.
    """
    return [case for case in _cases(household) if _to_do(case)]


def in_words(cases: list[AidCase], user: User) -> str:
    """Which cases those are and what to do with them, as `user` may know it: outside the scope the union's name."""
    return "；".join(_told(case, user) for case in cases)


def _cases(household: Household) -> QuerySet:
    items = BatchItem.objects.filter(case=OuterRef("pk"))
    live = items.filter(result=LineResult.PENDING)
    paid = Disbursement.objects.filter(case=OuterRef("pk"), status=PaymentState.PAID)
    here = AidCase.objects.in_union(household.union.reporting_unit())
    cases = with_dues(here.filter(child__household=household)).annotate(
        batch_number=Subquery(live.values("batch__number")[:1]),
        batch_path=Subquery(live.values("batch__union_path")[:1]),
        has_bounced=Exists(to_reissue(items)),
        is_paid=Exists(paid),
    )
    return cases.select_related("union").order_by("number")


def _told(case: AidCase, user: User) -> str:
    if not case.union_path.startswith(user.union.path):
        return _("“%s”有助学申请没有办结，请联系该工会") % case.union
    batch = case.batch_number if case.batch_number and case.batch_path.startswith(user.union.path) else ""
    words = _("款项在发放批次 %s 中，请先办结或者取消该批次") % batch if batch else _to_do(case)
    return _("助学申请 %(number)s（%(words)s）") % {"number": case.number, "words": words}


def _to_do(case: AidCase) -> str:
    """What is to be done with the case; '' when nothing is."""
    if case.batch_number:
        return _("款项在填报单位的发放批次中，请先办结")
    if case.has_bounced and case.is_approved and case.due > HALF_A_FEN:
        return _("发放失败、尚未重发，请先更正银行卡后重发")
    is_done = case.is_approved and case.is_paid
    return "" if is_done else str(TO_DO.get(case.status, ""))
