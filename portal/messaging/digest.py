"""每日提醒: on each working day one message says how much waits, whoever has not asked for more gets no second one."""

from collections.abc import Iterator

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.desk.todos import Waiting, waiting_for
from portal.messaging.channels import in_use
from portal.messaging.hours import when_allowed
from portal.models import Message, MessageWay

NAMED = 5  # of what waits; the rest is a number
AT_ONCE = 500  # put together by one run; the next goes on


def write_digests() -> int:
    """Write today's message for each way that has none yet and whose owner something waits for; how many.

    Nothing is written in the quiet hours. A day on which nothing waits is noted by no message, and asked again by the
    next run: what comes in the afternoon is told in the afternoon.
    """
    now = timezone.now()
    if when_allowed(now) != now:
        return 0
    return sum(_write(way) for way in _without_one())


def _without_one() -> Iterator[MessageWay]:
    today = timezone.localdate()
    written = Message.objects.filter(way=OuterRef("pk"), digest_of=today)
    ways = MessageWay.objects.filter(ended_at=None, channel__in=in_use(), user__is_active=True)
    ways = ways.filter(~Exists(written), user__must_change_password=False).select_related("user__union")
    yield from ways.order_by("pk")[:AT_ONCE]


def _write(way: MessageWay) -> bool:
    text = digest_text(waiting_for(way.user))
    if not text:
        return False
    try:
        with transaction.atomic():
            Message.objects.create(way=way, text=text, digest_of=timezone.localdate(), due_at=timezone.now())
    except IntegrityError:  # another run was quicker
        return False
    return True


def digest_text(waiting: list[Waiting]) -> str:
    """What waits, in counts and kinds alone; '' where nothing does.

    Short messages are read by whoever holds the telephone: no name of anybody, and no more than NAMED kinds.
    """
    if not waiting:
        return ""
    urgent = sum(each.urgent for each in waiting)
    head = _("您有 %(count)d 类事项待办") % {"count": len(waiting)}
    if urgent:
        head += _("，其中 %(count)d 类要紧") % {"count": urgent}
    named = "；".join(each.act for each in waiting[:NAMED])
    rest = _("；等等") if len(waiting) > NAMED else ""
    return f"{head}：{named}{rest}。{_('请登录门户办理。')}{settings.PORTAL_ADDRESS}".strip()
