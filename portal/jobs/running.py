"""Running a job outside the request that started it."""

import logging
import tempfile
import traceback
from typing import BinaryIO

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from portal.access import can
from portal.enums import JobState
from portal.jobs.beating import beating
from portal.jobs.kinds import JobKind, JobRefused, Made, all_kinds
from portal.jobs.progress import JobOvertaken, Progress
from portal.models import Job, JobPart
from portal.models.job import MARK
from portal.second_lock.people import scope_of

PART_BYTES = 1 << 20


class JobSilentError(Exception):
    """The database was lost under a job. Named is the kind of error: its words may repeat a value of a record."""


logger = logging.getLogger(__name__)


@task()
def run_job(pk: str) -> None:
    """Do the work of one waiting job; a job that somebody has taken, or given up, is left alone."""
    now = timezone.now()
    taken = {"state": JobState.RUNNING, "started_at": now, "heartbeat_at": now, "attempts": F("attempts") + 1}
    if not Job.objects.filter(pk=pk, state=JobState.WAITING).update(**taken):
        return
    job = Job.objects.select_related("owner__union").get(pk=pk)
    with tempfile.TemporaryFile() as file, beating(job):
        try:
            made = _work(all_kinds()[job.kind], job, file)
            _finish(job, made, file)
        except JobOvertaken:
            logger.warning("job %s was given up while it went on", pk)
        except JobRefused as refused:
            _fail(job, str(refused))
        except (OperationalError, InterfaceError) as lost:
            # The database went away, or could not go on: the job falls silent, and is begun again or told of.
            raise JobSilentError(type(lost).__name__) from None
        except Exception as error:  # noqa: BLE001  whatever it is, the job has failed
            # Where, not what: the message of an error may repeat a value of somebody's record.
            where = "".join(traceback.format_tb(error.__traceback__))
            logger.error("job %s failed: %s\n%s", pk, type(error).__name__, where)
            _fail(job, _("程序出错，没有做成。可以重新发起；仍不成功时，请把任务编号告诉系统管理员。"))


def _work(kind: JobKind, job: Job, file: BinaryIO) -> Made:
    if not can(job.owner, kind.permission):
        raise JobRefused(_("发起人已不能做这项工作。"))
    arguments = {name: value for name, value in job.arguments.items() if name != MARK}
    with scope_of(job.owner):
        return kind.run(job.owner, file, Progress(job), arguments)


@transaction.atomic
def _finish(job: Job, made: Made, file: BinaryIO) -> None:
    """Keep the file, encrypted part by part: at no time is all of it in memory."""
    file.seek(0)
    for number, content in enumerate(iter(lambda: file.read(PART_BYTES), b"")):
        JobPart.objects.create(job=job, number=number, content=content)
    result = {"file_name": made.file_name, "content_type": made.content_type, "detail": made.detail}
    changes = result | {"size": file.tell(), "state": JobState.DONE, "finished_at": timezone.now()}
    if not Job.objects.run_of(job).update(**changes):
        raise JobOvertaken(str(job.pk))


def _fail(job: Job, problem: str) -> None:
    changes = {"state": JobState.FAILED, "problem": problem[:300], "finished_at": timezone.now()}
    Job.objects.run_of(job).update(**changes)
