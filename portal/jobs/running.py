"""Starting a job, and running it outside the request that started it."""

import json
import logging
import tempfile
import traceback
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from portal.access import can, require
from portal.enums import JobState
from portal.fields import blind_index, encrypt
from portal.jobs.kinds import JobKind, JobRefused, Made, all_kinds
from portal.jobs.progress import JobOvertaken, Progress
from portal.jobs.sweeping import give_up_stalled
from portal.models import Job, JobPart, User
from portal.models.job import MARK, SEALED

PART_BYTES = 1 << 20

logger = logging.getLogger(__name__)


@transaction.atomic
def start(kind: str, owner: User, sealed: str | None = None, /, **arguments: Any) -> Job:
    """The job of `kind` with `arguments` that `owner` has under way, else a new one, queued.

    Pressed twice it is one job: the owner's row is locked while it is looked for. Writes one Job; jobs that stopped
    moving are given up first, so that they are in nobody's way. Raises KeyError for an unknown kind and
    PermissionDenied without the kind's permission. What is audited is the download. `sealed` is an argument that is
    kept encrypted, in the context of its kind, and that no title tells.
    """
    require(owner, all_kinds()[kind].permission)
    User.objects.select_for_update().get(pk=owner.pk)
    give_up_stalled()
    told = dict(sorted(arguments.items()))
    same: dict[str, Any] = {"arguments": told}
    hidden: dict[str, str] = {}
    if sealed is not None:
        mark = blind_index(json.dumps([told, sealed]))
        same, hidden = {f"arguments__{MARK}": mark}, {MARK: mark, SEALED: encrypt(sealed, kind)}
    if under_way := Job.objects.under_way().filter(owner=owner, kind=kind, **same).first():
        return under_way
    job = Job.objects.create(owner=owner, kind=kind, arguments=told | hidden)
    run_job.enqueue(str(job.pk))
    return job


@task()
def run_job(pk: str) -> None:
    """Do the work of one waiting job; a job that somebody has taken, or given up, is left alone."""
    now = timezone.now()
    taken = {"state": JobState.RUNNING, "started_at": now, "heartbeat_at": now}
    if not Job.objects.filter(pk=pk, state=JobState.WAITING).update(**taken):
        return
    job = Job.objects.select_related("owner__union").get(pk=pk)
    with tempfile.TemporaryFile() as file:
        try:
            made = _work(all_kinds()[job.kind], job, file)
            _finish(job, made, file)
        except JobOvertaken:
            logger.warning("job %s was given up while it went on", pk)
        except JobRefused as refused:
            _fail(job, str(refused))
        except Exception as error:  # noqa: BLE001  whatever it is, the job has failed
            # Where, not what: the message of an error may repeat a value of somebody's record.
            where = "".join(traceback.format_tb(error.__traceback__))
            logger.error("job %s failed: %s\n%s", pk, type(error).__name__, where)
            _fail(job, _("程序出错，没有做成。可以重新发起；仍不成功时，请把任务编号告诉系统管理员。"))


def _work(kind: JobKind, job: Job, file: BinaryIO) -> Made:
    if not can(job.owner, kind.permission):
        raise JobRefused(_("发起人已不能做这项工作。"))
    arguments = {name: value for name, value in job.arguments.items() if name != MARK}
    return kind.run(job.owner, file, Progress(job), arguments)


@transaction.atomic
def _finish(job: Job, made: Made, file: BinaryIO) -> None:
    """Keep the file, encrypted part by part: at no time is all of it in memory."""
    file.seek(0)
    for number, content in enumerate(iter(lambda: file.read(PART_BYTES), b"")):
        JobPart.objects.create(job=job, number=number, content=content)
    result = {"file_name": made.file_name, "content_type": made.content_type, "detail": made.detail}
    changes = result | {"size": file.tell(), "state": JobState.DONE, "finished_at": timezone.now()}
    if not Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(**changes):
        raise JobOvertaken(str(job.pk))


def give_up(job: Job) -> bool:
    """Give up a job that its owner no longer wants; whether it was still under way. One update.

    Work that goes on is told with its next step.
    """
    ended = {"state": JobState.FAILED, "problem": _("已取消。"), "finished_at": timezone.now()}
    return bool(Job.objects.under_way().filter(pk=job.pk).update(**ended))


def _fail(job: Job, problem: str) -> None:
    changes = {"state": JobState.FAILED, "problem": problem[:300], "finished_at": timezone.now()}
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(**changes)
