"""Sending what systems are told: signed, to an address that is none of our own, and again until it is taken."""

import hashlib
import hmac
import http.client
import ipaddress
import json
import logging
import socket
import ssl
from datetime import datetime, timedelta
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from portal.models import WebhookDelivery

SIGNATURE = "X-Portal-Signature"
SECONDS = 10
LEASE = timedelta(minutes=2)  # of one attempt: longer than it can take
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
LATER = timedelta(hours=6)
GIVEN_UP_AFTER = timedelta(days=3)
AT_ONCE = 200  # of those that were left, taken up by one sweep

logger = logging.getLogger(__name__)


class AddressRefused(Exception):  # noqa: N818  named after what happens to the address
    """An address that nothing is sent to, with the reason in words."""


@task()
def deliver(pk: int) -> None:
    """Send one message that is due; taken by the other side, or put off, or given up after three days."""
    now = timezone.now()
    due = WebhookDelivery.objects.due().filter(pk=pk, webhook__ended_at=None)
    if not WebhookDelivery.objects.filter(pk__in=due).update(due_at=now + LEASE, attempts=F("attempts") + 1):
        return
    delivery = WebhookDelivery.objects.select_related("webhook").get(pk=pk)
    try:
        delivery.status = _post(delivery)
    except (AddressRefused, OSError, http.client.HTTPException) as error:
        delivery.status = None
        logger.warning("webhook delivery %s: %s", delivery.key, type(error).__name__)
    if delivery.status is not None and 200 <= delivery.status < 300:
        delivery.delivered_at = timezone.now()
    else:
        _put_off(delivery)
    delivery.save(update_fields=["status", "delivered_at", "due_at", "given_up_at"])
    if delivery.delivered_at is None and delivery.given_up_at is None:
        _enqueue_at(delivery)


def send_what_is_due() -> int:
    """Take up again what a worker that stopped has left; how many."""
    pks = list(WebhookDelivery.objects.due().filter(webhook__ended_at=None).values_list("pk", flat=True)[:AT_ONCE])
    for pk in pks:
        deliver.enqueue(pk)
    return len(pks)


def _put_off(delivery: WebhookDelivery) -> None:
    now, tried = timezone.now(), delivery.attempts
    delivery.due_at = now + (WAITS[tried - 1] if tried <= len(WAITS) else LATER)
    if delivery.due_at > delivery.made_at + GIVEN_UP_AFTER:
        delivery.given_up_at = now


def _enqueue_at(delivery: WebhookDelivery) -> None:
    """Where no worker keeps what is for later, the sweep takes it up."""
    if deliver.get_backend().supports_defer:
        deliver.using(run_after=delivery.due_at).enqueue(delivery.pk)


def signed(body: bytes, secret: str, at: datetime) -> str:
    """The header by which the other side knows who sent it, and when."""
    stamp = int(at.timestamp())
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={digest}"


def _post(delivery: WebhookDelivery) -> int:
    """The status of the answer; its words are not read, and it is followed nowhere."""
    parts, address = checked_address(delivery.webhook.address)
    body = json.dumps({"id": str(delivery.key), **delivery.body}, ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "golden-autumn-portal",
        SIGNATURE: signed(body, delivery.webhook.secret, timezone.now()),
    }
    connection = _connection(parts.scheme, parts.hostname or "", parts.port, address)
    try:
        connection.request("POST", parts.path + (f"?{parts.query}" if parts.query else "") or "/", body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


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
