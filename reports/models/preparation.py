"""What a unit adds to its derived figures while it prepares the report."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.models import KeptFile
from reports.enums import SummaryPart
from reports.models.report import Report


class Adjustment(models.Model):
    """调整: a signed difference to one figure, in the figure's own count or in yuan, with a reason."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="adjustments")
    slug = models.CharField(_("数字"), max_length=60)
    difference = models.DecimalField(_("调整数"), max_digits=16, decimal_places=2)
    reason = models.CharField(_("调整原因"), max_length=500)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("调整")
        verbose_name_plural = _("调整")
        constraints = [
            models.UniqueConstraint(fields=["report", "slug"], name="adjustment_one_per_figure"),
            models.CheckConstraint(condition=~models.Q(difference=0), name="adjustment_not_zero"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="adjustment_has_reason"),
        ]

    def __str__(self):
        return f"{self.slug} {self.difference:+}"


class AdjustmentFile(KeptFile):
    """依据: the file that shows why a figure is adjusted, kept encrypted."""

    adjustment = models.OneToOneField(Adjustment, on_delete=models.CASCADE, related_name="file")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now=True)

    class Meta:
        verbose_name = _("调整依据")
        verbose_name_plural = _("调整依据")


class TypedFigure(models.Model):
    """填报数: the value of a figure that no record gives and the unit types in; yuan for money."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="typed")
    slug = models.CharField(_("数字"), max_length=60)
    value = models.DecimalField(_("填报数"), max_digits=16, decimal_places=2)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("填报数")
        verbose_name_plural = _("填报数")
        constraints = [
            models.UniqueConstraint(fields=["report", "slug"], name="typedfigure_one_per_figure"),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="typedfigure_not_negative"),
        ]

    def __str__(self):
        return f"{self.slug} {self.value}"


class SummaryText(models.Model):
    """What is written of a summary report, a column for each `SummaryPart`.

    A number of the records stands in it as the blank of its name, {slug}, and is filled in whenever it is read.
    """

    work = models.TextField(_("工作开展情况"), blank=True)
    data = models.TextField(_("主要数据"), blank=True)
    problems = models.TextField(_("存在问题"), blank=True)
    plans = models.TextField(_("下一步打算"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    @property
    def parts(self) -> dict[str, str]:
        """The texts by part, in their order."""
        return {part.value: getattr(self, part.value) for part in SummaryPart}


class Narrative(SummaryText):
    """总结报告正文: the summary report of one unit as it is written here, drafted by the clauses of the notice.

    `figures` are the reported ones as printed when it was saved, by slug; empty where that was not kept yet.
    """

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="narrative")
    figures = models.JSONField(_("当时的数字"), default=dict, editable=False)

    class Meta:
        verbose_name = _("总结报告正文")
        verbose_name_plural = _("总结报告正文")

    def __str__(self):
        return f"{self.report_id} v{self.version}"


class Explanation(models.Model):
    """说明: what the unit says to a soft check; it travels with the submission.

    `finding` is what the check found then; '' where that was not kept yet.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="explanations")
    check_code = models.CharField(_("核对项"), max_length=80)
    text = models.CharField(_("说明"), max_length=1000)
    finding = models.TextField(_("说明的问题"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("核对说明")
        verbose_name_plural = _("核对说明")
        constraints = [
            models.UniqueConstraint(fields=["report", "check_code"], name="explanation_one_per_check"),
        ]

    def __str__(self):
        return self.check_code


class SummaryFile(KeptFile):
    """总结报告: the .docx or .pdf that goes with the two annexes, kept encrypted.

    `figures` are the reported ones as printed when it was written; empty where that was not kept yet. One that
    `is_written_here` is made of the `Narrative`, and made again with the numbers of the moment when it is handed in.
    """

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="summary")
    figures = models.JSONField(_("当时的数字"), default=dict, editable=False)
    is_written_here = models.BooleanField(_("在平台上写的正文"), default=False, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now=True)

    class Meta:
        verbose_name = _("总结报告")
        verbose_name_plural = _("总结报告")
