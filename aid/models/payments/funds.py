"""资金筹集 and 助学款发放: the closed ledger, by source. Amounts are yuan to the fen."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aid.enums import FundSource, PaymentMethod, PaymentState
from aid.models.casework.case import AidCase
from portal.access import ScopedQuerySet
from portal.models import RemovableFile, Union, UnionOwned, VersionedRecord, VoidableRecord
from portal.models.owned import acting_person, by_order, unique_number
from portal.models.voidable import LIVE, LiveManager


def positive_amount(model: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(amount__gt=0),
        name=f"{model}_amount_positive",
        violation_error_message=_("金额必须大于 0。"),
    )


TO_CONFIRM = models.Q(confirmed_amount__lt=models.F("amount"))


class ContributionQuerySet(ScopedQuerySet):
    """Contributions, and those that wait for the second person."""

    def to_confirm(self):
        return self.filter(TO_CONFIRM)


class Contribution(VoidableRecord):
    """资金筹集: money received from one source on one day.

    It is raised when it is received, and may be paid from as far as a second person confirmed it: `confirmed_amount`.
    Who confirmed is unknown of what came in before that was asked for, and of what the operator brought.
    """

    number = models.CharField(_("业务编号"), max_length=40)
    received_on = models.DateField(_("收款日期"))
    source = models.CharField(_("来源"), max_length=20, choices=FundSource)
    amount = models.DecimalField(_("金额(元)"), max_digits=14, decimal_places=2)
    donor = models.CharField(_("出资方"), max_length=100, blank=True)
    voucher = models.CharField(_("凭证号"), max_length=50, blank=True)
    entered_by = acting_person(_("登记人"))
    confirmed_amount = models.DecimalField(
        _("已复核金额(元)"), max_digits=14, decimal_places=2, default=0, editable=False
    )
    confirmed_by = acting_person(_("复核人"))
    confirmed_at = models.DateTimeField(_("复核时间"), null=True, blank=True, editable=False)
    without_voucher = models.CharField(_("无凭证文件的说明"), max_length=200, blank=True, editable=False)

    objects = LiveManager.from_queryset(ContributionQuerySet)()
    everything = ContributionQuerySet.as_manager()

    class Meta(VoidableRecord.Meta):
        verbose_name = _("资金筹集")
        verbose_name_plural = _("资金筹集")
        indexes = [
            *VoidableRecord.Meta.indexes,
            models.Index(fields=["received_on"], name="contribution_date"),
            by_order("contribution", "number"),
            by_order("contribution", "amount"),
            by_order("contribution", "voucher"),
        ]
        constraints = [
            unique_number("contribution", LIVE),
            positive_amount("contribution"),
            models.CheckConstraint(
                condition=models.Q(confirmed_amount__gte=0, confirmed_amount__lte=models.F("amount")),
                name="contribution_confirmed_at_most_whole",
                violation_error_message=_("已复核金额不能多于收款金额。"),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_amount == self.amount

    @property
    def standing(self) -> str:
        """What a second person has seen of it, in words."""
        if self.is_confirmed:
            return _("已复核")
        return _("部分复核") if self.confirmed_amount else _("待复核")


class ContributionVoucher(RemovableFile, UnionOwned):
    """收款凭证: a scan or photo, kept encrypted. Stays with the contribution."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="vouchers", verbose_name=_("资金筹集")
    )

    class Meta(UnionOwned.Meta):
        verbose_name = _("收款凭证")
        verbose_name_plural = _("收款凭证")
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "digest"],
                condition=models.Q(removed_at__isnull=True),
                name="contributionvoucher_kept_once",
                violation_error_message=_("这份凭证已经上传过。"),
            ),
        ]

    def against_removing(self) -> str:
        confirmed = self.contribution.confirmed_at
        seen = confirmed is not None and self.uploaded_at <= confirmed
        return gettext("复核人是凭这份凭证复核的，不能撤去。") if seen else ""


class CarriedFunds(UnionOwned):
    """资金划转: money that went from one 填报单位 to another with a union that moved; one row in either ledger.

    Of the two rows of a `key` one is below zero. No figure counts them: the money was raised once.
    """

    key = models.UUIDField(_("划转编号"), db_index=True)
    other = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", verbose_name=_("对方单位"))
    source = models.CharField(_("来源"), max_length=20, choices=FundSource)
    carried_on = models.DateField(_("划转日期"))
    amount = models.DecimalField(_("金额(元)"), max_digits=14, decimal_places=2)

    class Meta(UnionOwned.Meta):
        verbose_name = _("资金划转")
        verbose_name_plural = _("资金划转")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(amount=0),
                name="carriedfunds_amount_not_zero",
                violation_error_message=_("金额不能为 0。"),
            )
        ]

    def __str__(self):
        return f"{self.union_id} {self.get_source_display()}"


class Disbursement(VersionedRecord):
    """助学款发放: money for one aid case, from one source. Belongs to the union of the case."""

    number = models.CharField(_("业务编号"), max_length=40)
    case = models.ForeignKey(
        AidCase, on_delete=models.PROTECT, related_name="disbursements", verbose_name=_("助学申请")
    )
    paid_on = models.DateField(_("发放日期"))
    amount = models.DecimalField(_("金额(元)"), max_digits=14, decimal_places=2)
    source = models.CharField(_("资金来源"), max_length=20, choices=FundSource)
    method = models.CharField(_("发放方式"), max_length=20, choices=PaymentMethod)
    status = models.CharField(_("状态"), max_length=20, choices=PaymentState)
    voucher = models.CharField(_("凭证号"), max_length=50, blank=True)

    class Meta(VersionedRecord.Meta):
        verbose_name = _("助学款发放")
        verbose_name_plural = _("助学款发放")
        indexes = [
            *VersionedRecord.Meta.indexes,
            models.Index(fields=["paid_on"], name="disbursement_date"),
            by_order("disbursement", "number"),
            by_order("disbursement", "amount"),
            by_order("disbursement", "voucher"),
        ]
        constraints = [unique_number("disbursement"), positive_amount("disbursement")]

    def __str__(self):
        return self.number

    @property
    def is_paid(self) -> bool:
        return self.status == PaymentState.PAID
