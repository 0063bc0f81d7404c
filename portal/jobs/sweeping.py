"""What becomes of jobs that fell silent, and of files that nobody fetches."""

import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.enums import JobState
from portal.jobs.kinds import all_kinds
from portal.jobs.running import run_job
from portal.models import Job, JobPart
from portal.models.job import KEPT_DAYS

# Some beats of `portal.jobs.beating`. Workers look every 15 seconds: a killed job is seen to within a minute. On SQLite
# the heartbeat waits for who writes: there it is longer than the longest transaction of a job.
SILENT_AFTER = {"postgresql": datetime.timedelta(seconds=40), "sqlite": datetime.timedelta(minutes=10)}
NOT_BEGUN_AFTER = datetime.timedelta(hours=1)
MOST_ATTEMPTS = 3


def see_to_silent(now: datetime.datetime | None = None) -> int:
    """Begin the jobs again whose heart stopped, or tell their owners; and tell of those that nobody took up; how many.

    Begun again is what is repeatable, MOST_ATTEMPTS times at most. One update for each job, one for what waits.
    """
    now = now or timezone.now()
    silent = Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=now - SILENT_AFTER[connection.vendor])
    seen_to = sum(_see_to(job, now) for job in silent)
    not_begun = Job.objects.filter(state=JobState.WAITING, made_at__lt=now - NOT_BEGUN_AFTER, attempts=0)
    words = _("等了一小时没有开始，后台任务程序可能没有运行，请告诉系统管理员。")
    return seen_to + not_begun.update(state=JobState.FAILED, finished_at=now, problem=words, is_news=True)


@transaction.atomic
def _see_to(job: Job, now: datetime.datetime) -> int:
    """The same of one; 0 where somebody was quicker, or it beats again."""
    kind, still = all_kinds().get(job.kind), Job.objects.run_of(job).filter(heartbeat_at=job.heartbeat_at)
    if kind and kind.is_repeatable and job.attempts < MOST_ATTEMPTS:
        taken = still.update(state=JobState.WAITING, done=0, total=0, heartbeat_at=None)
        if taken:
            run_job.enqueue(str(job.pk))
        return taken
    words = _("任务中断了，没有做成，请重新发起。")
    return still.update(state=JobState.FAILED, finished_at=now, problem=words, is_news=True)


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
