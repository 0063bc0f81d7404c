"""Messages are kept with what they tell, and sent after it: in the hours of work, and again until they are taken."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from portal.messaging.channels import NotSent, carrier, in_use, logger
from portal.messaging.hours import when_allowed
from portal.models import Message, MessageWay, User

LEASE = timedelta(minutes=5)  # of one attempt: longer than it can take
WAITS = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=3))
AT_ONCE = 500  # sent by one run; the next goes on


def tell_people(people: Iterable[User], text: str, *, channels: Iterable[str] | None = None) -> int:
    """Tell each of `people` who opened a way; how many messages. `text` names nobody whose file is kept.

    Writes the messages in the caller's transaction: what is rolled back is told to nobody.
    """
    due = when_allowed(timezone.now())
    used = set(in_use()) & set(in_use() if channels is None else channels)
    ways = MessageWay.objects.filter(user__in=[each.pk for each in people], channel__in=used, ended_at=None)
    ways = ways.filter(user__is_active=True)
    return len(Message.objects.bulk_create(Message(way=way, text=text, due_at=due) for way in ways))


def send_what_is_due() -> tuple[int, int]:
    """Send the messages whose time has come, outside any transaction; how many went out, how many did not.

    Nothing goes out in the quiet hours, whatever its time: a run that began late ends late.
    """
    now = timezone.now()
    if when_allowed(now) != now:
        return 0, 0
    sent = failed = 0
    for pk in list(Message.objects.due().values_list("pk", flat=True)[:AT_ONCE]):
        outcome = _send(pk)
        sent, failed = sent + (outcome is True), failed + (outcome is False)
    return sent, failed


def _send(pk: int) -> bool | None:
    """Whether one message went out; None where another run took it up, or its owner no longer wants it."""
    taken = Message.objects.due().filter(pk=pk)
    if not Message.objects.filter(pk__in=taken).update(due_at=timezone.now() + LEASE, attempts=F("attempts") + 1):
        return None
    message = Message.objects.select_related("way__user").get(pk=pk)
    channel = carrier(message.way.channel)
    if channel is None or message.way.ended_at or not message.way.user.is_active:
        Message.objects.filter(pk=pk).update(given_up_at=timezone.now())
        return None
    try:
        channel.send(message)
    except NotSent as error:
        logger.warning("message %s was not sent: %s", pk, error)
        _put_off(message)
        return False
    Message.objects.filter(pk=pk).update(sent_at=timezone.now())
    return True


def _put_off(message: Message) -> None:
    """Try again later, and give up after the last of WAITS: what waits is on the first page all the same."""
    now, tried = timezone.now(), message.attempts
    if tried > len(WAITS):
        Message.objects.filter(pk=message.pk).update(given_up_at=now)
    else:
        Message.objects.filter(pk=message.pk).update(due_at=when_allowed(now + WAITS[tried - 1]))
