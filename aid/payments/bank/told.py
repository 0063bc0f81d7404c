"""What a bank says of a batch without a file: line by line, by the same rules as its return file."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from aid.models import BankLayout, PaymentBatch
from aid.payments.bank.return_rows import ReturnRow, checked_rows, row_of
from aid.payments.bank.return_table import ReturnRefused
from aid.payments.bank.returns import Returned, settle_return
from portal.audit import By
from portal.workbook.cells import CellFault

# What a line may say, as the columns of a return file; the words of its verdict are those that banks usually write.
LINE_FIELDS = ("number", "name", "card", "amount", "result", "reason")


def take_told(
    batch: PaymentBatch, *, lines: Sequence[Mapping[str, Any]], paid_on: date, voucher: str, name: str, by: By
) -> Returned:
    """Take `lines`, values by LINE_FIELDS, numbered from 1, as the bank's answer to `batch`.

    As `take_return` does, and raises what it raises; `name` is what the kept answer is called.
    """

    def read(_content: bytes, batch: PaymentBatch) -> list[ReturnRow]:
        return checked_rows(_rows(lines), batch)

    content = json.dumps(list(lines), ensure_ascii=False, sort_keys=True).encode()
    return settle_return(batch, content=content, name=name, read=read, paid_on=paid_on, voucher=voucher, by=by)


def _rows(lines: Sequence[Mapping[str, Any]]) -> list[ReturnRow]:
    """Raises ReturnRefused with what is wrong in every line."""
    rows, faults, layout = [], [], BankLayout()
    for place, line in enumerate(lines, start=1):
        try:
            rows.append(row_of(place, {name: line.get(name) for name in LINE_FIELDS}, layout))
        except CellFault as fault:
            faults.append(_("第 %(row)d 行：%(reason)s") % {"row": place, "reason": fault})
    if faults:
        raise ReturnRefused(faults)
    return rows
