"""Releasing a batch: a second person freezes its lines and reserves the money (domain.md, Payment batch)."""

from collections import defaultdict

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.enums import LineResult, PaymentState
from aid.models import BatchItem, Disbursement, PayeeLine, PaymentBatch
from aid.payments.batches import locked
from aid.payments.ledger import FundsShort, check_covered, give_back, take
from aid.payments.preflight import items_to_pay, preflight
from aid.payments.workflow import PAYMENT_WORKFLOW
from portal.access import Permission
from portal.audit import By
from portal.enums import WebhookEvent
from portal.keeping import keep, keep_alike, keep_new
from portal.models import User
from portal.outside.telling import tell
from portal.workbook.importing.chunks import in_chunks
from portal.workflow import MoveRefused

BATCH = 1000
FAULTS_TOLD = 5


@transaction.atomic
def release_batch(batch: PaymentBatch, *, by: By, confirmed: bool = False) -> PaymentBatch:
    """Release a draft: its lines are frozen, its payments are pending and its money is reserved.

    `confirmed` says that the doubts of the pre-flight were looked at. Writes a pending disbursement and a frozen line
    for each item, versions, the balance row and one audit row. Raises MoveRefused, with nothing written: not a draft
    any more (somebody was quicker), `by` made it, a fault was found, or the source has not enough left.
    """
    batch = locked(batch, by.actor, Permission.RELEASE_PAYMENTS)
    batch.union.refuse_if_closed()
    batch.released_by, batch.released_on = by.actor, localdate()
    PAYMENT_WORKFLOW.apply(batch, "release", actor=by.actor, also=["released_by", "released_on"])
    found = preflight(batch)
    if found.faults:
        raise MoveRefused(_told(found.faults))
    if found.doubts and not confirmed:
        raise MoveRefused(_("有 %(count)d 项提醒，请核对后勾选确认。") % {"count": len(found.doubts)})
    try:
        take(batch.union, batch.source, found.total)
    except FundsShort as short:
        raise MoveRefused(str(short)) from None
    _freeze(batch, by.actor)
    keep(batch, by, _("复核发放"), count=found.count, total=str(found.total))
    return batch


def _told(faults: list) -> str:
    told = faults[:FAULTS_TOLD]
    words = "；".join(f"{found.item.case.number}：{found.words}" if found.item else found.words for found in told)
    more = _("；等 %(count)d 项") % {"count": len(faults)} if len(faults) > FAULTS_TOLD else ""
    return _("不能发放。%(faults)s%(more)s") % {"faults": words, "more": more}


def _freeze(batch: PaymentBatch, actor: User) -> None:
    items = list(items_to_pay(batch))
    lines = [_line(batch, item, number) for number, item in enumerate(items, start=1)]
    payments = [_payment(batch, item, line.number) for item, line in zip(items, lines, strict=True)]
    stored = keep_new(payments, actor)
    for item, payment in zip(items, stored, strict=True):
        item.disbursement = payment
    BatchItem.objects.bulk_update(items, ["disbursement"], batch_size=BATCH)
    PayeeLine.objects.bulk_create(lines, batch_size=BATCH)


def _line(batch: PaymentBatch, item: BatchItem, number: int) -> PayeeLine:
    """The copy that stays whatever becomes of the file. Cash is the worker's to fetch, whatever account there is."""
    payee = item.case.payee
    card, bank = (payee.bank_card, payee.bank_name) if batch.by_card else ("", "")
    line = PayeeLine(batch=batch, item=item, number=number, name=item.account_name, card=card, bank=bank)
    line.amount, line.purpose = item.amount, batch.purpose
    line.place_with(batch)
    return line


def _payment(batch: PaymentBatch, item: BatchItem, number: int) -> Disbursement:
    payment = Disbursement(case=item.case, amount=item.amount, source=batch.source, method=batch.method)
    payment.number = f"{batch.number}-{number:05d}"
    payment.status, payment.paid_on = PaymentState.PENDING, batch.released_on
    payment.place_with(item.case)
    return payment


@transaction.atomic
def recall_batch(batch: PaymentBatch, *, reason: str, by: By) -> PaymentBatch:
    """Call a released batch back before a file was made for the bank; its money is free again.

    Nothing of it may be paid yet. Writes items, disbursements (failed), versions, the balance row and one audit row.
    Raises MoveRefused.
    """
    batch = locked(batch, by.actor, Permission.RELEASE_PAYMENTS)
    if batch.items.exclude(result=LineResult.PENDING).exists():
        raise MoveRefused(_("批次中已有办结的明细，不能撤回。"))
    batch.cancelled_reason = reason
    PAYMENT_WORKFLOW.apply(batch, "recall", actor=by.actor, reason=reason, also=["cancelled_reason"])
    items = list(batch.items.select_related("disbursement"))
    settle_items(items, LineResult.CANCELLED, actor=by.actor, reason=_("批次已撤回"))
    give_back(batch.union, batch.source, sum(item.amount for item in items))
    keep(batch, by, _("撤回发放"), reason=reason)
    return batch


def settle_items(
    items: list[BatchItem], result: LineResult, *, actor: User, on=None, voucher: str = "", reason: str = ""
) -> None:
    """Write what became of pending items and of their payments; the caller has locked the unit and keeps the balance.

    An item's own `reason` goes before `reason`. What is paid is told to the systems that listen.
    Raises MoveRefused where the money was not there on the day `on`.
    """
    if not items:
        return
    day = on or localdate()
    changes = {"status": PaymentState.PAID if result == LineResult.PAID else PaymentState.FAILED}
    if result == LineResult.PAID:
        changes |= {"paid_on": day, "voucher": voucher}
        check_covered(items[0].batch.union, items[0].batch.source, sum(item.amount for item in items), on=day)
    for item in items:
        item.result, item.settled_on, item.reason = result, day, (item.reason or reason)[:200]
    keep_alike([item.disbursement for item in items], actor, **changes)
    _keep_results(items)
    if result == LineResult.PAID:
        batch, total = items[0].batch, sum(item.amount for item in items)
        tell(WebhookEvent.PAID, batch, number=batch.number, count=len(items), total=f"{total:.2f}")


def _keep_results(items: list[BatchItem]) -> None:
    """One UPDATE for all that share a reason: most of a batch is paid and has none."""
    alike = defaultdict(list)
    for item in items:
        alike[item.reason].append(item.pk)
    shared = {"result": items[0].result, "settled_on": items[0].settled_on}
    for reason, keys in alike.items():
        for chunk in in_chunks(keys):
            BatchItem.objects.filter(pk__in=chunk).update(reason=reason, **shared)
