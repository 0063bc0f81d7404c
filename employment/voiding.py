"""Taking back help that was entered by mistake: it is counted no more, its versions stay."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from employment.editing.assistance import ASSISTANCE_FORM
from employment.models import Assistance, Promise, Referral
from portal import audit
from portal.access import Permission, can, path_range
from portal.enums import AuditAction
from portal.models import User
from portal.records.editing import lock_unit
from portal.records.editing.saving import kept_whole
from portal.workflow import MoveRefused

LONGEST_REASON = 100  # what a version holds


def against_voiding(help_: Assistance) -> str:
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


def was_voided(pk: int, user: User) -> bool:
    """Whether help with this key, within the scope of `user`, has been taken back."""
    gone = Assistance.history.filter(path_range(user.union.path), id=pk, history_type="-")
    return gone.exists() and not Assistance.objects.filter(pk=pk).exists()


def void_help(help_: Assistance, reason: str, *, actor: User, address: str | None = None) -> None:
    """Take back help that was entered by mistake. Sent twice at once it acts once.

    Locks the 填报单位. Deletes the row, which leaves a last version with the actor and the reason; opens the promises
    again that it had kept, each with a version; writes one audit row that says what went. Raises ValidationError
    without a reason, MoveRefused where `against_voiding` says so, if it is gone, or `actor` keeps no records.
    """
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise ValidationError({"reason": _("请写明为什么作废。")})
    with kept_whole():
        help_ = _locked(help_, actor)
        if hindrance := against_voiding(help_):
            raise MoveRefused(hindrance)
        _open_again(help_, actor)
        _note(help_, reason, actor, address)
        help_._history_user = actor
        help_._change_reason = reason
        help_.delete()


def _locked(help_: Assistance, actor: User) -> Assistance:
    """The help as it is now, its unit locked."""
    if not can(actor, Permission.KEEP_RECORDS):
        raise MoveRefused(_("您的岗位不能作废就业帮扶。"))
    lock_unit(help_.union)
    found = Assistance.objects.visible_to(actor).select_related("union").filter(pk=help_.pk).first()
    if found is None:
        raise MoveRefused(_("这条帮扶已经作废，或不在您的工会范围内。"))
    return found


def _open_again(help_: Assistance, actor: User) -> None:
    for promise in help_.promises_kept.all():
        promise.kept_by = promise.closed_on = None
        promise.version += 1
        promise._history_user = actor
        promise._change_reason = _("兑现的帮扶已作废")
        promise.save()


def _note(help_: Assistance, reason: str, actor: User, address: str | None) -> None:
    subject = f"{help_._meta.verbose_name} {help_.number}"
    what = {"graduate": help_.graduate_id, "help": help_.get_kind_display(), "day": str(help_.given_on)}
    by = {"actor": actor, "address": address, "union": help_.union}
    audit.record(AuditAction.RECORD_SAVED, subject=subject, voided=True, reason=reason, **what, **by)
