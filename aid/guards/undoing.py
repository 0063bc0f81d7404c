"""What keeps a case from being withdrawn, and from being taken up again."""

from django.utils.translation import gettext as _

from aid.enums import LineResult, PaymentState
from aid.models import AidCase, BatchItem
from portal.models import REPORTING_PATH_LENGTH, User


def against_withdrawing(case: AidCase, _actor: User) -> str:
    """At any point before payment: neither paid, nor on its way."""
    if case.disbursements.exclude(status=PaymentState.FAILED).exists():
        return _("助学款已发放或待发放，不能撤回。")
    if BatchItem.objects.filter(case=case, result=LineResult.PENDING).exists():
        return _("该申请已编入发放批次，请先从批次中移出。")
    return ""


def against_resuming(case: AidCase, _actor: User) -> str:
    """Whose file has gone to another unit applies there: here nobody could go on with a case that had ended."""
    if case.child.is_voided:
        return _("该子女的登记已作废，不能重新办理。")
    home = case.child.household
    if home.union_path[:REPORTING_PATH_LENGTH] == case.union_path[:REPORTING_PATH_LENGTH]:
        return ""
    return _("该户的档案已转到其他单位，不能在本单位重新办理。")
