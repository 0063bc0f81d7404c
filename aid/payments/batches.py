"""Making a payment batch, before anybody releases it.

Every function locks the 填报单位, as every save of its records does, and raises MoveRefused with the reason in words
where the batch is no longer a draft or `actor` may not prepare payments.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.enums import LineResult
from aid.models import AidCase, BatchItem, PaymentBatch
from aid.payments.dues import hindrance, payable, with_batch, with_dues
from aid.payments.reissues import to_reissue
from aid.payments.workflow import PAYMENT_WORKFLOW
from portal.access import Permission, can
from portal.audit import By
from portal.keeping import keep
from portal.models import Campaign, User
from portal.records.editing import lock_unit
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.numbers import next_number
from portal.workflow import MoveRefused

CHUNK = 500
PREFIX = "K"


@dataclass(frozen=True)
class Added:
    """How many cases joined the batch, and why others did not: number and reason."""

    count: int
    refused: list[tuple[str, str]] = field(default_factory=list)


def check_payer(actor: User, permission: Permission) -> None:
    """Payments are the business of the 填报单位. Raises MoveRefused for anybody else."""
    if not can(actor, permission):
        raise MoveRefused(_("您的岗位不能%(act)s。") % {"act": permission.value})
    if not actor.union.is_reporting:
        raise MoveRefused(_("发放批次由填报单位编制和复核。"))


def locked(batch: PaymentBatch, actor: User, permission: Permission) -> PaymentBatch:
    """The batch read again, its unit locked, once it is sure that `actor` may act on it. Call it in a transaction."""
    check_payer(actor, permission)
    lock_unit(batch.union)
    fresh = PaymentBatch.objects.visible_to(actor).select_for_update(of=("self",))
    return fresh.select_related("union", "campaign").get(pk=batch.pk)


@transaction.atomic
def open_batch(*, campaign: Campaign, source: str, method: str, purpose: str, by: By) -> PaymentBatch:
    """A new, empty batch of the unit of `by`.

    Writes the batch, its version and one audit row. Raises MoveRefused.
    """
    check_payer(by.actor, Permission.PREPARE_PAYMENTS)
    unit = lock_unit(by.actor.union)
    batch = PaymentBatch(campaign=campaign, source=source, method=method, purpose=purpose)
    batch.number, batch.made_by = next_number(PaymentBatch, unit=unit, prefix=PREFIX), by.actor
    batch.made_on = localdate()
    batch.open_in(unit)
    keep(batch, by, _("编制"))
    return batch


@transaction.atomic
def add_cases(batch: PaymentBatch, cases: QuerySet | Iterable[int], *, by: By) -> Added:
    """Put cases into a draft, each with what it still has to get: keys, or a queryset of all that a filter finds.

    Each is checked for itself; those that cannot be paid are told and left out. A case whose payment failed is linked
    to the failed item. Writes items, in the order of the cases, and one audit row. Raises MoveRefused.
    """
    batch = locked_draft(batch, by.actor)
    keys = list(cases.order_by("pk").values_list("pk", flat=True)) if isinstance(cases, QuerySet) else list(cases)
    count, refused = 0, []
    for chunk in in_chunks(keys):
        good = list(payable(by.actor, batch.campaign, batch.source).filter(pk__in=chunk).order_by("pk"))
        items = _items(batch, good)
        BatchItem.objects.bulk_create(items, batch_size=CHUNK)
        count += len(items)
        if len(good) < len(chunk):
            refused += _reasons(by.actor, batch, set(chunk) - {case.pk for case in good})
    if count:
        keep_changed(batch, by, _("加入申请 %(count)d 件") % {"count": count}, count=count)
    return Added(count, refused)


def locked_draft(batch: PaymentBatch, actor: User) -> PaymentBatch:
    """The batch as `locked` reads it, if its items may still change. Call it in a transaction."""
    batch = locked(batch, actor, Permission.PREPARE_PAYMENTS)
    if not batch.is_draft:
        state = batch.get_state_display()
        raise MoveRefused(_("批次现在的状态是“%(state)s”，不能修改明细。") % {"state": state})
    return batch


def keep_changed(batch: PaymentBatch, by: By, act: str, **told: int | str) -> None:
    """Keep a draft whose items changed: it is handed over again, so that what is released is what was looked at."""
    batch.handed_over_at = None
    keep(batch, by, act, **told)


def _items(batch: PaymentBatch, cases: list[AidCase]) -> list[BatchItem]:
    failed = to_reissue(BatchItem.objects.filter(case__in=cases))
    last = {item.case_id: item for item in failed.order_by("pk")}
    items = []
    for case in cases:
        item = BatchItem(batch=batch, case=case, amount=case.due, reissue_of=last.get(case.pk))
        item.place_with(batch)
        items.append(item)
    return items


def _reasons(actor: User, batch: PaymentBatch, keys: set[int]) -> list[tuple[str, str]]:
    """Why cases cannot be paid; those outside the scope are not told at all."""
    cases = AidCase.objects.visible_to(actor).filter(pk__in=keys).select_related("union")
    cases = with_batch(with_dues(cases, batch.source)).order_by("number")
    found = ((case.number, hindrance(case, batch.campaign)) for case in cases)
    return [(number, reason) for number, reason in found if reason]


@transaction.atomic
def remove_items(batch: PaymentBatch, keys: Iterable[int], *, by: By) -> int:
    """Take items out of a draft; how many. Writes one audit row that names their cases. Raises MoveRefused."""
    batch = locked_draft(batch, by.actor)
    items = batch.items.filter(pk__in=list(keys))
    cases = list(items.order_by("case__number").values_list("case__number", flat=True))
    count, _by_model = items.delete()
    if count:
        told = {"count": count, "case": "、".join(cases)}
        keep_changed(batch, by, _("移出申请 %(count)d 件") % {"count": count}, **told)
    return count


@transaction.atomic
def cancel_batch(batch: PaymentBatch, *, reason: str, by: By) -> PaymentBatch:
    """Give up a draft; its cases are free again. Writes items, a version and one audit row. Raises MoveRefused."""
    batch = locked(batch, by.actor, Permission.PREPARE_PAYMENTS)
    batch.cancelled_reason = reason
    PAYMENT_WORKFLOW.apply(batch, "cancel", actor=by.actor, reason=reason, also=["cancelled_reason"])
    batch.items.update(result=LineResult.CANCELLED, settled_on=localdate())
    keep(batch, by, _("取消批次"), reason=reason)
    return batch


@transaction.atomic
def reissue_failed(batch: PaymentBatch, *, by: By) -> tuple[PaymentBatch, Added]:
    """A new draft with what failed in `batch` and was not reissued yet; the cards are those on file at release.

    Pressed twice it finds nothing left the second time. Writes as open_batch and add_cases do. Raises MoveRefused.
    """
    batch = locked(batch, by.actor, Permission.PREPARE_PAYMENTS)
    keys = list(to_reissue(batch.items.all()).values_list("case", flat=True))
    if not keys:
        raise MoveRefused(_("没有需要重发的明细：失败的都已重发。"))
    terms = {"campaign": batch.campaign, "source": batch.source, "method": batch.method, "purpose": batch.purpose}
    fresh = open_batch(**terms, by=by)
    added = add_cases(fresh, keys, by=by)
    if not added.count:
        raise MoveRefused(_("失败的明细现在都不能重发：%(reason)s") % {"reason": added.refused[0][1]})
    # It waits for the second person as soon as its cards are put right: nothing else is to be done about it.
    fresh.handed_over_at = timezone.now()
    keep(fresh, by, _("送复核"))
    return fresh, added
