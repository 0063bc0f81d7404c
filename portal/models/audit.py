"""The append-only log of events that are not changes of a record."""

import datetime
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from portal.access import Permission, can, path_range
from portal.enums import AuditAction
from portal.fields import PathField

REFUSALS = (AuditAction.REFUSED, AuditAction.LIMITED, AuditAction.LOGIN_FAILED)


class AuditQuerySet(models.QuerySet):
    """Named readings of the log."""

    def visible_to(self, user: Any) -> Self:
        """Rows of the unions `user` oversees; at the city also those of no union (a log-in with an unknown name)."""
        if not can(user, Permission.VIEW_AUDIT):
            return self.none()
        scope = path_range(user.union.path)
        return self.filter(scope | models.Q(union_path="") if user.union.is_city else scope)

    def refusals_since(self, since: datetime.datetime) -> models.QuerySet:
        """What was refused since then, by what it was, who and from where, the most frequent first, as rows of values.

        `times` counts also what a row says of others like it.
        """
        again = Coalesce(Cast(KT("detail__again"), models.IntegerField()), 0)
        by: tuple[str, ...] = ("action", "actor__name", "actor__username", "address")
        found = self.filter(action__in=REFUSALS, at__gte=since).annotate(again=again).order_by()
        times: Any = models.Count("pk") + models.Sum("again")
        grouped: models.QuerySet = found.values(*by).annotate(times=times, last=models.Max("at"))
        return grouped.order_by("-times", "-last")

    def about(self, subjects: Iterable[str], path: str) -> Self:
        """What is told of records by their subjects, within the union at `path` and below it.

        For the people whom the records are about: who asks need not be one who oversees.
        """
        return self.filter(path_range(path), subject__in=list(subjects))

    def by_day(self) -> models.QuerySet:
        """Day, name of the person, action, subject, how often; the latest day first, as rows of values."""
        days = self.annotate(day=TruncDate("at")).order_by()
        rows: models.QuerySet = days.values_list("day", "actor__name", "action", "subject")
        counted: models.QuerySet = rows.annotate(times=models.Count("pk"))
        return counted.order_by("-day", "actor_id", "action", "subject")

    def page(self, *, before: int | None, size: int) -> Self:
        """At most `size` rows older than row `before`, newest first; by id, so that a deep page costs no more."""
        rows = self.filter(id__lt=before) if before else self
        return rows.select_related("actor").order_by("-id")[:size]


class AuditEntry(models.Model):
    """Who did what, to what, when, from where. Rows are only ever added; kept at least 184 days."""

    at = models.DateTimeField(_("时间"), auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("人员")
    )
    action = models.CharField(_("事项"), max_length=30, choices=AuditAction)
    union_path = PathField(max_length=255, blank=True)
    subject = models.CharField(_("对象"), max_length=200, blank=True)
    detail = models.JSONField(_("说明"), default=dict, blank=True)
    address = models.GenericIPAddressField(_("来源地址"), null=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("审计日志")
        verbose_name_plural = _("审计日志")
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject"], name="auditentry_subject")]  # who looked at one record: `about`

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_action_display()}"
