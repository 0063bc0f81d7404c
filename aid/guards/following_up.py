"""Nobody is called back about money that was not paid."""

from django.utils.translation import gettext as _

from aid.enums import PaymentState
from aid.models import AidCase
from portal.models import User


def against_following_up(case: AidCase, _actor: User) -> str:
    if case.disbursements.filter(status=PaymentState.PAID).exists():
        return ""
    return _("助学款还没有发放，不能登记回访。")
