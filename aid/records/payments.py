"""发放批次 and 发放明细."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aid.enums import BatchState, FundSource, LineResult, PaymentMethod
from aid.models import BatchItem, PaymentBatch
from portal.identity import mask_card
from portal.records.attribute import Attribute
from portal.records.filters import CampaignFilter, CodeFilter, RecordFilterSet, YesNoFilter, period
from portal.records.kind import Fields, RecordKind, Related


class PaymentBatchFilters(RecordFilterSet):
    campaign = CampaignFilter()
    state = CodeFilter(label=_("状态"), choices=BatchState)
    source = CodeFilter(label=_("资金来源"), choices=FundSource)
    method = CodeFilter(label=_("发放方式"), choices=PaymentMethod)
    made_from, made_to = period("made_on", _("编制日期"))

    class Meta(RecordFilterSet.Meta):
        model = PaymentBatch


class BatchItemFilters(RecordFilterSet):
    campaign = CampaignFilter(field_name="batch__campaign")
    result = CodeFilter(label=_("结果"), choices=LineResult)
    source = CodeFilter(field_name="batch__source", label=_("资金来源"), choices=FundSource)
    reissued = YesNoFilter(
        field_name="reissues", lookup_expr="isnull", exclude=True, label=_("重发"), words=(_("已重发"), _("未重发"))
    )

    class Meta(RecordFilterSet.Meta):
        model = BatchItem


BATCH_ITEM = RecordKind(
    model=BatchItem,
    noun="batch-items",
    caption=("batch.number", "case.child.name"),
    columns=(
        Attribute("case.child.name", label=_("子女姓名"), link="self"),
        Attribute("case.number", label=_("助学申请"), link="case", minor=True),
        Attribute("case.child.household.worker_name", label=_("户名"), link="case.child.household"),
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
            _("放款时的户名和账号"),
            (
                Attribute("frozen_line.number", label=_("序号")),
                Attribute("frozen_line.name", label=_("户名")),
                Attribute("frozen_line.card", label=_("账号"), mask=mask_card),
                Attribute("frozen_line.bank", label=_("开户行")),
                Attribute("frozen_line.purpose", label=_("用途")),
            ),
        ),
    ),
    names=("case__child__name", "case__child__household__worker_name"),
    initials=("case__child__initials",),
    numbers=("batch__number", "case__number"),
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
        Attribute("state"),
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
)
