"""The moves of a payment batch (domain.md, Payment batch); released by another than who made it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import BatchState as State
from aid.models import PaymentBatch
from portal.access import Permission
from portal.models import User
from portal.workflow import Guard, Move, Workflow

PREPARE, RELEASE = Permission.PREPARE_PAYMENTS, Permission.RELEASE_PAYMENTS


def _own_batch(batch: PaymentBatch, user: User) -> str:
    return _("放款须由编制人以外的人复核，不能复核自己编制的批次。") if batch.made_by_id == user.pk else ""


ANOTHER = Guard(gettext_lazy("复核人不是编制人"), _own_batch)

PAYMENT_WORKFLOW = Workflow(
    states=State,
    moves=(
        Move("release", gettext_lazy("复核放款"), frozenset({State.DRAFT}), State.RELEASED, RELEASE, guard=ANOTHER),
        Move("cancel", gettext_lazy("取消批次"), frozenset({State.DRAFT}), State.CANCELLED, PREPARE, reason=True),
        Move("recall", gettext_lazy("撤回放款"), frozenset({State.RELEASED}), State.CANCELLED, RELEASE, reason=True),
        Move("send", gettext_lazy("生成银行文件"), frozenset({State.RELEASED, State.SENT}), State.SENT, PREPARE),
        Move("settle", gettext_lazy("办结"), frozenset({State.RELEASED, State.SENT}), State.SETTLED, PREPARE),
    ),
)
