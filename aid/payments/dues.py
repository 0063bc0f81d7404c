"""What an approved case still has to get: its standard less what was paid or is on its way."""

from decimal import Decimal

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.enums import CaseState, LineResult
from aid.models import AidCase, BatchItem, Disbursement
from aid.payments.ledger import MONEY, NOTHING, RESERVING
from portal.models import Campaign, Union, User

HALF_A_FEN = Decimal("0.005")  # SQLite adds amounts as binary fractions; nothing smaller than a fen is owed


def with_dues(cases: QuerySet) -> QuerySet:
    """Each case with `given` (paid or pending) and `due`, what is missing to its standard."""
    given = Disbursement.objects.filter(case=OuterRef("pk"), status__in=RESERVING).order_by()
    total = given.values("case").annotate(total=Sum("amount")).values("total")
    cases = cases.annotate(given=Coalesce(Subquery(total), NOTHING, output_field=MONEY))
    return cases.annotate(due=F("standard") - F("given"))


def in_live_item() -> Exists:
    return Exists(BatchItem.objects.filter(case=OuterRef("pk"), result=LineResult.PENDING))


def payable(user: User, campaign: Campaign) -> QuerySet:
    """Approved cases of `campaign` in the scope of `user` that still have to get something and are in no batch."""
    approved = AidCase.objects.visible_to(user).filter(campaign=campaign, status=CaseState.APPROVED)
    open_unions = Union.objects.open_on(localdate())
    return with_dues(approved.filter(union__in=open_unions)).filter(~in_live_item(), due__gt=HALF_A_FEN)


def hindrance(case: AidCase, campaign: Campaign) -> str:
    """Why a case (with its dues, and `in_batch`, the number of its live batch) cannot be paid; '' if it can."""
    if case.campaign_id != campaign.pk:
        return _("不是 %(year)s 年度的申请") % {"year": campaign}
    if case.status != CaseState.APPROVED:
        return _("状态是“%(state)s”，只有已审批通过的申请可以发放") % {"state": case.get_status_display()}
    if closed := case.union.closed_words:
        return closed
    if case.in_batch:
        return _("已在发放批次 %(batch)s 中") % {"batch": case.in_batch}
    if case.due <= Decimal():
        return _("已足额发放或正在发放")
    return ""


def with_batch(cases: QuerySet) -> QuerySet:
    """Each case with the number of the batch it is live in."""
    live = BatchItem.objects.filter(case=OuterRef("pk"), result=LineResult.PENDING).values("batch__number")
    return cases.annotate(in_batch=Subquery(live[:1]))
