"""Which days are worked: the holidays that the State Council announces, year by year."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HolidayYear(models.Model):
    """A year whose holidays are known, and the notice that says so. Of a year that is not here nothing is known."""

    year = models.PositiveSmallIntegerField(_("年份"), unique=True)
    source = models.CharField(_("依据文号"), max_length=200)

    class Meta:
        verbose_name = _("节假日安排")
        verbose_name_plural = _("节假日安排")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


class WorkdayException(models.Model):
    """A day of a holiday, or a day worked to make up for one; all others follow the day of the week."""

    day = models.DateField(_("日期"), unique=True, error_messages={"unique": _("这一天已在日历中。")})
    is_workday = models.BooleanField(_("上班"))
    name = models.CharField(_("节日"), max_length=30)

    class Meta:
        verbose_name = _("工作日历")
        verbose_name_plural = _("工作日历")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
