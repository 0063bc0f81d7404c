"""Text, and the numbers that are text: identity, card and telephone numbers."""

import math
from datetime import date

from django.utils.translation import gettext as _

from portal.identity import (
    mask_card,
    mask_id_number,
    mask_telephone,
    parse_card,
    parse_credit_code,
    parse_telephone,
)
from portal.text import fold_name
from portal.words.identity_kinds import IDENTITY_SHAPE, parse_identity
from portal.workbook.cells.base import Cell, CellFault
from portal.workbook.raw import Content, digits, lost_digits


def as_text(value: Content) -> str:
    """Text as it was typed. A number counts as its digits, as long as a spreadsheet still holds all of them."""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        raise CellFault(_("单元格是日期，此列应为文字，请将此列设为文本格式后重填"))
    if not math.isfinite(value):
        raise CellFault(_("单元格不是有效的数字，请重新填写"))
    if lost_digits(value):
        raise CellFault(_("被存成数字，末几位已丢失，请将此列设为文本格式后重填"))
    return digits(value)


class TextCell(Cell):
    empty = ""
    number_format = "@"

    def __init__(self, max_length: int, *, multiline: bool = False):
        super().__init__()
        self.max_length = max_length
        self.multiline = multiline

    def convert(self, value: Content) -> str:
        text = as_text(value)
        if len(text) > self.max_length:
            reason = _("文字过长：最多 %(limit)d 字，现为 %(length)d 字")
            raise CellFault(reason % {"limit": self.max_length, "length": len(text)})
        return text

    @property
    def help(self) -> str:
        return _("文字，最多 %(limit)d 字") % {"limit": self.max_length}


class NameCell(TextCell):
    """The name of a person, folded as it is searched for."""

    def convert(self, value: Content) -> str:
        return super().convert(fold_name(as_text(value)))


class IdNumberCell(Cell):
    """An identity number; that of another document behind the word of its kind (portal.words.identity_kinds)."""

    empty = ""
    number_format = "@"
    width = 22

    def convert(self, value: Content) -> str:
        return parse_identity(as_text(value)).number

    @property
    def hint(self) -> str:
        return str(IDENTITY_SHAPE)

    @property
    def help(self) -> str:
        return _("18 位身份证号，末位可为 X；其他证件在号码前写证件名，如“护照 E12345678”；单元格须为文本格式")


class CardCell(Cell):
    empty = ""
    number_format = "@"
    width = 24

    def convert(self, value: Content) -> str:
        return parse_card(as_text(value))

    @property
    def hint(self) -> str:
        return _("16 至 19 位银行卡号")

    @property
    def help(self) -> str:
        return _("16 至 19 位银行卡号；单元格须为文本格式")


class TelephoneCell(Cell):
    empty = ""
    number_format = "@"
    width = 18

    def convert(self, value: Content) -> str:
        return parse_telephone(as_text(value))

    @property
    def hint(self) -> str:
        return _("11 位手机号，或 7 至 8 位固定电话，可带区号和分机")

    @property
    def help(self) -> str:
        return self.hint


class CreditCodeCell(Cell):
    empty = ""
    number_format = "@"
    width = 22

    def convert(self, value: Content) -> str:
        return parse_credit_code(as_text(value))

    @property
    def hint(self) -> str:
        return _("18 位统一社会信用代码")

    @property
    def help(self) -> str:
        return self.hint


# How a number of a person is shown where it need not be read: the only table of it.
MASKS = {IdNumberCell: mask_id_number, CardCell: mask_card, TelephoneCell: mask_telephone}
