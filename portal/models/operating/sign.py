"""运行记录: what the parts of the portal that work by themselves leave behind, so that their silence is noticed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.enums import Duty


class DutySign(models.Model):
    """When a duty was last done, one row for each duty and who does it (`place`: a worker, a machine).

    `done_at` is the last time it went well, `tried_at` the last time at all; `problem` says why the last one did not.
    """

    duty = models.CharField(_("工作"), max_length=20, choices=Duty)
    place = models.CharField(_("由谁"), max_length=100)
    tried_at = models.DateTimeField(_("最近一次"))
    done_at = models.DateTimeField(_("最近一次成功"), null=True)
    problem = models.CharField(_("失败原因"), max_length=300, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("运行记录")
        verbose_name_plural = _("运行记录")
        ordering = ["duty", "place"]
        constraints = [models.UniqueConstraint(fields=["duty", "place"], name="dutysign_once")]

    def __str__(self) -> str:
        return f"{self.get_duty_display()} {self.place}"
