"""Amounts of money and whole numbers."""

import math
import re
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.identity import APOSTROPHES, DASHES, is_scientific
from portal.workbook.cells.base import Cell, CellFault
from portal.workbook.raw import Content, as_shown

# No exponent, no underscore, commas only where thousands end: int() and Decimal() would take all of those.
PLAIN_NUMBER = re.compile("-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:[.][0-9]+)?")
LONGEST_TEXT = 40
CENT = Decimal("0.01")
LIMIT = Decimal(10) ** 12


def as_decimal(value: Content) -> Decimal:
    """The number as the shortest decimal that names it, without trailing zeros."""
    if isinstance(value, (int, float)):
        if not math.isfinite(value):
            raise not_a_number()
        number = as_shown(value)
    elif isinstance(value, str) and len(value) <= LONGEST_TEXT and PLAIN_NUMBER.fullmatch(value):
        number = Decimal(value.replace(",", ""))
    else:
        raise _spoilt(value) if isinstance(value, str) else not_a_number()
    if abs(number) >= LIMIT:
        raise CellFault(_("数字过大，整数部分最多 12 位，请核对"))
    return number


def not_a_number() -> CellFault:
    return CellFault(_("不是数字，请只填写数字，如 1234.56"))


def _spoilt(text: str) -> CellFault:
    """What keeps a text from being a number, by its name where it has one."""
    if is_scientific(text):
        return CellFault(_("是科学计数法，请填写完整的数字，如 1234.56"))
    if APOSTROPHES.intersection(text) and any(map(str.isdigit, text)):
        return CellFault(_("数字里有撇号（'），请删去，如 1234.56"))
    if "-" in text.translate(DASHES) and any(map(str.isdigit, text)):
        return CellFault(_("数字里有横线（-），请只填写一个数字，如 1234.56"))
    return not_a_number()


class AmountCell(Cell):
    """An amount of money: above `minimum`, or from it on if not `exclusive`, to `maximum`, to two decimals.

    With `zero_is_blank` 0 says nothing.
    """

    number_format = "0.00"

    def __init__(
        self,
        *,
        minimum: int = 0,
        exclusive: bool = True,
        zero_is_blank: bool = False,
        maximum: Decimal = LIMIT - CENT,
    ):
        super().__init__()
        self.minimum = minimum
        self.exclusive = exclusive
        self.zero_is_blank = zero_is_blank
        self.maximum = maximum

    def convert(self, value: Content) -> Decimal | None:
        number = as_decimal(value)
        if self.zero_is_blank and number.is_zero():
            return None
        if number < self.minimum or (self.exclusive and number == self.minimum):
            raise CellFault(self.bound)
        if number > self.maximum:
            raise CellFault(_("不能大于 %(maximum)s，请核对") % {"maximum": f"{self.maximum:,f}"})
        amount = number.quantize(CENT)
        if amount != number:
            raise CellFault(_("金额最多两位小数，请核对"))
        return abs(amount) if amount.is_zero() else amount

    @property
    def bound(self) -> str:
        words = _("应大于 %(minimum)d") if self.exclusive else _("不能小于 %(minimum)d")
        return words % {"minimum": self.minimum}

    @property
    def help(self) -> str:
        return _("金额，%(bound)s，最多两位小数") % {"bound": self.bound}


class WholeCell(Cell):
    number_format = "0"

    def __init__(self, minimum: int, maximum: int):
        super().__init__()
        self.minimum = minimum
        self.maximum = maximum

    def convert(self, value: Content) -> int:
        number = as_decimal(value)
        if number != int(number):
            raise CellFault(_("应为整数，请核对"))
        if not self.minimum <= number <= self.maximum:
            raise CellFault(self.bounds)
        return int(number)

    @property
    def bounds(self) -> str:
        return _("应在 %(minimum)d 至 %(maximum)d 之间") % {"minimum": self.minimum, "maximum": self.maximum}

    @property
    def help(self) -> str:
        return _("整数，%(bounds)s") % {"bounds": self.bounds}


class YearCell(WholeCell):
    """A year of four digits; whatever else stands there, a year is asked for."""

    def __init__(self, first: int = 1000, last: int = 9999):
        super().__init__(first, last)

    def convert(self, value: Content) -> int:
        try:
            number = as_decimal(value)
        except CellFault:
            raise self.asked_for() from None
        if number != int(number) or not 1000 <= number <= 9999:
            raise self.asked_for()
        return super().convert(value)

    @staticmethod
    def asked_for() -> CellFault:
        return CellFault(_("应填四位数的年份，如 2014"))

    @property
    def help(self) -> str:
        return _("四位数的年份，如 2014")
