"""What a family says when it is called back: whether the money came in full, and when (notice, part one (two) 3)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.utils.translation import gettext as _

from aid.enums import PaymentState
from aid.models import AidCase
from portal.days import is_future

FIELDS = ("received_on", "received_in_full")


@dataclass(frozen=True)
class Received:
    """Nothing of it where nobody asked; a day without the other tells nothing."""

    in_full: bool | None = None
    on: date | None = None


NOT_ASKED = Received()


def faults_of(received: Received) -> dict[str, str]:
    """What cannot be meant, by field."""
    faults = {}
    if received.in_full and not received.on:
        faults["received_on"] = _("足额收到的，请填写收到日期。")
    if received.on and is_future(received.on):
        faults["received_on"] = _("收到日期不能晚于今天。")
    if received.on and received.in_full is None:
        faults["received_in_full"] = _("填了收到日期，请选择是否足额收到。")
    return faults


def against_receiving(case: AidCase, received: Received) -> str:
    """Why that cannot have been said of this case; '' where it can."""
    if faults := faults_of(received):
        return " ".join(faults.values())
    paid = case.disbursements.filter(status=PaymentState.PAID).aggregate(first=Min("paid_on"))["first"]
    if paid and received.on and received.on < paid:
        return _("收到日期早于发放日期 %(day)s，请核对。") % {"day": paid}
    return ""
