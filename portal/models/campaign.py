"""One year's activity."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.enums import OwnStandards
from portal.models.asked_once import once

FIRST_YEAR = 2005


class CampaignManager(models.Manager["Campaign"]):
    """Opens campaigns with their default dates."""

    def open(self, year: int) -> "Campaign":
        """The campaign of `year`, created with its default dates when it does not exist yet."""
        campaign, _created = self.get_or_create(year=year, defaults=default_dates(year))
        return campaign

    def current(self) -> "Campaign | None":
        """The latest campaign that has begun, else the next one."""
        return once("the campaign that runs", self._current)

    def _current(self) -> "Campaign | None":
        begun = self.filter(starts_on__lte=timezone.localdate()).order_by("-year").first()
        return begun or self.order_by("year").first()


def default_dates(year: int) -> dict[str, datetime.date]:
    """1 January to 31 December; reports due on 1 September (notice, part two)."""
    return {
        "starts_on": datetime.date(year, 1, 1),
        "ends_on": datetime.date(year, 12, 31),
        "due_on": datetime.date(year, 9, 1),
    }


def year_may_open(year: int) -> bool:
    """Whether a campaign of `year` may be opened by naming it: 2005 to next year."""
    return FIRST_YEAR <= year <= timezone.localdate().year + 1


class Campaign(models.Model):
    """活动年度: the window that is counted and the day the reports are due, both dates inclusive.

    `forms` is the wording and the figures of this year's forms where they differ from the notice's ({} where they do
    not); the app that prints them gives it its meaning. `version` counts the changes of the campaign.
    """

    year = models.PositiveSmallIntegerField(_("活动年度"), unique=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    due_on = models.DateField(_("报送期限"))
    notice_days = models.PositiveSmallIntegerField(_("公示工作日"), default=5)
    # Codes joined by commas, '' for the usual ones; the app that posts notices gives them their meaning.
    notice_columns = models.CharField(_("公示栏目"), max_length=200, blank=True, default="")
    # How a case comes on notice; the app that posts notices gives them their meaning.
    check_first = models.BooleanField(_("公示前须初审"), default=True)
    renewed_without_notice = models.BooleanField(_("续办可不再公示"), default=False)
    own_standards = models.CharField(
        _("单位自定帮扶标准"), max_length=20, choices=OwnStandards, default=OwnStandards.NONE
    )
    reviewers_needed = models.PositiveSmallIntegerField(_("接收报表需要的审核员人数"), default=1)
    forms = models.JSONField(_("表式"), default=dict, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CampaignManager()

    class Meta:
        verbose_name = _("活动年度")
        verbose_name_plural = _("活动年度")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__lte=models.F("ends_on")),
                name="campaign_dates_in_order",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            models.CheckConstraint(
                condition=models.Q(reviewers_needed__in=(1, 2)),
                name="campaign_one_or_two_reviewers",
                violation_error_message=_("接收报表需要 1 名或 2 名审核员。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)

    def cut_off(self, as_of: datetime.date | None = None) -> datetime.date:
        """The last day counted: `as_of`, else today; never past `ends_on`."""
        return min(as_of or timezone.localdate(), self.ends_on)

    def holds(self, day: datetime.date) -> bool:
        """Whether `day` lies in the campaign, both ends included."""
        return self.starts_on <= day <= self.ends_on
