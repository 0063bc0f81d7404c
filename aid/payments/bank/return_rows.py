"""Reading a bank's return file: from its cells to rows, each matched with the line it answers.

Whatever does not fit is collected with its place and its reason; the caller refuses the file whole.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from aid.models import BankLayout, PayeeLine, PaymentBatch
from aid.payments.bank.outgoing import LINES_A_FILE
from aid.payments.bank.return_table import (
    ReturnRefused,
    ReturnTable,
    amount_of,
    find_table,
    is_amount,
    text_of,
    verdict,
)
from portal.identity import APOSTROPHES, clean_text, mask_card
from portal.text import LOST_CHARACTER, fold_name
from portal.workbook.cells import CellFault
from portal.workbook.raw import lost_digits

REASON_LENGTH = 200
LONG_NUMBER = re.compile("[0-9]{12,}")  # a card number in the bank's words stays out of ours
MASKED = re.compile(rf"(?:\*|{LOST_CHARACTER})+")


@dataclass
class ReturnRow:
    """One row as the bank sent it. `place` is its number in the spreadsheet."""

    place: int
    number: int | None
    name: str
    card: str
    amount: Decimal
    paid: bool
    reason: str
    line: PayeeLine | None = None
    masked: bool = False  # the name, by the bank

    @property
    def key(self) -> tuple[str, Decimal]:
        return self.card, self.amount


def read_return(content: bytes, batch: PaymentBatch, layout: BankLayout) -> list[ReturnRow]:
    """The rows of the file, each with the line it answers. Raises ReturnRefused with everything that is wrong."""
    table = find_table(content, layout)
    faults: list[str] = []
    rows = list(_rows(table, layout, faults))
    if faults:
        raise ReturnRefused(faults)
    if not rows:
        raise ReturnRefused([_("文件中没有明细。")])
    _check_stated(table, layout, rows, faults)
    return checked_rows(rows, batch, faults)


def checked_rows(rows: list[ReturnRow], batch: PaymentBatch, faults: Iterable[str] = ()) -> list[ReturnRow]:
    """`rows`, each with the line of `batch` it answers. Raises ReturnRefused with `faults` and all that differs."""
    faults = list(faults)
    lines = list(batch.lines.select_related("item").order_by("number"))
    _match(rows, lines, faults)
    _check_whole(rows, lines, faults)
    if faults:
        raise ReturnRefused(faults)
    return rows


def _rows(table: ReturnTable, layout: BankLayout, faults: list[str]) -> Iterator[ReturnRow]:
    for place, found in table.lines(faults):
        try:
            yield row_of(place, found, layout)
        except CellFault as fault:
            faults.append(_("第 %(row)d 行：%(reason)s") % {"row": place, "reason": fault})


def row_of(place: int, found: dict, layout: BankLayout) -> ReturnRow:
    """One row from its cells, by what they hold. Raises CellFault."""
    paid = verdict(text_of(found["result"]), layout)
    if paid is None:
        words = _("“%(heading)s”应为“%(paid)s”或“%(failed)s”之一")
        values = {"heading": layout.result_heading, "paid": layout.paid_words, "failed": layout.failed_words}
        raise CellFault(words % values)
    return ReturnRow(
        place=place,
        number=_number(found.get("number")),
        name=text_of(found.get("name")),
        card=_card(found["card"]),
        amount=_amount(found["amount"]),
        paid=paid,
        reason=LONG_NUMBER.sub(lambda found: mask_card(found[0]), text_of(found.get("reason")))[:REASON_LENGTH],
    )


def _card(cell) -> str:
    """A card as text; a number that long has lost its last digits, and guessing is no answer."""
    if lost_digits(cell):
        raise CellFault(_("账号被存成数字，末几位已丢失，请设为文本"))
    card = "".join(text_of(cell).split()).lstrip("".join(APOSTROPHES))
    if not card:
        raise CellFault(_("没有账号"))
    return card


def _amount(cell) -> Decimal:
    amount = amount_of(cell)
    if not amount:
        raise CellFault(_("金额是 0"))
    return amount


def _number(cell) -> int | None:
    text = text_of(cell)
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 8):
        raise CellFault(_("序号不是整数"))
    return int(text)


def _match(rows: list[ReturnRow], lines: list[PayeeLine], faults: list[str]) -> None:
    """Give each row its line: by its number where there is one, else by card and amount, in order."""
    by_number = {line.number: line for line in lines}
    by_key = defaultdict(list)
    for line in reversed(lines):
        by_key[line.card, line.amount].append(line)
    known = Counter((line.card, line.amount) for line in lines)
    taken: dict[int, int] = {}
    for row in rows:
        line = by_number.get(row.number) if row.number is not None else None
        if row.number is None and by_key.get(row.key):
            line = by_key[row.key].pop()
        if fault := _misfit(row, line, known, taken):
            faults.append(_("第 %(row)d 行：%(reason)s") % {"row": row.place, "reason": fault})
            continue
        row.line, taken[line.pk] = line, row.place


def _misfit(row: ReturnRow, line: PayeeLine | None, known: Counter, taken: dict[int, int]) -> str:
    if line is None:
        if row.number is None and row.key in known:
            return _("这一笔在文件中出现的次数比批次中多，是重复的行")
        return _("这一笔不在本批次中")
    if line.pk in taken:
        return _("与第 %(row)d 行重复，是同一笔") % {"row": taken[line.pk]}
    return _difference(row, line)


def _difference(row: ReturnRow, line: PayeeLine) -> str:
    """In what a row differs from its line; '' where it does not."""
    if line.card != row.card:
        return _("账号与批次第 %(number)d 笔不同") % {"number": line.number}
    if line.amount != row.amount:
        numbers = {"sent": f"{line.amount:,.2f}", "told": f"{row.amount:,.2f}"}
        return _("金额是 %(told)s 元，批次中是 %(sent)s 元") % numbers
    told, sent = fold_name(row.name), fold_name(clean_text(line.name))
    if told and told != sent:
        row.masked = _may_stand_for(told, sent)
        if not row.masked:
            return _("户名与批次第 %(number)d 笔不同") % {"number": line.number}
    return ""


def _may_stand_for(told: str, sent: str) -> bool:
    """Whether a name that the bank has masked, or lost characters of, can be the name that was sent."""
    first, *others = MASKED.split(told)
    if not others or not any((first, *others)) or not sent.startswith(first):
        return False
    *between, last = others
    at = len(first)
    for part in between:  # each as early as may be, behind one character at least
        found = sent.find(part, at + 1)
        if found < 0:
            return False
        at = found + len(part)
    return sent.endswith(last) and len(sent) - len(last) > at


def _check_stated(table: ReturnTable, layout: BankLayout, rows: list[ReturnRow], faults: list[str]) -> None:
    """What the cells above say must be what the rows add up to."""
    from_rows = {"{sum}": sum((row.amount for row in rows), Decimal()), "{count}": Decimal(len(rows))}
    for place, text in layout.head:
        if text not in from_rows:
            continue
        row, column = _coordinates(place)
        told = table.above.get((row + table.shift, column))
        same = told is not None and is_amount(told, from_rows[text])
        if not same:
            named = _("总金额") if text == "{sum}" else _("总笔数")
            values = {"cell": place, "named": named, "found": f"{from_rows[text]:,}"}
            faults.append(_("单元格 %(cell)s 的%(named)s与明细合计 %(found)s 不符") % values)


def _coordinates(place: str) -> tuple[int, int]:
    letters = place.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(place[len(letters) :]), column - 1


def _check_whole(rows: list[ReturnRow], lines: list[PayeeLine], faults: list[str]) -> None:
    """A file answers the whole batch, or one whole file of it."""
    sent = _sent(rows, lines)
    count, total = len(rows), sum((row.amount for row in rows), Decimal())
    if count != len(sent):
        words = _("笔数不符：文件中 %(told)d 笔，送出 %(sent)d 笔")
        faults.append(words % {"told": count, "sent": len(sent)})
    expected = sum((line.amount for line in sent), Decimal())
    if total != expected:
        words = _("金额合计不符：文件中 %(told)s 元，送出 %(sent)s 元")
        faults.append(words % {"told": f"{total:,.2f}", "sent": f"{expected:,.2f}"})


def _sent(rows: list[ReturnRow], lines: list[PayeeLine]) -> list[PayeeLine]:
    """The lines that the file should answer: of the one bank file in which all its lines stand, else of the batch."""
    parts = {(row.line.number - 1) // LINES_A_FILE for row in rows if row.line}
    if len(lines) <= LINES_A_FILE or len(parts) != 1:
        return lines
    part = parts.pop() * LINES_A_FILE
    return lines[part : part + LINES_A_FILE]
