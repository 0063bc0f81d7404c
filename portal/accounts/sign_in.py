"""What it takes to be fully signed in: the steps a person owes after the password was right."""

from typing import Any

from django.conf import settings
from django_otp import user_has_device

from portal.access import SECOND_FACTOR_ROLES
from portal.accounts.passwords import has_expired
from portal.models import User

SIGNED_IN_AT = "signed_in_at"  # session key: when this session began, in seconds
USED_AT = "used_at"  # session key: when its end was put off last, in seconds


def needs_second_factor(user: User) -> bool:
    """Whether `user` may go nowhere without a second factor."""
    return settings.SECOND_FACTOR_REQUIRED and user.role in SECOND_FACTOR_ROLES


def pending_step(user: Any) -> str | None:
    """The URL name of the step `user` owes before any other page opens; None when nothing is owed.

    A device that exists is asked for first: a first password handed out by somebody else must not be enough
    to set a new password.
    """
    unverified = needs_second_factor(user) and not user.is_verified()
    if unverified and user_has_device(user):
        return "second_factor_verify"
    if user.must_change_password or has_expired(user):
        return "password_change"
    return "second_factor_setup" if unverified else None
