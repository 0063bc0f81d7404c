"""What the bank says of a batch becomes what the ledger says (domain.md, Payment batch)."""

import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.enums import BatchState, LineResult
from aid.models import BankLayout, BatchItem, PaymentBatch, ReturnFile
from aid.payments.bank.return_rows import ReturnRow, read_return
from aid.payments.bank.return_table import ReturnRefused
from aid.payments.batches import locked
from aid.payments.ledger import give_back
from aid.payments.release import settle_items
from aid.payments.workflow import PAYMENT_WORKFLOW
from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction
from portal.keeping import keep, shortened
from portal.models import User
from portal.workbook.importing.chunks import numbers_in_words
from portal.workflow import MoveRefused


@dataclass(frozen=True)
class Returned:
    """What a return file did: lines newly paid and failed; `again` if it had been read before and did nothing.

    `masked` are the rows, as the spreadsheet counts, whose names the bank does not show in full.
    """

    paid: int = 0
    failed: int = 0
    again: bool = False
    masked: tuple[int, ...] = ()

    @property
    def notice(self) -> str:
        """That names were not compared in full; '' where they were."""
        if not self.masked:
            return ""
        words = _("第 %(rows)s 行的户名被遮盖或缺字，已按账号和金额（有序号的并按序号）认定，请留意核对。")
        return words % {"rows": numbers_in_words(self.masked)}


def take_return(
    batch: PaymentBatch, *, content: bytes, name: str, layout: BankLayout, paid_on: date, voucher: str = "", by: By
) -> Returned:
    """Read a bank's return file: its paid lines are paid on `paid_on`, its failed ones failed with the bank's reason.

    Read twice it changes nothing the second time. Writes items, disbursements, versions, the balance row, the file and
    one audit row. Raises ReturnRefused, with every reason, where the file does not fit the batch or contradicts what is
    settled, and MoveRefused; nothing is written then.
    """

    def read(content: bytes, batch: PaymentBatch) -> list[ReturnRow]:
        return read_return(content, batch, layout)

    return settle_return(batch, content=content, name=name, read=read, paid_on=paid_on, voucher=voucher, by=by)


def settle_return(
    batch: PaymentBatch,
    *,
    content: bytes,
    name: str,
    read: Callable[[bytes, PaymentBatch], list[ReturnRow]],
    paid_on: date,
    voucher: str,
    by: By,
) -> Returned:
    """The same for an answer of any kind, which `read` turns into rows."""
    digest = hashlib.sha256(content).hexdigest()
    if batch.return_files.filter(digest=digest).exists():
        return Returned(again=True)
    rows = read(content, batch)  # a file in a process of its own, and before anything is locked
    with transaction.atomic():
        batch = locked(batch, by.actor, Permission.PREPARE_PAYMENTS)
        if batch.return_files.filter(digest=digest).exists():
            return Returned(again=True)
        _check(batch, paid_on)
        fresh = _fresh(batch, rows)
        paid = sum(row.paid for row, _item in fresh)
        found = Returned(paid, len(fresh) - paid, masked=tuple(row.place for row in rows if row.masked))
        _settle(batch, fresh, paid_on=paid_on, voucher=voucher, actor=by.actor)
        kept = ReturnFile(batch=batch, digest=digest, file_name=shortened(name), content=content, read_by=by.actor)
        kept.paid, kept.failed = found.paid, found.failed
        kept.place_with(batch)
        kept.save()
        counts = {"paid": found.paid, "failed": found.failed, "digest": digest}
        audit.record(AuditAction.RETURN_READ, by=by, about=batch, subject=str(batch), **counts)
        close_if_settled(batch, by=by)
    return found


def _check(batch: PaymentBatch, paid_on: date) -> None:
    if not batch.is_frozen or not batch.by_card:
        raise MoveRefused(_("只有已复核发放的银行卡批次才有回盘文件。"))
    check_day(batch, paid_on, _("银行入账日期"))


def check_day(batch: PaymentBatch, paid_on: date, called: str) -> None:
    """Nothing is paid before it was released or after today. Raises MoveRefused; `called` is the day in the form."""
    if not batch.released_on <= paid_on <= localdate():
        words = _("%(called)s应在复核发放日期 %(day)s 与今天之间。")
        raise MoveRefused(words % {"called": called, "day": batch.released_on})


def _fresh(batch: PaymentBatch, rows: list[ReturnRow]) -> list[tuple[ReturnRow, BatchItem]]:
    """The rows that tell something new, each with its item. Raises ReturnRefused for what contradicts."""
    items = {item.pk: item for item in batch.items.select_related("disbursement")}
    fresh, faults = [], []
    for row in rows:
        item = items[row.line.item_id]
        if item.is_pending:
            fresh.append((row, item))
        elif item.result != (LineResult.PAID if row.paid else LineResult.FAILED):
            values = {"row": row.place, "result": item.get_result_display()}
            faults.append(_("第 %(row)d 行：这一笔已登记为“%(result)s”，与文件不同") % values)
    if faults:
        raise ReturnRefused(faults)
    return fresh


def _settle(batch: PaymentBatch, fresh: list, *, paid_on: date, voucher: str, actor: User) -> None:
    by_result = defaultdict(list)
    for row, item in fresh:
        item.reason = "" if row.paid else row.reason or _("银行未说明原因")
        by_result[row.paid].append(item)
    settle_items(by_result[True], LineResult.PAID, on=paid_on, voucher=voucher, actor=actor)
    settle_items(by_result[False], LineResult.FAILED, actor=actor)
    give_back(batch.union, batch.source, sum(item.amount for item in by_result[False]))


def close_if_settled(batch: PaymentBatch, *, by: By) -> None:
    """Settle the batch when nothing of it is pending any more; the caller has locked it."""
    if batch.state != BatchState.SETTLED and not batch.items.filter(result=LineResult.PENDING).exists():
        PAYMENT_WORKFLOW.apply(batch, "settle", actor=by.actor)
        keep(batch, by, _("办结"))
