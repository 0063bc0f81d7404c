"""Accounts that nobody uses: suspended by the sweep, and told to their owners in words when they come back.

Source: 等保 2.0, accounts that are no longer needed; ACCOUNT_UNUSED_DAYS. The security administrator gives one back.
"""

from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.sessions import end_sessions
from portal.audit import SYSTEM, By, record
from portal.enums import AuditAction, Role
from portal.models import User

# So many of each role that administers stay in use, however long nobody came: without them nobody could give an
# account back. Of security administrators two, since one alone opens no account that decides.
KEPT_IN_USE = {Role.ADMIN: 1, Role.AUDITOR: 1, Role.SECURITY: 2}


class SuspendedError(Exception):
    """The password was right, the account is suspended."""


class TellingBackend(ModelBackend):
    """Django's own; who knows the password of a suspended account is told so, at the price of one hash as everybody.

    Stops what comes after it: one password is looked at once.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **more: Any
    ) -> User | None:
        self.known: User | None = None  # whose password was right
        user = super().authenticate(request, username=username, password=password, **more)
        if user is None and self.known and self.known.suspended_at:
            raise SuspendedError
        if user is None:
            raise PermissionDenied
        return user

    def get_user(self, user_id: Any) -> User | None:
        """Who is signed in, with the union, which every page asks for."""
        user: User | None = User.objects.select_related("union").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: Any) -> bool:
        self.known = user
        return super().user_can_authenticate(user)


def whom_to_ask() -> list[str]:
    """The names of who gives an account back."""
    return list(User.objects.filter(role=Role.SECURITY, is_active=True).order_by("name").values_list("name", flat=True))


def suspend_unused(*, by: By = SYSTEM) -> int:
    """Put the accounts out of use that nobody signed in with for ACCOUNT_UNUSED_DAYS; how many.

    Effects: the accounts, their sessions ended, one audit row each. Of each role that administers KEPT_IN_USE stay,
    those that were used last.
    """
    with transaction.atomic():
        # Whatever the role, all are locked in one order: what another changes meanwhile is waited for.
        accounts = list(User.objects.people().select_for_update(of=("self",)).filter(is_active=True).order_by("pk"))
        unused = set(User.objects.unused().values_list("pk", flat=True))
        left = Counter(account.role for account in accounts)
        suspended = 0
        for account in sorted(accounts, key=_last_used):
            if account.pk in unused and left[account.role] > KEPT_IN_USE.get(Role(account.role), 0):
                left[account.role] -= 1
                suspended += _suspend(account, by)
    return suspended


def _last_used(account: User) -> Any:
    return max(filter(None, (account.last_login, account.restored_at, account.date_joined)))


def _suspend(account: User, by: By) -> int:
    account.is_active, account.suspended_at = False, timezone.now()
    account.save(update_fields=["is_active", "suspended_at"])
    end_sessions(account)
    record(
        AuditAction.ACCOUNT_CHANGED,
        by=by,
        subject=account.username,
        union=account.union,
        act=_("暂停不用的账号"),
        days=settings.ACCOUNT_UNUSED_DAYS,
    )
    return 1
