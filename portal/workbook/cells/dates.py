"""Dates, in the ways in which people write them."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from portal.days import is_future
from portal.words.bounds import against_day
from portal.workbook.cells.base import Cell, CellFault
from portal.workbook.raw import Content, Raw

DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
TIME = re.compile(
    r"(?:(?<! ) ++|T *+|(?<=日) *+)(?:[上下]午 *)?[0-9]{1,2}[:时点][0-9]{1,2}(?:[:分](?:[0-9]{1,2}(?:[.][0-9]+)?秒?)?)?"
    r"(?: *[AP]M)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)
TEXT_FORM = re.compile(
    "([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})|([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})|([0-9]{4})[.]([0-9]{1,2})[.]([0-9]{1,2})"
    "|([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日|([0-9]{4})([0-9]{2})([0-9]{2})"
)
# 1954 to 2064: what a date looks like when its number format got lost.
FIRST_SERIAL, LAST_SERIAL = 20_000, 60_000
SERIAL_EPOCH = date(1899, 12, 30)
DAYS_TO_1904 = 1462
EIGHT_DIGITS = (1000_01_01, 9999_12_31)


class DateCell(Cell):
    number_format = "yyyy-mm-dd"

    def __init__(self, *, future: bool = False):
        super().__init__()
        self.future = future

    def clean(self, value: Raw, row: Any = None, *, date1904: bool = False, **kwargs: Any) -> Any:
        """As every cell; with `date1904` a bare number of days counts from 1904, as in workbooks made on a Mac."""
        if date1904 and isinstance(value, (int, float)) and FIRST_SERIAL <= value + DAYS_TO_1904 < LAST_SERIAL + 1:
            value += DAYS_TO_1904
        return super().clean(value, row, **kwargs)

    def convert(self, value: Content) -> date:
        day = _day(value)
        if not self.future and is_future(day):
            raise CellFault(_("日期晚于今天，请核对"))
        if wrong := against_day(day):
            raise CellFault(wrong)
        return day

    @property
    def help(self) -> str:
        return _("日期，如 2014-08-25") if self.future else _("日期，如 2014-08-25，不晚于今天")


def _day(value: Content) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return _from_text(value) if isinstance(value, str) else _from_number(value)


def _from_number(number: float) -> date:
    if FIRST_SERIAL <= number < LAST_SERIAL + 1:
        return SERIAL_EPOCH + timedelta(days=int(number))
    if EIGHT_DIGITS[0] <= number <= EIGHT_DIGITS[1] and number == int(number):
        return _from_text(str(int(number)))
    raise not_a_date()


def _from_text(text: str) -> date:
    day = text.translate(DASHES)
    time = TIME.search(day)
    if time and time.end() == len(day):
        day = day[: time.start()]
    match = TEXT_FORM.fullmatch("".join(day.split()))
    if not match:
        raise not_a_date()
    try:
        return date(*(int(part) for part in match.groups() if part))
    except ValueError:
        raise CellFault(_("没有这一天，请核对年月日")) from None


def not_a_date() -> CellFault:
    return CellFault(_("不是日期，请填写如 2014-08-25 的日期"))
