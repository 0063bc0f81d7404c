"""What nobody does to an account alone: open one that decides, pays, reviews, oversees or administers, give such a role
or its union, reset its password. One administrator asks, another or the unit's lead agrees (domain.md, roles)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.access import DECIDING_ROLES
from portal.accounts.services import change_account, create_account, place_fault, reset_password
from portal.audit import By, record
from portal.enums import AccountAct, AccountOutcome, AuditAction
from portal.models import Union, User
from portal.models.personal.account_request import AccountRequest

WIDENING = frozenset({"role", "union", "is_active"})


def opening_needs_second(role: str) -> bool:
    """Whether an account of `role` is opened by two."""
    return role in DECIDING_ROLES


def change_needs_second(user: User, changes: dict[str, Any]) -> bool:
    """Whether `changes` give `user` a deciding role, its union, or its use back."""
    given = {field for field in WIDENING & changes.keys() if changes[field]}
    return bool(given) and changes.get("role", user.role) in DECIDING_ROLES


def reset_needs_second(user: User) -> bool:
    """Whether the password of `user` is reset by two: their second factor goes with it."""
    return user.role in DECIDING_ROLES


def ask(act: AccountAct, *, username: str, union: Union, fields: dict[str, Any], by: By) -> AccountRequest:
    """Ask for `act` on the account of that name.

    Effects: one request, one audit row. Raises ValidationError while another one waits for the same name.
    """
    kept = {name: value.code if isinstance(value, Union) else value for name, value in fields.items()}
    asked = AccountRequest(act=act, username=username, union=union, fields=kept, asked_by=by.actor)
    try:
        with transaction.atomic():
            asked.save()
            _tell(asked, _("申请"), by)
    except IntegrityError:
        raise ValidationError(_("这个账号已有一项申请在等待办理，请先办完或撤回。")) from None
    return asked


def agree(asked: AccountRequest, *, by: By) -> tuple[User, str]:
    """Do what was asked; the account, and its first password, '' where it keeps its own.

    Effects: those of opening, changing or resetting, the request settled, one audit row. Raises ValidationError for who
    asked or whom it is about, for what was decided before, and where the account is no longer possible.
    """
    if by.actor is None or by.actor.pk == asked.asked_by_id or by.actor.username == asked.username:
        raise ValidationError(_("须由申请人和账号本人以外的人同意。"))
    with transaction.atomic():
        _settle(asked, AccountOutcome.AGREED, by=by)
        return _done(asked, by)


def _done(asked: AccountRequest, by: By) -> tuple[User, str]:
    fields = dict(asked.fields)
    if "union" in fields:
        fields["union"] = Union.objects.get(code=fields["union"])
    if asked.act == AccountAct.OPEN:
        if fault := place_fault(fields["role"], fields["union"]):
            raise ValidationError(fault)
        return create_account(asked.username, **fields, by=by)
    user = User.objects.people().select_related("union").get(username=asked.username)
    if asked.act == AccountAct.RESET:
        return user, reset_password(user, by=by)
    if fault := place_fault(fields.get("role", user.role), fields.get("union", user.union)):
        raise ValidationError(fault)
    change_account(user, changes=fields, by=by)
    return user, ""


def refuse(asked: AccountRequest, *, reason: str, by: By) -> None:
    """Say no, for a reason. Effects: the request settled, one audit row. Raises ValidationError if it was before."""
    with transaction.atomic():
        _settle(asked, AccountOutcome.REFUSED, reason=reason, by=by)


def withdraw(asked: AccountRequest, *, reason: str, by: By) -> None:
    """Take one's own request back, for a reason. Raises ValidationError for that of another or what was decided."""
    if by.actor is None or by.actor.pk != asked.asked_by_id:
        raise ValidationError(_("只有申请人可以撤回。"))
    with transaction.atomic():
        _settle(asked, AccountOutcome.WITHDRAWN, reason=reason, by=by)


def _settle(asked: AccountRequest, outcome: AccountOutcome, *, reason: str = "", by: By) -> None:
    decided = {"outcome": outcome, "decided_by": by.actor, "decided_at": timezone.now(), "reason": reason}
    if not AccountRequest.objects.filter(pk=asked.pk).waiting().update(**decided):
        raise ValidationError(_("这项申请已经办理过了。"))
    _tell(asked, str(outcome.label), by, reason=reason)


def _tell(asked: AccountRequest, what: str, by: By, reason: str = "") -> None:
    act = _("%(what)s：%(act)s") % {"what": what, "act": asked.get_act_display()}
    role = str(dict(User._meta.get_field("role").flatchoices).get(asked.fields.get("role"), ""))
    more = {"role": role} if role else {}
    more |= {"reason": reason} if reason else {}
    record(AuditAction.ACCOUNT_CHANGED, by=by, subject=asked.username, union=asked.union, act=act, **more)
