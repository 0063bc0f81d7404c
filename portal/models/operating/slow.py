"""慢页面: which pages took long, by day. The name of the page is kept, never its address: that may name a record."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SlowPage(models.Model):
    """How often a page took longer than it should on one day, and how long at worst."""

    name = models.CharField(_("页面"), max_length=100)
    day = models.DateField(_("日期"))
    times = models.PositiveIntegerField(_("次数"), default=0)
    worst = models.FloatField(_("最长（秒）"), default=0)

    class Meta:
        verbose_name = _("慢页面")
        verbose_name_plural = _("慢页面")
        ordering = ["-day", "-worst"]
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="slowpage_once_a_day")]

    def __str__(self) -> str:
        return f"{self.name} {self.day}"
