"""The moves of a payment batch (domain.md, Payment batch); released by another than who made it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import BatchState as State
from aid.enums import CaseState, LineResult
from aid.models import PaymentBatch
from portal.access import Permission
from portal.models import User
from portal.workflow import Guard, Move, Workflow

PREPARE, RELEASE = Permission.PREPARE_PAYMENTS, Permission.RELEASE_PAYMENTS


def _against_releasing(batch: PaymentBatch, user: User) -> str:
    if batch.made_by_id in user.hands:
        return _("发放须由编制人以外的人复核，不能复核自己编制的批次。")
    return _against_returning(batch, user)


def against_unsigning(batch: PaymentBatch, _user: User) -> str:
    """What the bank did is told by its file; and only what was signed for can be taken back, while nothing followed."""
    if batch.by_card:
        return _("银行卡批次的结果以回盘文件为准。")
    signed = batch.items.filter(result=LineResult.PAID)
    if not signed.exists():
        return _("没有已签领的明细。")
    followed = signed.exclude(case__status=CaseState.APPROVED).values_list("case__number", flat=True).order_by("pk")
    if followed:
        return _("申请 %(numbers)s 已登记回访或办结，不能撤回签领。") % {"numbers": "、".join(followed)}
    return ""


def _against_handing_over(batch: PaymentBatch, _user: User) -> str:
    if batch.is_handed_over:
        return _("批次已送复核，等待单位审核人复核发放或退回。")
    return "" if batch.items.exists() else _("批次中还没有申请。")


def _against_returning(batch: PaymentBatch, _user: User) -> str:
    """Only what its maker declared to be ready is answered; a draft that was changed since is not."""
    return "" if batch.is_handed_over else _("批次还没有送复核，或送复核后有改动、已经退回。请经办人先“送复核”。")


READY = Guard(gettext_lazy("批次已送复核；复核人不是编制人"), _against_releasing)

PAYMENT_WORKFLOW = Workflow(
    states=State,
    moves=(
        Move("release", gettext_lazy("复核发放"), frozenset({State.DRAFT}), State.RELEASED, RELEASE, guard=READY),
        Move(
            "hand_over",
            gettext_lazy("送复核"),
            frozenset({State.DRAFT}),
            State.DRAFT,
            PREPARE,
            guard=Guard(gettext_lazy("批次中有申请，还没有送复核"), _against_handing_over),
        ),
        Move(
            "return",
            gettext_lazy("退回修改"),
            frozenset({State.DRAFT}),
            State.DRAFT,
            RELEASE,
            reason=True,
            guard=Guard(gettext_lazy("批次已送复核"), _against_returning),
        ),
        Move("cancel", gettext_lazy("取消批次"), frozenset({State.DRAFT}), State.CANCELLED, PREPARE, reason=True),
        Move("recall", gettext_lazy("撤回发放"), frozenset({State.RELEASED}), State.CANCELLED, RELEASE, reason=True),
        Move("send", gettext_lazy("生成银行文件"), frozenset({State.RELEASED, State.SENT}), State.SENT, PREPARE),
        Move("settle", gettext_lazy("办结"), frozenset({State.RELEASED, State.SENT}), State.SETTLED, PREPARE),
        Move(
            "unsign",
            gettext_lazy("撤回签领"),
            frozenset({State.RELEASED, State.SETTLED}),
            State.RELEASED,
            RELEASE,
            reason=True,
            guard=Guard(gettext_lazy("现金和转账批次；签领的申请还没有登记回访"), against_unsigning),
        ),
    ),
)
