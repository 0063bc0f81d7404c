"""How fast passwords may be tried: slowed, never locked for ever.

django-axes locks one name at one address. Who guesses from many addresses at one name, or from one at many names, is
slowed here, before the password is looked at: some tries at once, then one from time to time.

Of one account at most ten passwords are looked at in any 15 minutes: 5 + 2 from anywhere, and 2 + 1 kept for addresses
where its owner signed in before, whom a stranger's guesses must not keep out.
"""

import ipaddress
import time
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from portal.audit import address_of
from portal.enums import AuditAction
from portal.fields import blind_index
from portal.models import AuditEntry
from portal.models.operating.pace import Pace, SpentPace

KNOWN_FOR = timedelta(days=90)
NETWORK_BITS = 64  # one subscriber of IPv6 has a whole network to ask from


NAME = Pace(at_once=5, seconds=450)
KNOWN_ADDRESS = Pace(at_once=2, seconds=900)
ADDRESS = Pace(at_once=20, seconds=45)


class TooFastError(Exception):
    """The password was not looked at: too many were tried lately."""


def name_key(username: str) -> str:
    return blind_index(f"sign-in name {username}")


def known_key(username: str) -> str:
    return blind_index(f"sign-in known {username}")


def address_key(address: str, what: str = "sign-in") -> str:
    """The key of what is tried from an address; of IPv6 from its network."""
    parsed = ipaddress.ip_address(address)
    if parsed.version == 6:
        address = str(ipaddress.ip_network(f"{address}/{NETWORK_BITS}", strict=False))
    return blind_index(f"{what} address {address}")


def is_known(username: str, address: str) -> bool:
    """Whether the owner of that name signed in from that address lately."""
    since = timezone.now() - KNOWN_FOR
    asked = {"actor__username": username, "action": AuditAction.LOGIN, "address": address, "at__gte": since}
    return AuditEntry.objects.filter(**asked).exists()


def begin(username: str, address: str | None) -> None:
    """Use one try of the address and one of the name. Raises TooFastError where none is left of either."""
    if address and not SpentPace.objects.take(address_key(address), ADDRESS):
        raise TooFastError
    if SpentPace.objects.take(name_key(username), NAME):
        return
    if not (address and is_known(username, address) and SpentPace.objects.take(known_key(username), KNOWN_ADDRESS)):
        raise TooFastError


def was_right(username: str, address: str | None) -> None:
    """Give back what a sign-in used that was no guess."""
    if address:
        SpentPace.objects.give_back(address_key(address), ADDRESS)
    SpentPace.objects.give_back(name_key(username), NAME)


def forget_spent() -> None:
    """Delete the paces that nothing was tried at lately; without a row all tries are left."""
    SpentPace.objects.filter(spent_until__lt=time.time()).delete()


class PaceBackend:
    """Stands between the lock of django-axes and the password: opens to nobody, only lets pass or raises TooFastError.

    Not PermissionDenied, which would count as one more failure of a person whose password may be right.
    """

    def authenticate(self, request: HttpRequest, username: str | None = None, **_credentials: Any) -> None:
        begin(username or "", address_of(request))

    def get_user(self, _user_id: int) -> None:
        return None
