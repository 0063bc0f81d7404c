"""How late a day and how much money is meant at most: a figure too many is a slip of the finger, and stays for years.

Cells of sheets, forms and the database ask the same bounds. What the exchange workbook carries is refused by its own
rules alone, so its amounts are bounded by what an amount can be written with (`portal.workbook.cells.numbers.LIMIT`).
"""

from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

EARLIEST = date(1900, 3, 1)  # before it spreadsheets count a 29 February 1900 that never was
LATEST = date(2099, 12, 31)
MOST_OF_ONE = Decimal(1_000_000)  # yuan that one person gets or earns, at once, in a month or in a year
MOST_AT_ONCE = Decimal(100_000_000)  # yuan of one contract, one payment, one activity
MOST_AREA = Decimal(99_999)  # square metres of a home
MOST_HOURS = Decimal(999)  # of one activity
MOST_HOURS_OF_PROJECT = Decimal(99_999)  # of all its volunteers


def against_day(day: date) -> str:
    """What is wrong with a day of whatever kind; '' for one that may be meant."""
    if day < EARLIEST:
        return _("日期早于 1900 年 3 月 1 日，请核对")
    return _("日期晚于 2099 年，请核对") if day > LATEST else ""


def within(name: str, most: Decimal, *, from_zero: bool = False) -> Q:
    """For the database: `name` is above 0, or from 0 on, and no more than `most`; or it is not said."""
    least = {f"{name}__gte": 0} if from_zero else {f"{name}__gt": 0}
    return Q(**{f"{name}__isnull": True}) | Q(**least, **{f"{name}__lte": most})
