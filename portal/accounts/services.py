"""Opening, changing and resetting accounts."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.passwords import first_password
from portal.accounts.recovery import forget_codes
from portal.accounts.sessions import end_sessions
from portal.audit import SYSTEM, By, entry, record
from portal.enums import AuditAction, Role
from portal.fields import field_of
from portal.models import AuditEntry, Union, User

ENDING = frozenset({"role", "union", "is_active"})
CITY_ROLES = frozenset({Role.REVIEWER, Role.AUDITOR, Role.ADMIN, Role.SECURITY})


def place_fault(role: str, union: Union) -> str | None:
    """Why nobody can hold `role` in `union`, in words; None when it is possible."""
    if role == Role.SYSTEM:
        return _("外部系统不是人员，请在“外部系统”中设立。")
    if role in CITY_ROLES and not union.is_city:
        return _("“%(role)s”只能设在市总工会。") % {"role": Role(role).label}
    if role not in CITY_ROLES and union.is_city:
        return _("“%(role)s”要设在填报单位或其下级工会，不能设在市总工会。") % {"role": Role(role).label}
    return None


def create_account(
    username: str, *, name: str, role: Role, union: Union, email: str = "", by: By = SYSTEM
) -> tuple[User, str]:
    """Open an account and return it with its first password, which must be changed at the first log-in.

    Effects: one user, one audit row. The password is kept nowhere but in the answer.
    Raises ValidationError when the fields are not those of a possible account.
    """
    password = first_password()
    user = User(username=username, name=name, role=role, union=union, email=email, must_change_password=True)
    user.set_password(password)
    user.full_clean()
    with transaction.atomic():
        user.save()
        _opened(user, by).save()
    return user, password


def open_accounts(fields: Iterable[dict[str, Any]], *, by: By = SYSTEM) -> list[User]:
    """Open an account of each `fields`, which the form of accounts found possible; none has a password yet.

    Nobody signs in with one before a first password is drawn. Effects: the users, one audit row each. Raises
    IntegrityError, with nothing written, if a user name was taken meanwhile.
    """
    users = [User(**each, must_change_password=True) for each in fields]
    for user in users:
        user.set_unusable_password()
    told = [_opened(user, by) for user in users]
    with transaction.atomic():
        made: list[User] = User.objects.bulk_create(users)
        AuditEntry.objects.bulk_create(told)
    return made


def _opened(user: User, by: By) -> AuditEntry:
    words = {"act": _("新建账号"), "role": str(Role(user.role).label)}
    return entry(AuditAction.ACCOUNT_CHANGED, by=by, subject=user.username, union=user.union, **words)


def change_account(user: User, *, changes: dict, by: By) -> None:
    """Give `user` the values of `changes` (name, role, union, email, is_active).

    Effects: the user is saved, one audit row with the old and the new values; another role, another union and being put
    out of use end every session of the account; what is said of its use settles a suspension.
    """
    before = _in_words(user, changes)
    for field, value in changes.items():
        setattr(user, field, value)
    after = _in_words(user, changes)
    settled = _settle_suspension(user) if "is_active" in changes else ()
    with transaction.atomic():
        user.save(update_fields=[*changes, *settled])
        if ENDING & changes.keys():
            end_sessions(user)
        record(
            AuditAction.ACCOUNT_CHANGED,
            by=by,
            subject=user.username,
            union=user.union,
            act=_("修改账号"),
            before=before,
            after=after,
        )


def _settle_suspension(user: User) -> tuple[str, ...]:
    """Somebody says whether the account is used: given back it counts anew. The fields that were set."""
    user.suspended_at = None
    if user.is_active:
        user.restored_at = timezone.now()
    return "suspended_at", "restored_at"


def _in_words(user: User, fields: Iterable[str]) -> dict[str, str | bool]:
    """The values of `fields` as a page shows them, by the names that people call them."""
    shown: dict[str, str | bool] = {"role": str(user.get_role_display()), "is_active": user.is_active}
    return {str(field_of(User, field).verbose_name): shown.get(field, str(getattr(user, field))) for field in fields}


def renew_first_password(user: User) -> str:
    """Give `user` another first password and return it; the caller tells the log."""
    password = first_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "password_set_at", "must_change_password"])
    return password


def reset_password(user: User, *, by: By) -> str:
    """Give `user` a new first password and return it.

    Effects: the password is replaced, which ends every session of the account; the authenticator is unbound, since
    whoever lost the password often lost the telephone too; one audit row.
    """
    with transaction.atomic():
        password = renew_first_password(user)
        user.authenticator_set.all().delete()
        forget_codes(user)
        end_sessions(user)
        record(AuditAction.ACCOUNT_CHANGED, by=by, subject=user.username, union=user.union, act=_("重设密码"))
    return password
