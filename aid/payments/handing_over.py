"""A draft is handed over to the second person, who releases it or returns it with a reason."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aid.enums import BatchReason
from aid.models import PaymentBatch
from aid.payments.batches import locked
from aid.payments.workflow import PAYMENT_WORKFLOW
from portal.access import Permission
from portal.audit import By
from portal.keeping import keep
from portal.workflow import MoveRefused

LONGEST = 200


@transaction.atomic
def hand_over(batch: PaymentBatch, *, by: By) -> PaymentBatch:
    """Tell the second person that a draft is ready; what it was returned for is settled by that.

    Locks the 填报单位. Writes the batch, a version and one audit row. Raises MoveRefused.
    """
    batch = locked(batch, by.actor, Permission.PREPARE_PAYMENTS)
    PAYMENT_WORKFLOW.apply(batch, "hand_over", actor=by.actor)
    batch.handed_over_at, batch.returned_reason, batch.returned_comment = timezone.now(), "", ""
    keep(batch, by, _("送复核"))
    return batch


@transaction.atomic
def return_batch(batch: PaymentBatch, *, reason: str, comment: str = "", by: By) -> PaymentBatch:
    """Give a draft back to who made it, for a reason of `BatchReason`; it waits for the second person no more.

    Locks the 填报单位. Writes the batch, a version and one audit row. Raises MoveRefused: no such reason, one that asks
    for words without any, or a draft that was not handed over.
    """
    batch = locked(batch, by.actor, Permission.RELEASE_PAYMENTS)
    if reason not in BatchReason.values:
        raise MoveRefused(_("请选择退回的原因。"))
    if reason == BatchReason.OTHER and not comment.strip():
        raise MoveRefused(_("选了“其他原因”，请写明是什么原因。"))
    PAYMENT_WORKFLOW.apply(batch, "return", actor=by.actor, reason=reason)
    batch.handed_over_at, batch.returned_reason = None, reason
    batch.returned_comment = comment.strip()[:LONGEST]
    keep(batch, by, _("退回修改"), reason=str(BatchReason(reason).label))
    return batch
