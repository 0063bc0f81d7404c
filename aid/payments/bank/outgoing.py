"""The bank file of a batch: .xlsx after the bank's layout, from frozen lines, so the same bytes every time."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from aid.enums import BatchState
from aid.models import BankLayout, PayeeLine, PaymentBatch
from aid.payments.bank.layouts import constant
from aid.payments.batches import locked
from aid.payments.workflow import PAYMENT_WORKFLOW
from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction
from portal.keeping import keep
from portal.workbook.writing import put, put_heading
from portal.workflow import MoveRefused

LINES_A_FILE = 3000  # the most that banks take (domain.md, Payment batch)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
STAMP = (2000, 1, 1, 0, 0, 0)  # of every part, so that equal lines make equal files
MODIFIED = re.compile(rb"(<dcterms:modified[^<>]*>)[^<]*")
SHEET = "代发明细"
WIDE = ("card", "bank", "purpose")


@dataclass(frozen=True)
class BankFile:
    """One file to download; `parts` bank files are in it."""

    name: str
    content_type: str
    content: bytes
    parts: int


@transaction.atomic
def send_batch(batch: PaymentBatch, *, layout: BankLayout, reason: str, by: By) -> BankFile:
    """The bank file of a released batch; made again it is the same, byte for byte.

    It shows whole card numbers: one audit row says who took it and why. Writes also the state and, the first time, a
    version. Raises MoveRefused.
    """
    batch = locked(batch, by.actor, Permission.PREPARE_PAYMENTS)
    if not batch.by_card:
        raise MoveRefused(_("现金和转账批次没有银行文件，请打印签领表。"))
    first = batch.state == BatchState.RELEASED
    if batch.state != BatchState.SETTLED:  # a settled batch may be looked up again, and stays settled
        PAYMENT_WORKFLOW.apply(batch, "send", actor=by.actor)
    elif not batch.is_frozen:
        raise MoveRefused(_("批次尚未复核发放。"))
    if first:
        keep(batch, by, _("生成银行文件"))
    made = bank_file(batch, layout)
    detail = {"layout": layout.name, "reason": reason, "files": made.parts, "count": batch.lines.count()}
    audit.record(AuditAction.BANK_FILE_MADE, by=by, about=batch, subject=str(batch), **detail)
    return made


def bank_file(batch: PaymentBatch, layout: BankLayout) -> BankFile:
    """One .xlsx, or a .zip of several, none of more than LINES_A_FILE lines."""
    count = batch.lines.count()
    parts = -(-count // LINES_A_FILE)
    made = ((_name(batch, part, parts), _xlsx(batch, layout, lines)) for part, lines in _parts(batch, parts))
    if parts == 1:
        name, content = next(made)
        return BankFile(name, XLSX, content, 1)
    return BankFile(f"{batch.number}.zip", ZIP, _zipped(made), parts)


def _name(batch: PaymentBatch, part: int, parts: int) -> str:
    return f"{batch.number}.xlsx" if parts == 1 else f"{batch.number}-{part}.xlsx"


def _parts(batch: PaymentBatch, parts: int) -> Iterator[tuple[int, list[PayeeLine]]]:
    lines = batch.lines.order_by("number")
    for part in range(parts):
        yield part + 1, list(lines[part * LINES_A_FILE : (part + 1) * LINES_A_FILE])


def _xlsx(batch: PaymentBatch, layout: BankLayout, lines: list[PayeeLine]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(SHEET)
    for position, (_heading, value) in enumerate(layout.columns, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = 24 if value in WIDE else 14
    for row in _head(sheet, batch, layout, lines):
        sheet.append(row)
    for line in lines:
        sheet.append([_cell(sheet, batch, line, value) for _heading, value in layout.columns])
    workbook.properties.creator = ""
    workbook.properties.created = datetime(*STAMP)  # noqa: DTZ001  a file knows no zone
    buffer = io.BytesIO()
    workbook.save(buffer)
    return _repacked(buffer)


def _head(sheet, batch: PaymentBatch, layout: BankLayout, lines: list[PayeeLine]) -> Iterator[list]:
    """The rows above the lines: what the layout puts into named cells, and the headings last."""
    known = {"{title}": batch.purpose, "{sum}": sum((line.amount for line in lines), Decimal()), "{count}": len(lines)}
    rows = [{} for _row in range(layout.first_row - 1)]
    for place, text in layout.head:
        letters, row = coordinate_from_string(place)
        rows[row - 1][letters] = known.get(text, text)
    for position, (heading, _value) in enumerate(layout.columns, start=1):
        rows[-1][get_column_letter(position)] = heading
    width = max(len(layout.columns), 2)
    for number, row in enumerate(rows, start=1):
        yield [
            _headed(sheet, row.get(get_column_letter(place)), is_heading=number == len(rows))
            for place in range(1, width + 1)
        ]


def _headed(sheet, value, *, is_heading: bool):
    if value is None:
        return None
    cell = WriteOnlyCell(sheet)
    if is_heading:
        put_heading(cell, value)
    else:
        put(cell, value)
    if isinstance(value, Decimal):
        cell.number_format = "0.00"
    return cell


def _cell(sheet, batch: PaymentBatch, line: PayeeLine, value: str):
    """A card is text, whatever its digits, and so is a constant; amounts and serial numbers are numbers."""
    if value == "blank":
        return None
    cell = WriteOnlyCell(sheet)
    fixed = constant(value)
    content = fixed if fixed is not None else _content(batch, line, value)
    put(cell, content)
    if isinstance(content, Decimal):
        cell.number_format = "0.00"
    elif value == "card" or fixed is not None:
        cell.number_format = "@"
    return cell


def _content(batch: PaymentBatch, line: PayeeLine, value: str):
    """What a line says of itself; the day, eight digits, is that of the batch, the same however late it is made."""
    return batch.released_on.strftime("%Y%m%d") if value == "released_on" else getattr(line, value)


def _repacked(buffer: io.BytesIO) -> bytes:
    """The same parts without the hour at which they were written; openpyxl notes it on saving, whatever was set."""
    with zipfile.ZipFile(buffer) as archive:
        return _zipped(
            (name, MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", archive.read(name))) for name in archive.namelist()
        )


def _zipped(members) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, STAMP), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
