"""Who really asks, where proxies stand in front: what their headers say counts only from those that are trusted."""

import ipaddress
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

from portal.audit import address_of

UNIX = "unix"  # the word for whoever connects by the socket file, where there is no address
FORWARDED_FOR, FORWARDED_PROTO = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Trusted:
    """The proxies that are believed: addresses, networks (10.0.0.0/24), or `unix`.

    Raises ImproperlyConfigured for anything else, so that a misspelt entry stops the start.
    """

    def __init__(self, entries: Iterable[str]) -> None:
        named = {entry.strip() for entry in entries if entry.strip()}
        self.unix = UNIX in named
        try:
            self.networks = [ipaddress.ip_network(entry) for entry in named - {UNIX}]
        except ValueError as error:
            message = f"TRUSTED_PROXIES 只能写地址、网段（如 10.0.0.0/24）或 unix：{error}"
            raise ImproperlyConfigured(message) from None

    def has(self, peer: str | None) -> bool:
        """Whether who is connected as `peer`, None by the socket file, is one of them."""
        if peer is None:
            return self.unix
        address = parsed(peer)
        return address is not None and any(address in network for network in self.networks)


def parsed(text: str) -> Address | None:
    """The address that `text` names, with or without brackets and port, None for anything else.

    An IPv4 address written as an IPv6 one is that IPv4 address: a lock on the one holds for the other.
    """
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def client_of(peer: str | None, forwarded: str, trusted: Trusted) -> str | None:
    """The address that asked: of `peer`, else, while that is a trusted proxy, of whom its header names.

    A proxy adds whom it saw at the right, so the header is read from there, and the first that is not trusted is who
    asked: what stands left of it was sent along and may be invented. A word that is no address ends the reading.
    """
    seen = peer
    for hop in reversed(forwarded.split(",")):
        if not trusted.has(seen):
            break
        address = parsed(hop)
        if address is None:
            break
        seen = str(address)
    return seen


class TrustedProxyMiddleware:
    """Make REMOTE_ADDR and the scheme those of who asks; stands first, so that whatever follows reads only them.

    The headers are taken off afterwards: nobody further in can trust them by mistake.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.trusted = Trusted(settings.TRUSTED_PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta = request.META
        peer = address_of(request)
        forwarded, proto = meta.pop(FORWARDED_FOR, ""), meta.pop(FORWARDED_PROTO, "")
        if self.trusted.has(peer):
            meta["REMOTE_ADDR"] = client_of(peer, forwarded, self.trusted) or ""
            meta["wsgi.url_scheme"] = "https" if proto.rpartition(",")[2].strip() == "https" else "http"
        return self.get_response(request)
