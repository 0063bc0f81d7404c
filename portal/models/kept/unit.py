"""What is kept of a unit beside its records: how often they were written, and what was counted over them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.fields import PathField
from portal.models.campaign import Campaign


class UnitRevision(models.Model):
    """单位版本: how often records of a 填报单位 were written, without those writes that still stand as `UnitChange`.

    The revision is `number` and the unit's rows there together; folding them in leaves it what it is.
    """

    path = PathField(max_length=255, unique=True)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("单位版本")
        verbose_name_plural = _("单位版本")

    def __str__(self) -> str:
        return f"{self.path} {self.number}"


class UnitChange(models.Model):
    """单位变动: that records of a unit were written. Rows are only added, so that no writer waits for another here."""

    path = PathField(max_length=255, db_index=True)

    class Meta:
        verbose_name = _("单位变动")
        verbose_name_plural = _("单位变动")

    def __str__(self) -> str:
        return self.path


class KeptCount(models.Model):
    """统计结果: what was counted over one unit, and what it holds of: the unit's revision, the question, the last day.

    `what` names the kind of result, `basis` is a digest of the question as it was asked. Nothing but a copy: whoever
    deletes it makes it be counted again.
    """

    path = PathField(max_length=255)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+", db_index=False)
    what = models.CharField(max_length=40)
    cut_off = models.DateField(_("统计截止日"))
    basis = models.CharField(max_length=64)
    revision = models.PositiveBigIntegerField()
    values = models.JSONField()

    class Meta:
        verbose_name = _("统计结果")
        verbose_name_plural = _("统计结果")
        constraints = [models.UniqueConstraint(fields=["campaign", "what", "path"], name="keptcount_once")]

    def __str__(self) -> str:
        return f"{self.path} {self.what}"
