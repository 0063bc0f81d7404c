"""python manage.py sweep_jobs"""

from typing import Any

from django.utils.translation import gettext as _

from portal.jobs.sweeping import give_up_stalled, wipe_old
from portal.management.base import PortalCommand


class Command(PortalCommand):
    help = "Give up background jobs that stopped moving, and wipe files older than 7 days. For a daily timer."

    def handle(self, **_options: Any) -> None:
        found = {"stalled": give_up_stalled(), "wiped": wipe_old()}
        self.stdout.write(_("中断的任务 %(stalled)d 个，清除文件 %(wiped)d 段") % found)
