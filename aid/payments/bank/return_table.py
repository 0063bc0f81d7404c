"""Finding the table in a bank's return file: its sheet, its headings, its rows, and those that are none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from aid.models import BankLayout
from aid.payments.bank.layouts import VALUES
from portal.identity import IdentityError, clean_text
from portal.workbook.cells import AmountCell, CellFault
from portal.workbook.lists.cells import listed
from portal.workbook.raw import Boolean, ErrorValue, Formula
from portal.workbook.reading.headings import fold_heading
from portal.workbook.reading.norows import HEADINGS, NOTE, TOTAL, why_no_row
from portal.workbook.reading.reader import ReadSheet, WorkbookRefused, read_any_table
from portal.workbook.uploading import as_file

SEPARATOR = "、"
HEADING_ROWS = 30  # where the headings are looked for: as far down as a layout may put them
NEEDED = ("card", "amount", "result")

# What banks call a column, where a file has not the heading of its layout.
OTHER_HEADINGS = {
    "number": ("序号", "顺序号", "编号", "笔号"),
    "name": ("户名", "姓名", "收款人", "收款人名称", "收款人户名", "收款户名", "收款账号名称", "账户名称", "账户名"),
    "card": ("账号", "帐号", "卡号", "银行卡号", "收款账号", "收款帐号", "收款人账号", "收款人帐号", "对方账号"),
    "amount": ("金额", "交易金额", "实发金额", "付款金额", "发生额"),
    "result": ("处理结果", "处理状态", "状态", "交易状态", "交易结果", "结果", "处理情况", "入账状态"),
    "reason": ("失败原因", "原因", "错误原因", "错误信息", "失败信息", "返回信息", "备注"),
}  # fmt: skip


class ReturnRefused(Exception):  # noqa: N818  named after what happens to the file
    """A return file that is not read at all, with every reason; none of them holds a card number."""

    def __init__(self, reasons: list[str]):
        super().__init__(reasons)
        self.reasons = reasons


@dataclass
class ReturnTable:
    """A sheet with its headings found: where each value stands, the rows below, and the cells above.

    `shift` says by how many rows the headings stand lower than in the file that was sent.
    """

    places: dict[str, int]
    headings: dict[int, str]
    rows: list[tuple[int, list]]
    above: dict[tuple[int, int], object] = field(default_factory=dict)
    shift: int = 0

    def lines(self, faults: list[str]) -> Iterator[tuple[int, dict]]:
        """The rows that are payments: number in the spreadsheet, and cells by what they hold.

        Signatures, notes and headings that are repeated are passed over; a total must be what stands above it.
        """
        all_of_it = since = Decimal()
        numbered = [self.places["number"]] if "number" in self.places else []
        for place, cells in self.rows:
            found = {name: cells[at] if at < len(cells) else None for name, at in self.places.items()}
            if not any(text_of(found[name]) for name in NEEDED):
                continue
            why = why_no_row(cells, self.headings, numbered)
            if why in (NOTE, HEADINGS):
                continue
            if why == TOTAL or not (text_of(found["card"]) or text_of(found["result"])):
                if not is_amount(found["amount"], all_of_it, since):
                    words = _("第 %(row)d 行：合计与它上面的明细 %(sum)s 元不符")
                    faults.append(words % {"row": place, "sum": f"{all_of_it:,.2f}"})
                since = Decimal()
                continue
            amount = _amount_or_nothing(found["amount"])
            all_of_it, since = all_of_it + amount, since + amount
            yield place, found


def find_table(content: bytes, layout: BankLayout) -> ReturnTable:
    """The first sheet, of those that are not hidden, with the headings. Raises ReturnRefused."""
    try:
        with as_file(content) as path:
            sheets = read_any_table(path)  # in a process of its own, as every file of a stranger is
    except WorkbookRefused as refused:
        raise ReturnRefused([str(refused.reason)]) from None
    if not sheets:
        raise ReturnRefused([_("文件中没有工作表。")])
    found = next((table for table in (_table(sheet, layout) for sheet in sheets) if table), None)
    if found:
        return found
    asked = SEPARATOR.join([heading for heading, value in layout.columns if value in ("card", "amount")])
    words = _("没有找到表头：需要“%(asked)s”和“%(result)s”各列。请核对所选的银行文件格式。")
    raise ReturnRefused([words % {"asked": asked, "result": layout.result_heading}])


def _table(sheet: ReadSheet, layout: BankLayout) -> ReturnTable | None:
    own = {fold_heading(heading): value for heading, value in layout.columns if value in VALUES}
    own |= {fold_heading(layout.result_heading): "result", fold_heading(layout.reason_heading): "reason"}
    rows = sheet.all_rows
    for position, (number, cells) in enumerate(rows):
        if number > HEADING_ROWS:
            return None
        texts = {at: cell for at, cell in enumerate(cells) if isinstance(cell, str)}
        places = _places({at: fold_heading(text) for at, text in texts.items()}, own)
        if places.keys() >= set(NEEDED):
            above = {(row, at): cell for row, before in rows[:position] for at, cell in enumerate(before)}
            headings = {at: texts[at] for at in places.values()}
            return ReturnTable(places, headings, rows[position + 1 :], above, number - layout.first_row + 1)
    return None


def _places(folded: dict[int, str], own: dict[str, str]) -> dict[str, int]:
    """Where each value stands: by the layout's own headings, else by what banks call it."""
    places: dict[str, int] = {}
    for at, text in folded.items():
        if text in own:
            places.setdefault(own[text], at)
    taken = set(places.values())
    for value, words in OTHER_HEADINGS.items():
        known = {fold_heading(word) for word in words}
        at = next((at for at, text in folded.items() if text in known and at not in taken), None)
        if value not in places and at is not None:
            places[value] = at
            taken.add(at)
    return places


def text_of(cell) -> str:
    """A cell as text; nothing of what is never data."""
    if cell is None or isinstance(cell, Formula | Boolean | ErrorValue):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    try:
        return clean_text(str(cell))
    except IdentityError:  # a character that makes the text read differently from what it is
        return ""


def amount_of(cell) -> Decimal:
    """An amount as banks write it, with or without its unit. Raises CellFault."""
    if cell is None or isinstance(cell, Formula | Boolean | ErrorValue):
        raise CellFault(_("没有金额，或金额是公式"))
    read = AmountCell(exclusive=False)
    amount = read.clean(listed(read, clean_text(cell) if isinstance(cell, str) else cell)[0])
    if amount is None:
        raise CellFault(_("没有金额"))
    return amount


def is_amount(cell, *amounts: Decimal) -> bool:
    """Whether a cell says one of `amounts`; one that says nothing, or is worked out by the file itself, may stand."""
    if isinstance(cell, Formula) or not text_of(cell):
        return True
    try:
        return amount_of(cell) in amounts
    except CellFault:
        return False


def _amount_or_nothing(cell) -> Decimal:
    try:
        return amount_of(cell)
    except CellFault:
        return Decimal()


# Words that banks put before their verdict; any other word, as in 未成功, makes it another verdict.
VERDICT = re.compile("(?:银行|交易|处理|支付|付款|转账|汇款|入账|代发|发放|已)*(?:(成功|入账)|(失败|退回|退票))")


def verdict(text: str, layout: BankLayout) -> bool | None:
    """Whether a payment succeeded, by the layout's words or what banks usually say; None where it cannot be told."""
    for words, paid in ((layout.paid_words, True), (layout.failed_words, False)):
        if text in map(text_of, words.split(SEPARATOR)):
            return paid
    said = VERDICT.fullmatch(text)
    return bool(said[1]) if said else None
