"""后台任务: long work that a person started and may leave."""

import datetime
import math
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.enums import JobState
from portal.fields import EncryptedBinaryField

SEALED, MARK = "sealed", "mark"  # an argument kept encrypted, and by what it is known again
KEPT_DAYS = 7  # a file that nobody fetched is wiped after so many days


class JobQuerySet(models.QuerySet):
    """Named readings of the jobs."""

    def of(self, user: Any) -> Self:
        """The jobs that `user` started: nobody sees another's."""
        return self.filter(owner=user)

    def run_of(self, job: "Job") -> Self:
        """The job, if it is still run for the time that `job` was read: nobody has given it up or begun it again."""
        return self.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)

    def news(self) -> Self:
        """What broke off and its owner has not been told of."""
        return self.filter(is_news=True)

    def under_way(self) -> Self:
        return self.filter(state__in=(JobState.WAITING, JobState.RUNNING))


class Job(models.Model):
    """One piece of work done outside the request, and the name of the file it made, which is kept in parts.

    `kind` names the work in the table of kinds, `arguments` what it is done with, `detail` what the audit log says of
    its file. `heartbeat_at` moves while the work goes on: a job that was killed is known by it. Begun again it has more
    `attempts`. `is_news` says that it broke off by itself and its owner has not seen so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("任务"), max_length=40)
    arguments = models.JSONField(default=dict)
    state = models.CharField(_("状态"), max_length=10, choices=JobState, default=JobState.WAITING)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs", verbose_name=_("发起人")
    )
    made_at = models.DateTimeField(_("发起时间"), auto_now_add=True)
    started_at = models.DateTimeField(_("开始时间"), null=True)
    heartbeat_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(_("做过几次"), default=0)
    is_news = models.BooleanField(default=False)
    finished_at = models.DateTimeField(_("完成时间"), null=True)
    done = models.PositiveIntegerField(_("已完成"), default=0)
    total = models.PositiveIntegerField(_("总数"), default=0)
    problem = models.CharField(_("失败原因"), max_length=300, blank=True)
    file_name = models.CharField(_("文件名"), max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    detail = models.JSONField(default=dict)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("后台任务")
        verbose_name_plural = _("后台任务")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.get_state_display()}"

    @property
    def is_under_way(self) -> bool:
        return self.state in {JobState.WAITING, JobState.RUNNING}

    @property
    def told(self) -> dict:
        """The arguments that its title tells."""
        return {name: value for name, value in self.arguments.items() if name not in (SEALED, MARK)}

    @property
    def minutes_left(self) -> int | None:
        """How many minutes it will take at the pace so far, begun ones counted; None where there is no pace yet."""
        if not (self.is_under_way and self.started_at and 0 < self.done < self.total):
            return None
        passed = (timezone.now() - self.started_at).total_seconds()
        return math.ceil(passed / self.done * (self.total - self.done) / 60)

    @property
    def kept_until(self) -> datetime.datetime | None:
        """The moment from which the file may be wiped; None before there is one."""
        if self.state != JobState.DONE or self.finished_at is None:
            return None
        return self.finished_at + datetime.timedelta(days=KEPT_DAYS)

    @property
    def has_file(self) -> bool:
        """Whether there is a file to fetch: made, not fetched where once is all, and not old enough to be wiped."""
        return bool(self.file_name and self.size) and self.kept_until is not None and timezone.now() < self.kept_until


class JobPart(models.Model):
    """A piece of the file that a job made, encrypted; the pieces in the order of `number` are the file."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = EncryptedBinaryField()

    class Meta:
        verbose_name = _("后台任务的文件")
        verbose_name_plural = _("后台任务的文件")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="jobpart_numbered_once")]

    def __str__(self) -> str:
        return f"{self.job_id} {self.number}"
