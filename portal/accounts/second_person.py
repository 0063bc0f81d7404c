"""What nobody does to an account alone: open one that decides, pays, reviews, oversees or administers, give such a role
or its union, reset its password. One administrator asks, another or the unit's lead agrees (domain.md, roles)."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.access import DECIDING_ROLES
from portal.accounts.services import (
    change_account,
    create_account,
    open_accounts,
    place_fault,
    renew_first_password,
    reset_password,
)
from portal.audit import By, entry
from portal.enums import AccountAct, AccountOutcome, AuditAction
from portal.models import AccountBatch, AccountRequest, AuditEntry, Union, User

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
    kept = {name: _kept(value) for name, value in fields.items()}
    asked = AccountRequest(act=act, username=username, union=union, fields=kept, asked_by=by.actor)
    try:
        with transaction.atomic():
            asked.save()
            _tell(asked, _("申请"), by)
    except IntegrityError:
        raise ValidationError(_("这个账号已有一项申请在等待办理，请先办完或撤回。")) from None
    return asked


def ask_to_open(accounts: Iterable[dict[str, Any]], *, batch: AccountBatch, by: By) -> None:
    """Ask for each of `accounts`, the fields of the form, as `ask` does for one.

    Effects: the requests, one audit row each. Raises IntegrityError, with nothing written, while another request waits
    for one of the names.
    """
    asked = []
    for each in accounts:
        fields = {name: _kept(value) for name, value in each.items() if name != "username"}
        about = {"username": each["username"], "union": each["union"], "fields": fields, "batch": batch}
        asked.append(AccountRequest(act=AccountAct.OPEN, **about, asked_by=by.actor))
    with transaction.atomic():
        AccountRequest.objects.bulk_create(asked)
        _tell_all(asked, _("申请"), by)


def _kept(value: Any) -> Any:
    if isinstance(value, Union):
        return value.code
    return value.isoformat() if isinstance(value, datetime.date) else value


def agree(asked: AccountRequest, *, by: By) -> None:
    """Do what was asked. The secret that comes of it is fetched by who asked.

    Effects: those of opening, changing or resetting, the request settled, one audit row. Raises ValidationError for who
    asked or whom it is about, for what was decided before, and where the account is no longer possible.
    """
    if by.actor is None or asked.asked_by_id in by.actor.hands or by.actor.username == asked.username:
        raise ValidationError(_("须由申请人和账号本人以外的人同意。"))
    with transaction.atomic():
        _settle(asked, AccountOutcome.AGREED, by=by)
        _do(asked, by)


def agree_to_all(asked: Sequence[AccountRequest], accounts: Iterable[dict[str, Any]], *, by: By) -> None:
    """Open `accounts`, which were `asked` for, all at once; they have no password until who asked draws it.

    Effects: the accounts, the requests settled, an audit row for either. Raises ValidationError for who asked for one
    or whom it is about, and where one was decided before.
    """
    hands = by.person.hands
    if any(each.asked_by_id in hands or each.username == by.person.username for each in asked):
        raise ValidationError(_("须由申请人和账号本人以外的人同意。"))
    with transaction.atomic():
        settle_all(asked, AccountOutcome.AGREED, by=by)
        open_accounts(accounts, by=by)


def settle_all(asked: Sequence[AccountRequest], outcome: AccountOutcome, *, reason: str = "", by: By) -> None:
    """Give all of `asked` the same outcome. Effects: the requests, one audit row each. Raises ValidationError."""
    decided = {"outcome": outcome, "decided_by": by.actor, "decided_at": timezone.now(), "reason": reason}
    with transaction.atomic():
        waiting = AccountRequest.objects.filter(pk__in=[each.pk for each in asked]).waiting()
        if waiting.update(**decided) != len(asked):
            raise ValidationError(_("其中有申请刚刚办理过了，请再看一遍。"))
        _tell_all(asked, str(outcome.label), by, reason=reason)


def _do(asked: AccountRequest, by: By) -> None:
    fields = dict(asked.fields)
    if asked.act == AccountAct.TOKEN:
        return
    if "union" in fields:
        fields["union"] = Union.objects.get(code=fields["union"])
    if asked.act == AccountAct.OPEN:
        if fault := place_fault(fields["role"], fields["union"]):
            raise ValidationError(fault)
        create_account(asked.username, **fields, by=by)
        return
    user = User.objects.people().select_related("union").get(username=asked.username)
    if asked.act == AccountAct.RESET:
        reset_password(user, by=by)
        return
    if fault := place_fault(fields.get("role", user.role), fields.get("union", user.union)):
        raise ValidationError(fault)
    change_account(user, changes=fields, by=by)


def take_over(asked: AccountRequest, *, by: By) -> None:
    """Note that who asked fetches what was agreed to, for the only time; the caller makes the secret beside it.

    Effects: the request, one audit row. Raises ValidationError for anybody else, a second time, and a week later.
    """
    handed = AccountRequest.objects.to_hand_over(by.actor).filter(pk=asked.pk)
    if not handed.update(handed_at=timezone.now()):
        raise ValidationError(_("只有申请人可以取，只能取一次，同意后 7 天内有效。过期的请重新申请。"))
    _tell(asked, _("取得"), by)


def fetch_password(asked: AccountRequest, *, by: By) -> tuple[User, str]:
    """The account that was opened or reset, with a first password that nobody has seen yet.

    Effects: the password of the account, the request, one audit row. Raises ValidationError as `take_over`, and where
    its owner has a password of the own by now.
    """
    user = User.objects.people().select_related("union").get(username=asked.username)
    if not user.must_change_password:
        raise ValidationError(_("本人已经设了自己的密码，不能再取首次密码。"))
    with transaction.atomic():
        take_over(asked, by=by)
        return user, renew_first_password(user)


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
    _told(asked, what, by, reason).save()


def _tell_all(asked: Iterable[AccountRequest], what: str, by: By, reason: str = "") -> None:
    AuditEntry.objects.bulk_create([_told(each, what, by, reason) for each in asked])


def _told(asked: AccountRequest, what: str, by: By, reason: str) -> AuditEntry:
    act = _("%(what)s：%(act)s") % {"what": what, "act": asked.get_act_display()}
    role = str(dict(User._meta.get_field("role").flatchoices).get(asked.fields.get("role"), ""))
    more = {"role": role} if role else {}
    more |= {"reason": reason} if reason else {}
    return entry(AuditAction.ACCOUNT_CHANGED, by=by, subject=asked.username, union=asked.union, act=act, **more)
