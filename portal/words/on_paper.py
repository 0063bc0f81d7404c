"""Days and amounts as they are written on paper."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.words.capitals import in_capitals

BLANK_DAY = "　　　　年　　月　　日"


def day_on_paper(day: date | None) -> str:
    """2014年7月1日; room to write it where there is none yet."""
    if day is None:
        return BLANK_DAY
    return _("%(year)d年%(month)d月%(day)d日") % {"year": day.year, "month": day.month, "day": day.day}


def yuan(amount: Decimal) -> str:
    """1,200.00 元（大写：壹仟贰佰元整）"""
    return _("%(amount)s 元（大写：%(words)s）") % {"amount": f"{amount:,.2f}", "words": in_capitals(amount)}
