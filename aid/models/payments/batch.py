"""发放批次: money on its way from a source to the cards of many, and what the bank says of each.

A batch, its items and its lines belong to the 填报单位 that pays. Items are worked with; lines are what was released,
copied from the files as they stood, and only grow.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.enums import BatchReason, BatchState, FundSource, LineResult, PaymentMethod
from aid.models.casework.case import AidCase
from aid.models.payments.batch_lists import PaymentBatchQuerySet
from aid.models.payments.funds import Disbursement, positive_amount
from portal.access import ScopedQuerySet
from portal.fields import BlindIndexField, EncryptedTextField
from portal.models import Campaign, UnionOwned, VersionedRecord
from portal.models.owned import by_order, unique_number

UNRELEASED = (BatchState.DRAFT, BatchState.CANCELLED)


class FundBalance(UnionOwned):
    """资金余额: what the payments made here have taken from one source of one 填报单位, in fen, which add up exactly.

    `taken` moves by sums added in the database; `raised` and `elsewhere` (paid or pending, not by a batch) are counted
    afresh with every release. The check is the last guard: whoever forgets the lock is refused by the database.
    """

    goes_to_heir: ClassVar[bool] = False

    source = models.CharField(_("来源"), max_length=20, choices=FundSource)
    raised = models.BigIntegerField(_("已筹集(分)"), default=0)
    elsewhere = models.BigIntegerField(_("批次以外的发放(分)"), default=0)
    taken = models.BigIntegerField(_("批次占用(分)"), default=0)

    class Meta(UnionOwned.Meta):
        verbose_name = _("资金余额")
        verbose_name_plural = _("资金余额")
        constraints = [
            models.UniqueConstraint(fields=["union", "source"], name="fundbalance_one_per_unit_and_source"),
            models.CheckConstraint(
                condition=models.Q(raised__gte=models.F("elsewhere") + models.F("taken"), taken__gte=0),
                name="fundbalance_never_below_zero",
                violation_error_message=_("发放超出该来源已筹集的资金。"),
            ),
        ]

    def __str__(self):
        return f"{self.union_id} {self.get_source_display()}"


class PaymentBatch(VersionedRecord):
    """发放批次: approved cases of one campaign, paid from one source in one way; released by a second person."""

    number = models.CharField(_("批次编号"), max_length=40)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+", verbose_name=_("活动年度"))
    source = models.CharField(_("资金来源"), max_length=20, choices=FundSource)
    method = models.CharField(_("发放方式"), max_length=20, choices=PaymentMethod, default=PaymentMethod.CARD)
    purpose = models.CharField(_("用途"), max_length=50)
    state = models.CharField(_("状态"), max_length=20, choices=BatchState, default=BatchState.DRAFT)
    made_on = models.DateField(_("编制日期"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("编制人")
    )
    released_on = models.DateField(_("复核发放日期"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("复核人"),
    )
    cancelled_reason = models.CharField(_("取消原因"), max_length=200, blank=True)
    # A draft waits for the second person once it is handed over, until it is released or returned.
    handed_over_at = models.DateTimeField(_("送复核时间"), null=True, blank=True, editable=False)
    returned_reason = models.CharField(
        _("退回原因"), max_length=30, choices=BatchReason, blank=True, default="", editable=False
    )
    returned_comment = models.CharField(_("退回说明"), max_length=200, blank=True, default="", editable=False)

    objects = PaymentBatchQuerySet.as_manager()

    class Meta(VersionedRecord.Meta):
        verbose_name = _("发放批次")
        verbose_name_plural = _("发放批次")
        indexes = [
            *VersionedRecord.Meta.indexes,
            models.Index(fields=["made_on", "id"], name="paymentbatch_made"),
            by_order("paymentbatch", "number"),
        ]
        constraints = [
            unique_number("paymentbatch"),
            models.CheckConstraint(
                condition=models.Q(released_by__isnull=True) | ~models.Q(released_by=models.F("made_by")),
                name="paymentbatch_four_eyes",
                violation_error_message=_("发放须由编制人以外的人复核。"),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=UNRELEASED)
                | models.Q(released_by__isnull=False, released_on__isnull=False),
                name="paymentbatch_released_by_somebody",
                violation_error_message=_("已复核发放的批次必须记下复核人和复核发放日期。"),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_draft(self) -> bool:
        return self.state == BatchState.DRAFT

    @property
    def is_handed_over(self) -> bool:
        """A draft that waits for the second person."""
        return self.is_draft and self.handed_over_at is not None

    @property
    def is_frozen(self) -> bool:
        """Whether there are lines: released at some time."""
        return self.released_on is not None

    @property
    def by_card(self) -> bool:
        return self.method == PaymentMethod.CARD


class BatchItem(UnionOwned):
    """发放明细: one case in a batch, what it gets, and what became of it. A case is in one live item at a time."""

    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, related_name="items", verbose_name=_("发放批次"))
    case = models.ForeignKey(AidCase, on_delete=models.PROTECT, related_name="+", verbose_name=_("助学申请"))
    amount = models.DecimalField(_("金额(元)"), max_digits=14, decimal_places=2)
    disbursement = models.OneToOneField(
        Disbursement, on_delete=models.PROTECT, null=True, related_name="item", verbose_name=_("助学款发放")
    )
    result = models.CharField(_("结果"), max_length=20, choices=LineResult, default=LineResult.PENDING)
    reason = models.CharField(_("失败原因"), max_length=200, blank=True)
    settled_on = models.DateField(_("办结日期"), null=True)
    reissue_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="reissues", verbose_name=_("原失败的明细")
    )

    class Meta(UnionOwned.Meta):
        verbose_name = _("发放明细")
        verbose_name_plural = _("发放明细")
        indexes = [*UnionOwned.Meta.indexes, models.Index(fields=["amount", "id"], name="batchitem_amount")]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(result=LineResult.PENDING),
                name="batchitem_case_live_once",
                violation_error_message=_("该申请已在另一个发放批次中。"),
            ),
            models.UniqueConstraint(
                fields=["reissue_of"],
                condition=~models.Q(result=LineResult.CANCELLED),
                name="batchitem_reissued_once",
                violation_error_message=_("这笔失败的发放已经重发。"),
            ),
            positive_amount("batchitem"),
        ]

    def __str__(self):
        return f"{self.batch_id} {self.case_id}"

    @property
    def is_pending(self) -> bool:
        return self.result == LineResult.PENDING

    @property
    def account_name(self) -> str:
        """The name on the account, or who fetches the money, as it stands before the batch is released."""
        return self.case.payee.account_name if self.batch.by_card else self.case.child.household.worker_name

    @property
    def frozen_line(self) -> "PayeeLine | None":
        """The line made of it when the batch was released; None before."""
        return getattr(self, "line", None)


class PayeeLineQuerySet(ScopedQuerySet):
    """Lines only grow, so they go where their batch goes."""

    path_field = "batch__union_path"


class PayeeLine(UnionOwned):
    """复核发放明细: who is paid what to which card, as it was when the batch was released. Rows are only added."""

    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, related_name="lines", verbose_name=_("发放批次"))
    item = models.OneToOneField(BatchItem, on_delete=models.PROTECT, related_name="line")
    number = models.PositiveIntegerField(_("序号"))
    name = models.CharField(_("户名"), max_length=50)
    card = EncryptedTextField(_("账号"), blank=True)
    card_hash = BlindIndexField("card", db_index=True)
    bank = models.CharField(_("开户行"), max_length=100, blank=True)
    amount = models.DecimalField(_("金额(元)"), max_digits=14, decimal_places=2)
    purpose = models.CharField(_("用途"), max_length=50)

    objects = PayeeLineQuerySet.as_manager()

    class Meta(UnionOwned.Meta):
        verbose_name = _("复核发放明细")
        verbose_name_plural = _("复核发放明细")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="payeeline_numbered_once"),
            positive_amount("payeeline"),
        ]

    def __str__(self):
        return f"{self.batch_id} {self.number}"
