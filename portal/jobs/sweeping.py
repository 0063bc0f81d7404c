"""What becomes of jobs that stopped moving, and of files that nobody fetches."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.enums import JobState
from portal.models import Job, JobPart
from portal.models.job import KEPT_DAYS

STALLED_AFTER = datetime.timedelta(minutes=10)  # longer than the longest step: the .pdf of 120 units is one
NOT_BEGUN_AFTER = datetime.timedelta(hours=1)


def give_up_stalled(now: datetime.datetime | None = None) -> int:
    """Mark as failed the jobs whose heartbeat stopped, and those that nobody took up; how many. One update each."""
    now = now or timezone.now()
    stalled = Q(state=JobState.RUNNING, heartbeat_at__lt=now - STALLED_AFTER)
    not_begun = Q(state=JobState.WAITING, made_at__lt=now - NOT_BEGUN_AFTER)
    ended = {"state": JobState.FAILED, "finished_at": now}
    return sum(
        Job.objects.filter(which).update(**ended, problem=problem)
        for which, problem in (
            (stalled, _("任务中断了，没有做成，请重新发起。")),
            (not_begun, _("等了一小时没有开始，后台任务程序可能没有运行，请告诉系统管理员。")),
        )
    )


def wipe_old(now: datetime.datetime | None = None) -> int:
    """Delete the files of jobs that ended more than KEPT_DAYS days ago; the jobs stay. How many parts went."""
    before = (now or timezone.now()) - datetime.timedelta(days=KEPT_DAYS)
    deleted, _by_model = JobPart.objects.filter(job__finished_at__lt=before).delete()
    return deleted


@transaction.atomic
def wipe(job: Job) -> None:
    """Delete the file of a job that is fetched once; the job stays."""
    job.parts.all().delete()
    Job.objects.filter(pk=job.pk).update(size=0)
