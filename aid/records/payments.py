"""发放批次 and 发放明细."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid.enums import BatchState, FundSource, LineResult, PaymentMethod
from aid.models import BatchItem, PaymentBatch
from aid.payments.reissues import issued_again, to_reissue
from aid.records.searching import lines_of, of_child
from aid.records.tones import BATCH_TONES
from portal.access import Permission
from portal.identity import mask_card
from portal.models import REPORTING_PATH_LENGTH
from portal.records.attribute import Attribute
from portal.records.filters import CampaignFilter, CodeFilter, RecordFilterSet, YesNoFilter, period
from portal.records.kind import Fields, Link, RecordKind, Related

# What waits of the batches: names of the lists of PaymentBatchQuerySet.
TODO = (("to_release", _("等待复核发放")), ("to_hand_over", _("还没有送复核或被退回")))


class PaymentBatchFilters(RecordFilterSet):
    campaign = CampaignFilter()
    state = CodeFilter(label=_("状态"), choices=BatchState)
    source = CodeFilter(label=_("资金来源"), choices=FundSource)
    method = CodeFilter(label=_("发放方式"), choices=PaymentMethod)
    todo = CodeFilter(label=_("待办"), choices=TODO, method="narrow")
    made_from, made_to = period("made_on", _("编制日期"))

    class Meta(RecordFilterSet.Meta):
        model = PaymentBatch


class BatchItemFilters(RecordFilterSet):
    campaign = CampaignFilter(field_name="batch__campaign")
    result = CodeFilter(label=_("结果"), choices=LineResult)
    source = CodeFilter(field_name="batch__source", label=_("资金来源"), choices=FundSource)
    reissued = YesNoFilter(label=_("重发"), words=(_("已重发"), _("未重发")), method="filter_reissued")

    class Meta(RecordFilterSet.Meta):
        model = BatchItem

    def filter_reissued(self, items, _name, value):
        return items.filter(issued_again() if value else ~issued_again())


def card_bounced(item: BatchItem) -> bool:
    """Whether the bank refused the card of an open file of the same 填报单位, and it was not paid to again."""
    home = item.case.child.household
    is_here = home.is_open and home.union_path[:REPORTING_PATH_LENGTH] == item.union_path[:REPORTING_PATH_LENGTH]
    return item.batch.by_card and is_here and to_reissue(BatchItem.objects.filter(pk=item.pk)).exists()


BATCH_ITEM = RecordKind(
    model=BatchItem,
    noun="batch-items",
    caption=("batch.number", "case.child.name"),
    columns=(
        Attribute("case.child.name", label=_("子女姓名"), link="self"),
        Attribute("case.number", label=_("助学申请"), link="case", minor=True),
        Attribute("case.child.household.worker_name", label=_("职工"), link="case.child.household"),
        Attribute("amount", order="amount"),
        Attribute("result"),
        Attribute("reason", minor=True),
        Attribute("settled_on", minor=True),
        Attribute("batch.number", label=_("发放批次"), link="batch"),
    ),
    ordering="-amount",
    filterset=BatchItemFilters,
    sections=(
        Fields(
            _("明细"),
            (
                Attribute("batch.number", label=_("发放批次"), link="batch"),
                Attribute("case.child.name", label=_("子女姓名"), link="case.child"),
                Attribute("case.number", label=_("助学申请"), link="case"),
                Attribute("amount"),
                Attribute("result"),
                Attribute("reason"),
                Attribute("settled_on"),
                Attribute("disbursement.number", label=_("助学款发放"), link="disbursement"),
                Attribute("reissue_of.batch.number", label=_("原失败的明细"), link="reissue_of"),
            ),
        ),
        Fields(
            _("复核发放时的户名和账号"),
            (
                Attribute("frozen_line.number", label=_("序号")),
                Attribute("frozen_line.name", label=_("户名")),
                Attribute("frozen_line.card", label=_("账号"), mask=mask_card),
                Attribute("frozen_line.bank", label=_("开户行")),
                Attribute("frozen_line.purpose", label=_("用途")),
            ),
        ),
    ),
    links=(
        Link(
            _("更正银行卡或户名"),
            lambda item: reverse(f"{item.case.payee._meta.model_name}_edit", args=[item.case.payee.pk]),
            Permission.KEEP_RECORDS,
            card_bounced,
        ),
    ),
    names=("case__child__name", "case__child__household__worker_name"),
    initials=("case__child__initials",),
    numbers=("batch__number", "case__number"),
    found_by=(of_child("case__child"),),
)

PAYMENT_BATCH = RecordKind(
    model=PaymentBatch,
    noun="batches",
    caption=("number",),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("campaign", minor=True),
        Attribute("source"),
        Attribute("method", minor=True),
        Attribute("purpose", minor=True),
        Attribute("state", tones=BATCH_TONES),
        Attribute("made_on", order="made_on"),
        Attribute("made_by", minor=True),
        Attribute("released_by", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-made_on",
    filterset=PaymentBatchFilters,
    sections=(
        Fields(
            _("批次"),
            (
                Attribute("number"),
                Attribute("union"),
                Attribute("campaign"),
                Attribute("source"),
                Attribute("method"),
                Attribute("purpose"),
                Attribute("state"),
                Attribute("made_by"),
                Attribute("made_on"),
                Attribute("released_by"),
                Attribute("released_on"),
                Attribute("cancelled_reason"),
            ),
        ),
        Related(_("发放明细"), BATCH_ITEM, lambda batch: Q(batch=batch), without=("batch.number",)),
    ),
    numbers=("number",),
    found_by=(lines_of(BatchItem, "batch"),),
)
