"""How records of the way to work are taken back: what hinders it, and where a second person decides."""

from django.utils.translation import gettext as _

from aid.voiding import visited
from employment.editing.assistance import ASSISTANCE_FORM
from employment.models import Assistance, Graduate, JobEvent, Promise, Referral
from portal.audit import By
from portal.keeping import keep_along
from portal.models import VoidableRecord
from portal.records.voiding import Voiding


def settled_something(help_: Assistance) -> str:
    """Why `help_` cannot be taken back; '' if it can. What cannot be changed cannot be taken back either."""
    if reason := ASSISTANCE_FORM.refusal(help_):
        return str(reason)
    if referral := Referral.objects.filter(placement=help_).first():
        return _("岗位推荐 %(number)s 以这条“实现就业”录用，不能作废") % {"number": referral.number}
    if help_.retention_checks.exists():
        return _("这条“实现就业”已有稳岗回访，不能作废")
    kept = help_.promises_kept.values("graduate")
    if Promise.objects.filter(graduate__in=kept, kind=help_.kind, closed_on=None).exists():
        return _("这条帮扶兑现了一项承诺，此后又有同一类别未兑现的承诺；请先取消后一项承诺再作废")
    return ""


def promises_open_again(help_: Assistance, by: By) -> None:
    """Open the promises again that the help had kept, each with a version."""
    for promise in help_.promises_kept.all():
        promise.kept_by = promise.closed_on = None
        keep_along(promise, by, _("兑现的帮扶已作废"))


def visited_as_graduate(graduate: Graduate) -> str:
    """As `aid.voiding.visited`, unless the household or a child names the person too."""
    return visited(graduate, graduate.person)


VOIDING: dict[type[VoidableRecord], Voiding] = {
    Assistance: Voiding(
        hindrance=settled_something,
        kept=(Promise,),
        needs_second=lambda help_: help_.amount is not None,
        follows=promises_open_again,
    ),
    Graduate: Voiding(hindrance=visited_as_graduate),
    JobEvent: Voiding(),
}
