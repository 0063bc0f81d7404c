"""How far a job is, written down while it goes on."""

from django.utils import timezone

from portal.models import Job

LEAST_SECONDS = 1  # between two writes


class JobOvertaken(Exception):  # noqa: N818  named after what happened to the job
    """The job was given up while it went on: nobody waits for its file any more."""


class Progress:
    """Counts what is done. Each write also moves the heartbeat, by which a job that was killed is known."""

    def __init__(self, job: Job) -> None:
        self._job, self._written_at = job, timezone.now()

    def begin(self, total: int) -> None:
        """Say how many steps there are."""
        self._job.done, self._job.total = 0, total
        self._write()

    def step(self, count: int = 1) -> None:
        """Say that `count` more are done."""
        self._job.done += count
        if (timezone.now() - self._written_at).total_seconds() >= LEAST_SECONDS or self._job.done >= self._job.total:
            self._write()

    def _write(self) -> None:
        self._written_at = timezone.now()
        changes = {"done": self._job.done, "total": self._job.total, "heartbeat_at": self._written_at}
        if not Job.objects.run_of(self._job).update(**changes):
            raise JobOvertaken(str(self._job.pk))
