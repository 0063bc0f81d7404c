"""The form of a promise, below its graduate."""

from datetime import timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employment.models import Promise
from employment.workbook import CASE_WORKBOOK
from employment.workbook.promises import PromiseSheet
from portal.records.editing import Editing, Group

USUAL_TERM = timedelta(days=30)


def closed(promise: Promise) -> str:
    """What has come or was dropped stays as it was promised."""
    if promise.closed_on is None:
        return ""
    return _("这条承诺%(state)s，不能修改。") % {"state": promise.get_state_display()}


def within_a_month(_graduate) -> dict[str, str]:
    today = localdate()
    return {"promised_on": today.isoformat(), "due_on": (today + USUAL_TERM).isoformat()}


PROMISE_FORM = Editing(
    sheet=PromiseSheet(),
    workbook=CASE_WORKBOOK,
    parent="graduate",
    refusal=closed,
    returns=True,
    initial=within_a_month,
    groups=(
        Group(
            gettext_lazy("承诺"),
            ("kind", "promised_on", "due_on", "note"),
            gettext_lazy("到期前七天列入首页待办；登记同一类别的就业帮扶后自动算作已兑现。"),
        ),
    ),
)
