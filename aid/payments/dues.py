"""What an approved case still has to get: its standard less what was paid or is on its way."""

from decimal import Decimal

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Subquery, Sum, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Least
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.enums import CaseState, LineResult
from aid.models import AidCase, BatchItem, CaseShare, Disbursement
from aid.models.casework.case_lists import HALF_A_FEN
from aid.payments.ledger import MONEY, NOTHING, RESERVING
from portal.models import Campaign, Union, User


def with_dues(cases: QuerySet, source: str = "") -> QuerySet:
    """Each case with `given` (paid or pending) and `due`, what is missing to its standard.

    Of one granted from several sources `due` is, where a `source` is asked for, no more than what that source is to
    give and has not given: nothing from a source it is not granted from.
    """
    given = Disbursement.objects.filter(case=OuterRef("pk"), status__in=RESERVING).order_by()
    cases = cases.annotate(given=_sum(given))
    due: Combinable = F("standard") - F("given")
    if source:
        granted = CaseShare.objects.filter(case=OuterRef("pk")).order_by()
        left = _sum(granted.filter(source=source)) - _sum(given.filter(source=source))
        due = Case(When(Exists(granted), then=Least(due, left)), default=due, output_field=MONEY)
    return cases.annotate(due=due)


def _sum(rows: QuerySet) -> Coalesce:
    """The amounts of the rows of one case, in yuan."""
    total = rows.values("case").annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(total), NOTHING, output_field=MONEY)


def in_live_item() -> Exists:
    return Exists(BatchItem.objects.filter(case=OuterRef("pk"), result=LineResult.PENDING))


def payable(user: User, campaign: Campaign, source: str = "") -> QuerySet:
    """Approved cases of `campaign` in the scope of `user` that still have to get something and are in no batch.

    With `source` those that have to get it from there.
    """
    approved = AidCase.objects.visible_to(user).filter(campaign=campaign, status=CaseState.APPROVED)
    open_unions = Union.objects.open_on(localdate())
    return with_dues(approved.filter(union__in=open_unions), source).filter(~in_live_item(), due__gt=HALF_A_FEN)


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
        return _("已足额发放或正在发放，或定了资助来源而这一来源没有它的份额")
    return ""


def with_batch(cases: QuerySet) -> QuerySet:
    """Each case with the number of the batch it is live in."""
    live = BatchItem.objects.filter(case=OuterRef("pk"), result=LineResult.PENDING).values("batch__number")
    return cases.annotate(in_batch=Subquery(live[:1]))
