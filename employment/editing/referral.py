"""The form of a referral, below its graduate."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employment.enums import ReferralState
from employment.models import Referral
from employment.workbook import OFFER_WORKBOOK
from employment.workbook.referrals import ReferralSheet
from portal.records.editing import Editing, Group


def answered(referral: Referral) -> str:
    """What was answered stays as it was passed on."""
    if referral.state == ReferralState.PASSED:
        return ""
    return _("推荐已有结果（%(state)s），不能修改。") % {"state": referral.get_state_display()}


REFERRAL_FORM = Editing(
    sheet=ReferralSheet(),
    workbook=OFFER_WORKBOOK,
    parent="graduate",
    prefix="R",
    refusal=answered,
    initial=lambda _graduate: {"referred_on": localdate().isoformat()},
    groups=(Group(gettext_lazy("推荐"), ("vacancy", "referred_on", "note", "number")),),
)
