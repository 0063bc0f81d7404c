"""Other amounts for the items of a draft: never more than the case still may get, never more than the source has."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from aid.models import AidCase, BatchItem, PaymentBatch
from aid.payments.batches import CHUNK, keep_changed, locked_draft
from aid.payments.dues import with_dues
from aid.payments.ledger import balance_of, yuan
from portal.audit import By
from portal.workbook.importing.chunks import in_chunks
from portal.workflow import MoveRefused


class AmountsRefused(MoveRefused):
    """Amounts that cannot be; `by_item` holds the reason for each item by its key."""

    def __init__(self, by_item: Mapping[int, str]):
        self.by_item = dict(by_item)
        super().__init__("；".join(self.by_item.values()))


@transaction.atomic
def set_amounts(batch: PaymentBatch, amounts: Mapping[int, Decimal], *, shown: Mapping[int, Decimal], by: By) -> int:
    """Give items of a draft, by key, other amounts in yuan; how many changed.

    `shown` are the amounts that were there when these were typed. All or nothing. What is the same already changes
    nothing, so pressed twice it acts once. Writes the items, a version of the batch and one audit row. Raises
    AmountsRefused where an amount is not above zero, more than the case's standard leaves, or not the one `shown` any
    more; MoveRefused where the batch is no draft any more or would by these come to more than its source has left.
    """
    batch = locked_draft(batch, by.actor)
    changed = [item for item in batch.items.filter(pk__in=list(amounts)) if item.amount != amounts[item.pk]]
    if not changed:
        return 0
    faults = _faults(batch.source, changed, amounts, shown)
    if faults:
        raise AmountsRefused(faults)
    _check_balance(batch, sum(amounts[item.pk] - item.amount for item in changed))
    for item in changed:
        item.amount = amounts[item.pk]
    BatchItem.objects.bulk_update(changed, ["amount"], batch_size=CHUNK)
    count = len(changed)
    keep_changed(batch, by, _("修改金额 %(count)d 笔") % {"count": count}, count=count)
    return count


def _faults(
    source: str, items: list[BatchItem], amounts: Mapping[int, Decimal], shown: Mapping[int, Decimal]
) -> dict[int, str]:
    dues = {}
    for chunk in in_chunks([item.case_id for item in items]):
        dues |= dict(with_dues(AidCase.objects.filter(pk__in=chunk), source).values_list("pk", "due"))
    faults = {}
    for item in items:
        due = max(dues[item.case_id], Decimal())
        if item.amount != shown.get(item.pk):
            words = _("在您修改时已被别人改为 %(amount)s 元，请核对后再次保存。")
            faults[item.pk] = words % {"amount": yuan(item.amount)}
        elif amounts[item.pk] <= 0:
            faults[item.pk] = _("金额应大于 0；不发放的请移出批次。")
        elif amounts[item.pk] > due:
            faults[item.pk] = _("按帮扶标准和资助来源，最多还可发放 %(due)s 元。") % {"due": yuan(due)}
    return faults


def _check_balance(batch: PaymentBatch, added: Decimal) -> None:
    """A draft that was picked beyond its source may still be brought down."""
    total = (batch.items.aggregate(total=Sum("amount"))["total"] or Decimal()) + added
    balance = balance_of(batch.union, batch.source)
    if added > 0 and total > balance.left:
        raise MoveRefused(balance.refusal(total))
