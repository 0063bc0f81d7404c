"""Cash and transfers: who signed for the money (签领表), and who did not come for it (domain.md, Payment batch)."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from aid.enums import LineResult, PaymentState
from aid.models import Disbursement, PaymentBatch
from aid.payments.bank.returns import check_day, close_if_settled
from aid.payments.batches import locked
from aid.payments.ledger import balance_of, check_covered, give_back
from aid.payments.release import settle_items
from aid.payments.workflow import PAYMENT_WORKFLOW
from aid.record_rules import DISBURSEMENT_RULES
from portal.access import Permission, can
from portal.audit import By
from portal.enums import WebhookEvent
from portal.keeping import keep, keep_alike
from portal.outside.telling import tell
from portal.records.editing import lock_unit
from portal.workflow import MoveRefused


def lacking_with(result: LineResult, *, voucher: str, reason: str) -> tuple[str, str] | None:
    """What has to be said with `result` and is not: the field, and the words for it; None when nothing is."""
    if result == LineResult.PAID and not voucher.strip():
        return "voucher", _("请填写签领表或回单的凭证号。")
    if result == LineResult.FAILED and not reason.strip():
        return "reason", _("请写明未领的原因。")
    return None


@transaction.atomic
def sign_items(
    batch: PaymentBatch,
    keys: Iterable[int],
    *,
    result: LineResult,
    on: date,
    voucher: str = "",
    reason: str = "",
    by: By,
) -> int:
    """Write that payments were signed for on `on` (paid), or were not fetched (failed, with a reason); how many.

    Pressed twice it acts once. Writes items, disbursements, versions, the balance row and one audit row. Raises
    MoveRefused: a batch by card, not released, a day before the release or after today, no voucher, no reason.
    """
    batch = locked(batch, by.actor, Permission.PREPARE_PAYMENTS)
    if batch.by_card:
        raise MoveRefused(_("银行卡批次的结果从回盘文件读入，不能手工登记。"))
    if not batch.is_frozen:
        raise MoveRefused(_("批次尚未复核发放。"))
    check_day(batch, on, _("签领或未领的日期"))
    if lacking := lacking_with(result, voucher=voucher, reason=reason):
        raise MoveRefused(lacking[1])
    chosen = batch.items.filter(pk__in=list(keys), result=LineResult.PENDING)
    items = list(chosen.select_related("disbursement"))
    if not items:
        return 0
    settle_items(items, result, on=on, voucher=voucher, reason=reason, actor=by.actor)
    act = _("登记签领 %(count)d 笔")
    if result == LineResult.FAILED:
        give_back(batch.union, batch.source, sum(item.amount for item in items))
        act = _("登记未领 %(count)d 笔")
    keep(batch, by, act % {"count": len(items)}, count=len(items))
    close_if_settled(batch, by=by)
    return len(items)


@transaction.atomic
def unsign_items(batch: PaymentBatch, keys: Iterable[int], *, reason: str, by: By) -> int:
    """Take back that payments were signed for, by mistake: they are pending again; how many.

    The second person does it, who released the batch or could have. The money stays reserved. Writes items,
    disbursements, versions, the batch, open again if it was settled, and one audit row. Raises MoveRefused: a batch by
    card, nothing signed for, a case that was followed up since, no reason.
    """
    batch = locked(batch, by.actor, Permission.RELEASE_PAYMENTS)
    chosen = batch.items.filter(pk__in=list(keys), result=LineResult.PAID)
    items = list(chosen.select_related("disbursement"))
    PAYMENT_WORKFLOW.apply(batch, "unsign", actor=by.actor, reason=reason)
    if not items:
        raise MoveRefused(_("请选择要撤回签领的明细。"))
    day = batch.released_on
    keep_alike([item.disbursement for item in items], by.actor, status=PaymentState.PENDING, paid_on=day, voucher="")
    chosen.update(result=LineResult.PENDING, settled_on=None, reason="")
    count = len(items)
    keep(batch, by, _("撤回签领 %(count)d 笔") % {"count": count}, count=count, reason=reason)
    return count


def outside_batches(payment: Disbursement) -> bool:
    """Whether a payment waits to be signed for that no batch carries: it came with a workbook."""
    return payment.status == PaymentState.PENDING and not hasattr(payment, "item")


@transaction.atomic
def sign_payment(payment: Disbursement, *, on: date, voucher: str, by: By) -> Disbursement:
    """Write that a pending payment without a batch was made on `on`; the money was reserved already.

    Writes the disbursement with a version, and one audit row. Raises MoveRefused, also by the rules of the workbook.
    """
    if not can(by.actor, Permission.PREPARE_PAYMENTS):
        raise MoveRefused(_("您的岗位不能登记发放。"))
    unit = lock_unit(payment.union)
    payments = Disbursement.objects.visible_to(by.actor).select_related("case", "union", "item")
    payment = payments.get(pk=payment.pk)
    if not outside_batches(payment):
        raise MoveRefused(_("这笔发放不在待发放状态，或由发放批次办理。"))
    balance = balance_of(unit, payment.source)
    if balance.is_overdrawn:
        raise MoveRefused(balance.refusal(payment.amount))
    check_covered(unit, payment.source, payment.amount, on=on)
    payment.status, payment.paid_on, payment.voucher = PaymentState.PAID, on, voucher
    for rule in DISBURSEMENT_RULES:
        if rule.breaks(payment):
            raise MoveRefused(str(rule.message))
    keep(payment, by, _("登记签领"))
    tell(WebhookEvent.PAID, payment, number=payment.number, count=1, total=f"{payment.amount:.2f}")
    return payment
