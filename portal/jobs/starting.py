"""Starting a job, and giving one up that nobody wants any more."""

import datetime
import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.access import require
from portal.enums import JobState
from portal.fields import blind_index, encrypt
from portal.jobs.kinds import all_kinds
from portal.jobs.running import run_job
from portal.jobs.sweeping import see_to_silent
from portal.models import Job, User
from portal.models.job import MARK, SEALED

QUEUED_ANEW_AFTER = datetime.timedelta(minutes=1)


@transaction.atomic
def start(kind: str, owner: User, sealed: str | None = None, /, **arguments: Any) -> Job:
    """The job of `kind` with `arguments` that `owner` has under way, else a new one, queued.

    Pressed twice it is one job: the owner's row is locked while it is looked for. Writes one Job; jobs that fell
    silent are seen to first, so that they are in nobody's way. Raises KeyError for an unknown kind and
    PermissionDenied without the kind's permission. What is audited is the download. `sealed` is an argument that is
    kept encrypted, in the context of its kind, and that no title tells.
    """
    require(owner, all_kinds()[kind].permission)
    User.objects.select_for_update().get(pk=owner.pk)
    see_to_silent()
    told = dict(sorted(arguments.items()))
    same: dict[str, Any] = {"arguments": told}
    hidden: dict[str, str] = {}
    if sealed is not None:
        mark = blind_index(json.dumps([told, sealed]))
        same, hidden = {f"arguments__{MARK}": mark}, {MARK: mark, SEALED: encrypt(sealed, kind)}
    if under_way := Job.objects.under_way().filter(owner=owner, kind=kind, **same).first():
        if under_way.state == JobState.WAITING and under_way.made_at < timezone.now() - QUEUED_ANEW_AFTER:
            run_job.enqueue(str(under_way.pk))  # its place in the queue may have gone with a process; it is run once
        return under_way
    job = Job.objects.create(owner=owner, kind=kind, arguments=told | hidden)
    run_job.enqueue(str(job.pk))
    return job


def give_up(job: Job) -> bool:
    """Give up a job that its owner no longer wants; whether it was still under way. One update.

    Work that goes on is told with its next step.
    """
    ended = {"state": JobState.FAILED, "problem": _("已取消。"), "finished_at": timezone.now()}
    return bool(Job.objects.under_way().filter(pk=job.pk).update(**ended))
