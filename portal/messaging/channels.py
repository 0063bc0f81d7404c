"""How words get to a person: one small interface, a class for each kind of carrier.

`settings.MESSAGE_CHANNELS` names the class of each channel that is in use; what it does not name is offered to nobody.
"""

import http.client
import logging
import smtplib
import sys
from typing import Protocol, TextIO

from django.conf import settings
from django.core.mail import send_mail
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from portal.models import Message
from portal.outside.posting import AddressRefused, post_signed

logger = logging.getLogger(__name__)


class NotSent(Exception):  # noqa: N818  named after what happens to the message
    """A message that nobody took; it is tried again. Its words are for the log: they name no number."""


class Channel(Protocol):
    """What carries messages. `send` raises NotSent where it could not hand the message on."""

    def send(self, message: Message) -> None: ...


class ConsoleChannel:
    """Prints instead of sending: for development. The number stays masked."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout

    def send(self, message: Message) -> None:
        self.stream.write(f"{message.way}：{message.text}\n")


class EmailChannel:
    """By the mail server that EMAIL_URL names."""

    def send(self, message: Message) -> None:
        try:
            send_mail(_("金秋助学、阳光就业：待办提醒"), message.text, None, [message.way.address])
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(type(error).__name__) from error


class GatewayChannel:
    """By the city's own gateway for short messages or 企业微信: a signed POST of `{channel, to, text, id}`.

    Signed as webhooks are; any answer from 200 to 299 means that the gateway took it. The same `id` comes again where
    the answer was lost, so that the gateway sends it once.
    """

    def send(self, message: Message) -> None:
        body = {
            "id": message.pk,
            "channel": message.way.channel,
            "to": message.way.address,
            "text": message.text,
        }
        try:
            status = post_signed(settings.MESSAGE_GATEWAY_URL, body, settings.MESSAGE_GATEWAY_SECRET)
        except (AddressRefused, OSError, http.client.HTTPException) as error:
            raise NotSent(type(error).__name__) from error
        if not 200 <= status < 300:
            raise NotSent(str(status))


def carrier(channel: str) -> Channel | None:
    """What carries the messages of a channel; None where it is not in use."""
    path = settings.MESSAGE_CHANNELS.get(channel)
    return import_string(path)() if path else None


def in_use() -> list[str]:
    """The channels that are offered, in the order of the settings."""
    return list(settings.MESSAGE_CHANNELS)
