"""python manage.py sweep_jobs"""

from typing import Any

from django.utils.translation import gettext as _

from portal.account_lists.sweeping import lapse_batches
from portal.accounts.pace import forget_spent
from portal.accounts.unused import suspend_unused
from portal.enums import Duty
from portal.evidence.sealing import seal_added
from portal.jobs.sweeping import see_to_silent, wipe_old
from portal.kept.ahead import count_ahead
from portal.management.base import PortalCommand
from portal.models import RefusalCount
from portal.operating.duties import did, forget_old_workers
from portal.operating.state import forget_slow_pages
from portal.outside.sending import send_what_is_due
from portal.web.drafts import wipe_old_drafts
from portal.workbook.lists.steps.held import sweep_lists


class Command(PortalCommand):
    help = (
        "Give up stalled jobs; wipe old files, drafts and lists; suspend unused accounts; seal evidence; count ahead."
        " For a daily timer."
    )

    def handle(self, **_options: Any) -> None:
        found = {"stalled": see_to_silent(), "wiped": wipe_old(), "drafts": wipe_old_drafts()}
        found["held"], found["lists"] = sweep_lists()
        found["batches"] = lapse_batches()
        found["suspended"] = suspend_unused()
        send_what_is_due()
        forget_old_workers()
        forget_slow_pages()
        forget_spent()
        RefusalCount.objects.tell_rest()
        seal_added()
        did(Duty.SWEEP)
        count_ahead()  # last: what it cannot do is done for the page that asks
        words = _(
            "中断的任务 %(stalled)d 个，清除文件 %(wiped)d 段，"
            "过期的草稿 %(drafts)d 份、待补正 %(held)d 行、清单 %(lists)d 份、账号名单 %(batches)d 份，"
            "暂停不用的账号 %(suspended)d 个"
        )
        self.stdout.write(words % found)
