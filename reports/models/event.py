"""The history of a report: every move, by whom, when and why."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.enums import ReportState, ReturnReason
from reports.models.frozen import Submission
from reports.models.report import Report


class ReportEvent(models.Model):
    """One move. Rows are only ever added."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="events")
    move = models.CharField(_("事项"), max_length=30)
    state = models.CharField(_("此后状态"), max_length=20, choices=ReportState)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("人员")
    )
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    comment = models.TextField(_("意见"), blank=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("报表历史")
        verbose_name_plural = _("报表历史")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.move} {self.at:%Y-%m-%d %H:%M}"


class ReturnedFigure(models.Model):
    """Why one figure, or one part of the report, was returned; the unit's to-do list."""

    event = models.ForeignKey(ReportEvent, on_delete=models.PROTECT, related_name="figures")
    slug = models.CharField(_("数字"), max_length=60)
    reason = models.CharField(_("原因"), max_length=20, choices=ReturnReason)
    text = models.CharField(_("说明"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("退回的数字")
        verbose_name_plural = _("退回的数字")
        constraints = [
            models.UniqueConstraint(fields=["event", "slug"], name="returnedfigure_one_per_slug"),
        ]

    def __str__(self):
        return self.slug
