"""报表: what one unit owes for one campaign."""

import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.access import ScopedQuerySet
from portal.models import Campaign, Union, VersionedRecord
from reports.enums import EDITABLE, ReportState


class ReportQuerySet(ScopedQuerySet):
    """Named readings of the reports."""

    def open(self, campaign: Campaign, union: Union) -> "Report":
        """The report of `union` for `campaign`, begun when there is none yet."""
        report, _created = self.get_or_create(
            campaign=campaign, union=union, number=0, defaults={"union_path": union.path}
        )
        return report

    def beside(self, report: "Report"):
        """The report itself and its supplementary reports, whichever of them is given."""
        return self.filter(campaign=report.campaign_id, union=report.union_id).order_by("number")

    def latest_of(self, campaign: Campaign, union: Union) -> "Report | None":
        """The latest report of `union` for `campaign`, supplementary ones among them."""
        return self.filter(campaign=campaign, union=union).order_by("number").last()

    def of_campaign(self, campaign: Campaign):
        return self.filter(campaign=campaign).select_related("campaign", "union", "submission")


class Report(VersionedRecord):
    """The two annexes and the summary report of one unit and campaign.

    `number` is 0 for the report itself and counts its supplementary reports from 1. `submission` is the frozen state
    that was handed in last; figures are live only until then.
    """

    goes_to_heir: ClassVar[bool] = False

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="reports", verbose_name=_("活动年度"))
    number = models.PositiveSmallIntegerField(_("补报序号"), default=0, editable=False)
    state = models.CharField(_("状态"), max_length=20, choices=ReportState, default=ReportState.DRAFT, editable=False)
    is_nil = models.BooleanField(_("零报告"), default=False)
    contact_name = models.CharField(_("填报人"), max_length=50, blank=True)
    contact_telephone = models.CharField(_("联系电话"), max_length=30, blank=True)
    extended_to = models.DateField(_("延期至"), null=True, blank=True, editable=False)
    extension_reason = models.CharField(_("延期原因"), max_length=200, blank=True, editable=False)
    supplement_reason = models.CharField(_("补报原因"), max_length=500, blank=True, editable=False)
    submission = models.ForeignKey(
        "reports.Submission",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("报送"),
    )

    objects = ReportQuerySet.as_manager()

    class Meta(VersionedRecord.Meta):
        verbose_name = _("报表")
        verbose_name_plural = _("报表")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "union", "number"],
                name="report_one_per_unit_and_campaign",
                violation_error_message=_("该单位本年度已有报表。"),
            ),
            models.CheckConstraint(
                condition=models.Q(state=ReportState.DRAFT) | models.Q(submission__isnull=False),
                name="report_handed_in_is_frozen",
                violation_error_message=_("已报送的报表必须有冻结的数据。"),
            ),
        ]

    def __str__(self):
        return f"{self.campaign} {self.union} {self.supplement}".strip()

    @property
    def audit_subject(self) -> str:
        """As people speak of it: its own number counts supplements."""
        return str(self)

    @property
    def supplement(self) -> str:
        """补报 1, 补报 2 …; '' for the report itself."""
        return gettext("补报 %(number)d") % {"number": self.number} if self.number else ""

    @property
    def due_on(self) -> datetime.date:
        """The day it is due: the campaign's, or the later one granted to this unit."""
        return self.extended_to or self.campaign.due_on

    @property
    def is_editable(self) -> bool:
        """Whether the unit still prepares it: before it is handed in, and after it was returned."""
        return self.state in EDITABLE
