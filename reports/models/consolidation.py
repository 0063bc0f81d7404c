"""汇总: the city's tables as they were once made. The database refuses to change or delete these rows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.models import Campaign
from reports.models.preparation import SummaryText


class CityContact(models.Model):
    """市级填报人: whom the city's own forms of a campaign name, with a telephone; printed on every file of the city."""

    campaign = models.OneToOneField(
        Campaign, on_delete=models.PROTECT, related_name="city_contact", verbose_name=_("活动年度")
    )
    name = models.CharField(_("填报人"), max_length=50)
    telephone = models.CharField(_("联系电话"), max_length=30)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("填写人")
    )
    set_at = models.DateTimeField(_("填写时间"), auto_now=True)

    class Meta:
        verbose_name = _("市级填报人")
        verbose_name_plural = _("市级填报人")

    def __str__(self):
        return f"{self.campaign} {self.name}"


class Consolidation(models.Model):
    """The sum of the reports accepted at that moment: which, with what content, who made it, and what came out.

    `submissions` is a list of {"unit", "name", "code", "digest", "days_late"} in the official order (the days not in
    older ones), `missing` of {"unit", "name"}; `totals` are the figures as text, money in yuan to the fen. `forms` are
    those the campaign had of its own, None where it had the notice's. `counted_twice` are the people whom more than one
    of the reports counts in one figure, None where nobody looked. `digest` is the SHA-256 of all this and the year.
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="consolidations", verbose_name=_("活动年度")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("汇总人")
    )
    made_at = models.DateTimeField(_("汇总时间"), auto_now_add=True)
    submissions = models.JSONField()
    missing = models.JSONField()
    totals = models.JSONField()
    forms = models.JSONField(null=True)
    counted_twice = models.PositiveIntegerField(_("重复统计人数"), null=True)
    digest = models.CharField(_("校验值"), max_length=64)

    class Meta:
        verbose_name = _("汇总")
        verbose_name_plural = _("汇总")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.campaign} {self.digest[:8]}"


class CityNarrative(SummaryText):
    """全市总结报告: the city's own summary of a campaign, from the accepted reports and what their texts say."""

    campaign = models.OneToOneField(
        Campaign, on_delete=models.PROTECT, related_name="narrative", verbose_name=_("活动年度")
    )

    class Meta:
        verbose_name = _("全市总结报告")
        verbose_name_plural = _("全市总结报告")

    def __str__(self):
        return f"{self.campaign} v{self.version}"
