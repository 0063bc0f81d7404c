"""What goes with an aid case: its history, the policies checked first, the campaign's standards."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.enums import CaseReason, CaseState, FundSource, GrantLevel, Policy, PolicyOutcome, Stage
from aid.models.casework.case import AidCase
from portal.models import Campaign, VersionedRecord
from portal.words.bounds import MOST_OF_ONE, within


class CaseEvent(models.Model):
    """One move of a case. Rows are only ever added. `batch` is the key of the batch that made it, if one did."""

    case = models.ForeignKey(AidCase, on_delete=models.PROTECT, related_name="events", verbose_name=_("助学申请"))
    move = models.CharField(_("事项"), max_length=30)
    state = models.CharField(_("此后状态"), max_length=20, choices=CaseState)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("人员")
    )
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    reason = models.CharField(_("原因"), max_length=30, choices=CaseReason, blank=True)
    comment = models.CharField(_("说明"), max_length=500, blank=True)
    batch = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("助学申请办理记录")
        verbose_name_plural = _("助学申请办理记录")
        ordering = ["-id"]
        indexes = [models.Index(fields=["batch"], name="caseevent_batch")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "batch"],
                condition=models.Q(batch__isnull=False),
                name="caseevent_once_per_batch",
                violation_error_message=_("这一批次已经办理过该申请。"),
            ),
        ]

    def __str__(self):
        return f"{self.move} {self.at:%Y-%m-%d %H:%M}"

    @property
    def done_to_it(self) -> str:
        """What became of the case by this move."""
        return str(_("又办理过，到了“%(state)s”")) % {"state": self.get_state_display()}


class PolicyAid(VersionedRecord):
    """政策落实情况: what became of one policy for one case; all of them are answered before a case is submitted."""

    case = models.ForeignKey(AidCase, on_delete=models.PROTECT, related_name="policies", verbose_name=_("助学申请"))
    policy = models.CharField(_("政策救助"), max_length=20, choices=Policy)
    outcome = models.CharField(_("落实情况"), max_length=20, choices=PolicyOutcome)
    amount = models.DecimalField(_("落实金额(元)"), max_digits=14, decimal_places=2, null=True, blank=True)
    reason = models.CharField(_("未落实原因"), max_length=200, blank=True)

    class Meta(VersionedRecord.Meta):
        verbose_name = _("政策落实情况")
        verbose_name_plural = _("政策落实情况")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "policy"],
                name="policyaid_one_per_case_and_policy",
                violation_error_message=_("该申请的这项政策已有记录。"),
            ),
            models.CheckConstraint(
                condition=models.Q(outcome=PolicyOutcome.GRANTED, amount__gt=0, amount__lte=MOST_OF_ONE)
                | (~models.Q(outcome=PolicyOutcome.GRANTED) & models.Q(amount__isnull=True)),
                name="policyaid_amount_bounded_when_granted",
                violation_error_message=_("已落实的政策须填写大于 0、不超过 100 万元的金额；未落实的不填金额。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome__in=(PolicyOutcome.REFUSED, PolicyOutcome.NOT_APPLIED))
                | ~models.Q(reason=""),
                name="policyaid_reason_when_not",
                violation_error_message=_("没有申请或没有获批的，须写明原因。"),
            ),
        ]

    def __str__(self):
        return f"{self.get_policy_display()} {self.get_outcome_display()}"


class CaseShare(VersionedRecord):
    """资助来源: what one level grants of a case, from which source of the ledger; together they are its standard."""

    case = models.ForeignKey(AidCase, on_delete=models.PROTECT, related_name="shares", verbose_name=_("助学申请"))
    level = models.CharField(_("资助层级"), max_length=20, choices=GrantLevel)
    source = models.CharField(_("资金来源"), max_length=20, choices=FundSource)
    amount = models.DecimalField(_("金额(元)"), max_digits=14, decimal_places=2)

    class Meta(VersionedRecord.Meta):
        verbose_name = _("资助来源")
        verbose_name_plural = _("资助来源")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "level"],
                name="caseshare_one_per_case_and_level",
                violation_error_message=_("该申请的这一层级已有记录。"),
            ),
            models.CheckConstraint(
                condition=models.Q(level=GrantLevel.SOCIAL, source=FundSource.SOCIAL)
                | (~models.Q(level=GrantLevel.SOCIAL) & ~models.Q(source=FundSource.SOCIAL)),
                name="caseshare_social_from_donations",
                violation_error_message=_("社会的资助从社会捐助支出，市级和区级的不从社会捐助支出。"),
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0),
                name="caseshare_amount_positive",
                violation_error_message=_("金额必须大于 0。"),
            ),
        ]

    def __str__(self):
        return f"{self.get_level_display()} {self.amount:,.2f} 元"


class AidStandard(models.Model):
    """帮扶标准: yuan that a campaign grants for a stage; what a new case is filled in with."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="standards", verbose_name=_("活动年度")
    )
    stage = models.CharField(_("学段"), max_length=20, choices=Stage)
    amount = models.DecimalField(_("帮扶标准(元)"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("年度帮扶标准")
        verbose_name_plural = _("年度帮扶标准")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "stage"],
                name="aidstandard_one_per_campaign_and_stage",
                violation_error_message=_("该年度这一学段的标准已有记录。"),
            ),
            models.CheckConstraint(
                condition=within("amount", MOST_OF_ONE),
                name="aidstandard_amount_bounded",
                violation_error_message=_("帮扶标准必须大于 0，不超过 100 万元。"),
            ),
        ]

    def __str__(self):
        return f"{self.campaign} {self.get_stage_display()}"
