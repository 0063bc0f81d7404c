"""What waits on the way of the money: funds, batches, payments."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid.enums import BatchState
from aid.models import BatchItem, Contribution, PaymentBatch
from aid.payments.coverage import BY_SLUG, cases_of
from aid.payments.reissues import to_reissue
from aid.todos.lists import left_undone, listed
from portal.access import Permission
from portal.desk.counting import Question
from portal.desk.todos import Todo
from portal.models import Campaign, User
from portal.models.voidable import ASKED

PREPARE = Permission.PREPARE_PAYMENTS
UNPAID = BY_SLUG["unpaid"]
FAILED = listed("batchitem_list", "result=failed&reissued=no")


def batches(state: BatchState) -> tuple[Callable[[User], Question], Callable[[User], str]]:
    """The batches of the own union in `state`, and their page."""

    def rows(user: User) -> QuerySet:
        return PaymentBatch.objects.visible_to(user).filter(state=state)

    return rows, listed("paymentbatch_list", f"state={state}")


def unpaid(user: User) -> Question:
    """Approved cases of the running campaign that got nothing yet; only the 填报单位 pays."""
    campaign = Campaign.objects.current()
    return cases_of(user, campaign, UNPAID) if campaign and user.union.is_reporting else 0


def unpaid_url(_user: User) -> str:
    return reverse("coverage_cases", args=[Campaign.objects.current().year, UNPAID.slug])


def bounced(user: User) -> QuerySet:
    """Payments that failed and were not issued again."""
    return to_reissue(BatchItem.objects.visible_to(user))


TODOS = (
    Todo(
        _("等待复核发放的发放批次"),
        Permission.RELEASE_PAYMENTS,
        *left_undone(PaymentBatch, "to_release"),
        urgent=True,
        act=_("复核发放 {count} 个批次"),  # not kept: a card may have bounced in another unit
    ),
    Todo(
        _("等待复核的资金筹集"),
        Permission.RELEASE_PAYMENTS,
        lambda user: Contribution.objects.visible_to(user).to_confirm(),
        listed("contribution_list", "confirmed=no"),
        urgent=True,
        act=_("凭票据复核 {count} 笔到账资金"),
        kept=True,
    ),
    Todo(
        _("申请作废、等待复核的资金筹集"),
        Permission.APPROVE_CASES,
        lambda user: Contribution.objects.visible_to(user).filter(ASKED),
        listed("contribution_list", "voided=asked"),
        urgent=True,
        act=_("复核 {count} 笔资金的作废申请"),
        kept=True,
    ),
    Todo(
        _("发放失败、尚未重发的款项"),
        PREPARE,
        bounced,
        FAILED,
        urgent=True,
        act=_("核对账号，重发 {count} 笔失败的款项"),
        kept=True,
    ),
    Todo(_("还没有送复核或被退回的发放批次"), PREPARE, *left_undone(PaymentBatch, "to_hand_over"), kept=True),
    Todo(_("已复核发放、等待送银行或登记签领的批次"), PREPARE, *batches(BatchState.RELEASED), kept=True),
    Todo(_("已送银行、等待回盘的批次"), PREPARE, *batches(BatchState.SENT), kept=True),
    Todo(_("审批通过、尚未发放的助学申请"), PREPARE, unpaid, unpaid_url, kept=True),
    Todo(_("各单位发放失败、尚未重发的款项"), Permission.VIEW_AUDIT, bounced, FAILED),
)
