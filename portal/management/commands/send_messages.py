"""python manage.py send_messages"""

from typing import Any

from django.utils.translation import gettext as _

from portal.enums import Duty
from portal.management.base import PortalCommand
from portal.messaging.digest import write_digests
from portal.messaging.sending import send_what_is_due
from portal.operating.duties import did


class Command(PortalCommand):
    help = "Write today's digests and send the messages that are due. For a timer every ten minutes."

    def handle(self, **_options: Any) -> None:
        written = write_digests()
        sent, failed = send_what_is_due()
        did(Duty.MESSAGES, sent=sent, failed=failed)
        words = _("生成每日提醒 %(written)d 条，发出消息 %(sent)d 条，没有发出 %(failed)d 条")
        self.stdout.write(words % {"written": written, "sent": sent, "failed": failed})
