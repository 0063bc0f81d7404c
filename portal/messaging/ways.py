"""Opening, changing and ending the ways by which a person is reached."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.audit import By
from portal.enums import AuditAction, MessageChannel
from portal.identity import IdentityError, parse_telephone
from portal.messaging.channels import in_use
from portal.models import Message, MessageWay, User

MOBILE = re.compile(r"1[0-9]{10}")
WECOM_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}")  # as 企业微信 has them: userid
LONGEST = 254


def checked_address(channel: str, text: str) -> str:
    """The number or name as it is kept. Raises ValidationError in words, without repeating it."""
    text = text.strip()
    if channel == MessageChannel.EMAIL:
        if len(text) > LONGEST:
            raise ValidationError(_("电子邮箱最多 %(limit)d 个字符。") % {"limit": LONGEST})
        validate_email(text)
        return text
    if channel == MessageChannel.WECOM:
        if not WECOM_ACCOUNT.fullmatch(text):
            raise ValidationError(_("企业微信账号由字母、数字和 _ - @ . 组成，最多 64 个字符。"))
        return text
    if not (number := _mobile(text)):
        raise ValidationError(_("短信只能发到 11 位手机号，请逐位核对。"))
    return number


def _mobile(text: str) -> str:
    """The mobile number that was typed; '' for anything else, a landline included."""
    try:
        number = parse_telephone(text)
    except IdentityError:
        return ""
    return number if MOBILE.fullmatch(number) else ""


def ways_of(user: User) -> dict[str, MessageWay]:
    """The ways by which a person is reached now, by channel. One query."""
    return {way.channel: way for way in MessageWay.objects.filter(user=user, ended_at=None)}


@transaction.atomic
def open_way(user: User, channel: str, text: str, *, by: By) -> MessageWay:
    """Reach `user` there from now on, in place of what stood for this channel before.

    The same number said again changes nothing. Writes the way and an audit row without the number. Raises
    ValidationError for a channel that is not in use and for a number that is none.
    """
    if channel not in in_use():
        raise ValidationError(_("这种提醒方式没有开通。"))
    address = checked_address(channel, text)
    User.objects.select_for_update().get(pk=user.pk)
    before = ways_of(user).get(channel)
    if before and before.address == address:
        return before
    if before:
        _end(before)
    way = MessageWay.objects.create(user=user, channel=channel, address=address)
    _record(user, channel, _("开通提醒"), by)
    return way


@transaction.atomic
def end_way(user: User, channel: str, *, by: By) -> bool:
    """Reach `user` there no more; False where there was no such way. What waits to be sent there is given up."""
    User.objects.select_for_update().get(pk=user.pk)
    way = ways_of(user).get(channel)
    if way is None:
        return False
    _end(way)
    _record(user, channel, _("停用提醒"), by)
    return True


def _end(way: MessageWay) -> None:
    now = timezone.now()
    MessageWay.objects.filter(pk=way.pk).update(ended_at=now)
    Message.objects.filter(way=way, sent_at=None, given_up_at=None).update(given_up_at=now)


def _record(user: User, channel: str, act: str, by: By) -> None:
    named = str(MessageChannel(channel).label)
    audit.record(AuditAction.ACCOUNT_CHANGED, by=by, union=user.union, subject=user.username, act=act, channel=named)
