"""A signed POST to another machine, to an address that is none of our own."""

import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
from datetime import datetime
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

SIGNATURE = "X-Portal-Signature"
SECONDS = 10


class AddressRefused(Exception):  # noqa: N818  named after what happens to the address
    """An address that nothing is sent to, with the reason in words."""


def post_signed(address: str, content: dict[str, Any], secret: str) -> int:
    """Send `content` as JSON; the status of the answer, whose words are not read, and which is followed nowhere.

    Raises AddressRefused, OSError and HTTPException where nothing was handed over.
    """
    parts, found = checked_address(address)
    body = json.dumps(content, ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "golden-autumn-portal",
        SIGNATURE: signed(body, secret, timezone.now()),
    }
    connection = _connection(parts.scheme, parts.hostname or "", parts.port, found)
    try:
        connection.request("POST", parts.path + (f"?{parts.query}" if parts.query else "") or "/", body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def signed(body: bytes, secret: str, at: datetime) -> str:
    """The header by which the other side knows who sent it, and when."""
    stamp = int(at.timestamp())
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={digest}"


def checked_address(text: str) -> tuple[SplitResult, str]:
    """The parts of an address and the network address it leads to. Raises AddressRefused.

    https alone, and nowhere on this machine: what is reachable from here only is not to be reached by the portal. The
    name is looked up once, and the connection goes to the address that was judged.
    """
    parts = urlsplit(text)
    if parts.scheme != "https" and not settings.WEBHOOK_LOCAL:
        raise AddressRefused(_("接收地址须以 https:// 开头"))
    if not parts.hostname or parts.username or parts.password or parts.fragment:
        raise AddressRefused(_("接收地址不完整，或含有不允许的部分"))
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError):
        raise AddressRefused(_("找不到接收地址的主机")) from None
    addresses = [str(each[4][0]) for each in found]
    if any(map(_is_our_own, addresses)) and not settings.WEBHOOK_LOCAL:
        raise AddressRefused(_("接收地址不能指向本机"))
    return parts, addresses[0]


def _is_our_own(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    plain = getattr(address, "ipv4_mapped", None) or address
    return plain.is_loopback or plain.is_link_local or plain.is_unspecified or plain.is_multicast or plain.is_reserved


class _PinnedHTTPS(http.client.HTTPSConnection):
    """To the address that was judged, under the name that the certificate must have."""

    def __init__(self, host: str, port: int | None, address: str, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=SECONDS, context=context)
        self.address, self.own_context = address, context

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), timeout=SECONDS)
        self.sock = self.own_context.wrap_socket(plain, server_hostname=self.host)


def _connection(scheme: str, host: str, port: int | None, address: str) -> http.client.HTTPConnection:
    if scheme == "https":
        return _PinnedHTTPS(host, port, address, ssl.create_default_context())
    return http.client.HTTPConnection(address, port, timeout=SECONDS)
