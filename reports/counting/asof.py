"""The last day counted, as people write it."""

import datetime

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _


def parse_as_of(text: str) -> datetime.date | None:
    """The day that `text` names (2014-08-31 or 20140831), None for an empty text.

    Raises ValueError, with a sentence for the person who typed it.
    """
    text = text.strip()
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        message = _("统计截止日“%s”不是有效的日期，请写成 2014-08-31 的样子。") % text
        raise ValueError(message)
    return day
