"""What is said about a report while it is reviewed. Rows are only ever added."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.frozen import Submission
from reports.models.report import Report


class Remark(models.Model):
    """Words about one figure of a report, or about the whole of it where `slug` is ''."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="%(class)ss")
    slug = models.CharField(_("数字"), max_length=60, blank=True)
    text = models.CharField(_("内容"), max_length=1000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("人员")
    )
    made_at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["id"]

    def __str__(self):
        return f"{self.slug} {self.made_at:%Y-%m-%d %H:%M}"


class Comment(Remark):
    """批注: read and answered by the unit and the department alike."""

    class Meta(Remark.Meta):
        verbose_name = _("批注")
        verbose_name_plural = _("批注")


class Note(Remark):
    """内部备注: the department's own, never shown to the unit."""

    class Meta(Remark.Meta):
        verbose_name = _("内部备注")
        verbose_name_plural = _("内部备注")


class Endorsement(models.Model):
    """复核同意: that one reviewer agrees to accept a submission, where the campaign asks for two."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="endorsements")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("审核员")
    )
    made_at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("复核同意")
        verbose_name_plural = _("复核同意")
        constraints = [
            models.UniqueConstraint(fields=["submission", "reviewer"], name="endorsement_once_per_reviewer"),
        ]

    def __str__(self):
        return f"{self.submission_id} {self.reviewer_id}"


class Reminder(models.Model):
    """催报: that a unit was reminded of its report, by a notice in the portal and by e-mail to `emails` people."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="reminders")
    text = models.CharField(_("内容"), max_length=500)
    emails = models.PositiveSmallIntegerField(_("邮件"), default=0)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("催报人")
    )
    sent_at = models.DateTimeField(_("催报时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("催报")
        verbose_name_plural = _("催报")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.report_id} {self.sent_at:%Y-%m-%d}"
