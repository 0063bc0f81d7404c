"""What of Golden Autumn waits for whom; the home page asks."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.enums import BatchState, TransferState
from aid.models import AidCase, BatchItem, FollowUp, Household, PaymentBatch, Transfer
from aid.payments.coverage import BY_SLUG, cases_of
from aid.payments.reissues import to_reissue
from aid.visit_plan import due_now
from portal.access import Permission
from portal.models import Campaign, User
from portal.todos import Todo


def households(name: str) -> tuple[Callable[[User], int], Callable[[User], str]]:
    """How many files of the person's own union and below are in the list `name`, and the list."""

    def count(user: User) -> int:
        return getattr(Household.objects.visible_to(user), name)().count()

    return count, lambda _user: f"{reverse('household_list')}?todo={name}"


def this_summer(state: str) -> str:
    """The plan of this year's visits, narrowed to one state."""
    return f"{reverse('visitplan')}?campaign={localdate().year}&group=aided&state={state}"


def open_follow_ups(user: User) -> int:
    return FollowUp.objects.visible_to(user).filter(done_on__isnull=True).count()


def open_follow_ups_url() -> str:
    return f"{reverse('followup_list')}?open=yes"


def cases_waiting(user: User) -> int:
    return AidCase.objects.visible_to(user).waiting_for(user).count()


def transfers(state: str) -> tuple[Callable[[User], int], Callable[[User], str]]:
    """How many transfers in `state` the person's side has to answer, and the list."""

    def count(user: User) -> int:
        return Transfer.objects.answered_by(user).filter(state=state).count()

    return count, listed("transfer_list", f"own=yes&state={state}")


def batches(state: BatchState) -> tuple[Callable[[User], int], Callable[[User], str]]:
    """How many batches of the own union wait in `state`, and the list."""

    def count(user: User) -> int:
        return PaymentBatch.objects.visible_to(user).filter(state=state).count()

    return count, listed("paymentbatch_list", f"state={state}")


def unpaid(user: User) -> int:
    """Approved cases of the running campaign that got nothing yet; only the 填报单位 pays."""
    campaign = Campaign.objects.current()
    return cases_of(user, campaign, UNPAID).count() if campaign and user.union.is_reporting else 0


def unpaid_url(_user: User) -> str:
    return reverse("coverage_cases", args=[Campaign.objects.current().year, UNPAID.slug])


def bounced(user: User) -> int:
    """Payments that failed and were not issued again."""
    return to_reissue(BatchItem.objects.visible_to(user)).count()


def listed(name: str, query: str) -> Callable[[User], str]:
    return lambda _user: f"{reverse(name)}?{query}"


CASES, FAILED = listed("aidcase_list", "waiting=yes"), listed("batchitem_list", "result=failed&reissued=no")
UNPAID = BY_SLUG["unpaid"]

TODOS = (
    Todo(_("公示期满或有异议、等您审批的助学申请"), Permission.APPROVE_CASES, cases_waiting, CASES, urgent=True),
    Todo(_("等待复核放款的发放批次"), Permission.RELEASE_PAYMENTS, *batches(BatchState.DRAFT), urgent=True),
    Todo(_("发放失败、尚未重发的款项"), Permission.PREPARE_PAYMENTS, bounced, FAILED, urgent=True),
    Todo(_("已放款、等待送银行或登记签领的批次"), Permission.PREPARE_PAYMENTS, *batches(BatchState.RELEASED)),
    Todo(_("已送银行、等待回盘的批次"), Permission.PREPARE_PAYMENTS, *batches(BatchState.SENT)),
    Todo(_("审批通过、尚未发放的助学申请"), Permission.PREPARE_PAYMENTS, unpaid, unpaid_url),
    Todo(_("等待本单位接收的转移档案"), Permission.KEEP_RECORDS, *transfers(TransferState.OFFERED)),
    Todo(_("其他单位申请转出的档案"), Permission.KEEP_RECORDS, *transfers(TransferState.REQUESTED)),
    Todo(_("要继续办理的助学申请"), Permission.KEEP_RECORDS, cases_waiting, CASES),
    Todo(_("一年未核实的档案"), Permission.KEEP_RECORDS, *households("unverified")),
    Todo(_("未帮扶过的档案"), Permission.KEEP_RECORDS, *households("never_aided")),
    Todo(_("材料不全的档案"), Permission.KEEP_RECORDS, *households("lacking_documents")),
    Todo(_("7、8 月未走访的受助子女"), Permission.KEEP_RECORDS, due_now, lambda _user: this_summer("due")),
    Todo(_("走访后待跟进的事项"), Permission.KEEP_RECORDS, open_follow_ups, lambda _user: open_follow_ups_url()),
)
