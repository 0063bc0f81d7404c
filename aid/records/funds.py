"""资金筹集 and 助学款发放, and whose account is paid to."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from aid.enums import FundSource, PaymentMethod, PaymentState
from aid.models import Contribution, Disbursement
from aid.models.payments.funds import TO_CONFIRM
from aid.payments.contributions import CONTRIBUTION_FORM, CONTRIBUTION_GRID
from aid.payments.receipts import outside_batches
from aid.records.searching import of_child
from aid.records.tones import PAYMENT_TONES
from aid.voiding import VOIDING
from portal.access import Permission
from portal.identity import mask_card
from portal.records.attribute import Attribute
from portal.records.filters import CampaignFilter, CodeFilter, RecordFilterSet, YesNoFilter, period
from portal.records.kind import Fields, Link, RecordKind


def payee_fields(to: str = "") -> Fields:
    """The account; `to` is the path that leads from the record to whose it is, with a dot at its end."""
    return Fields(
        _("收款账户"),
        (
            Attribute(f"{to}account_person", label=_("收款人")),
            Attribute(f"{to}account_name", label=_("户名")),
            Attribute(f"{to}bank_name", label=_("开户银行")),
            Attribute(f"{to}bank_branch", label=_("支行")),
            Attribute(f"{to}bank_card", label=_("银行卡号"), mask=mask_card),
            Attribute(f"{to}card_kind", label=_("银行卡种类")),
            Attribute(f"{to}card_since", label=_("卡号登记")),
        ),
    )


class ContributionFilters(RecordFilterSet):
    confirmed = YesNoFilter(label=_("复核"), words=(_("已复核"), _("待复核")), method="filter_confirmed")
    source = CodeFilter(label=_("来源"), choices=FundSource)
    received_from, received_to = period("received_on", _("收款日期"))

    class Meta(RecordFilterSet.Meta):
        model = Contribution

    def filter_confirmed(self, contributions, _name, value):
        return contributions.exclude(TO_CONFIRM) if value else contributions.filter(TO_CONFIRM)


def is_unconfirmed(contribution: Contribution) -> bool:
    """Whether it waits for the second person."""
    return not (contribution.is_confirmed or contribution.is_voided)


class DisbursementFilters(RecordFilterSet):
    campaign = CampaignFilter(field_name="case__campaign")
    status = CodeFilter(label=_("状态"), choices=PaymentState)
    source = CodeFilter(label=_("资金来源"), choices=FundSource)
    method = CodeFilter(label=_("发放方式"), choices=PaymentMethod)
    paid_from, paid_to = period("paid_on", _("发放日期"))

    class Meta(RecordFilterSet.Meta):
        model = Disbursement


def payments_from_the_same_source(contribution: Contribution) -> str:
    """The payments of the contribution's source in its union."""
    filters = {"union": contribution.union.code, "source": contribution.source}
    return f"{reverse('disbursement_list')}?{urlencode(filters)}"


CONTRIBUTION = RecordKind(
    model=Contribution,
    voiding=VOIDING[Contribution],
    in_lists=True,
    noun="contributions",
    caption=("number",),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("received_on", order="received_on"),
        Attribute("source"),
        Attribute("amount", order="amount"),
        Attribute("standing", label=_("复核")),
        Attribute("donor", minor=True),
        Attribute("voucher", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-received_on",
    filterset=ContributionFilters,
    sections=(
        Fields(
            _("收款"),
            (
                Attribute("number"),
                Attribute("union"),
                Attribute("received_on"),
                Attribute("source"),
                Attribute("amount"),
                Attribute("donor"),
                Attribute("voucher"),
                Attribute("standing", label=_("复核")),
                Attribute("confirmed_amount"),
                Attribute("confirmed_by"),
                Attribute("confirmed_at"),
                Attribute("without_voucher"),
            ),
        ),
    ),
    links=(
        Link(
            _("复核收款"),
            lambda contribution: reverse("contribution_confirm", args=[contribution.pk]),
            Permission.RELEASE_PAYMENTS,
            is_unconfirmed,
        ),
        Link(
            _("上传凭证"),
            lambda contribution: reverse("contribution_voucher_add", args=[contribution.pk]),
            Permission.KEEP_RECORDS,
            lambda contribution: not contribution.is_voided,
        ),
        Link(_("同一来源的助学款发放"), payments_from_the_same_source),
    ),
    names=("donor",),
    numbers=("number", "voucher"),
    editing=CONTRIBUTION_FORM,
    grid=CONTRIBUTION_GRID,
)

DISBURSEMENT = RecordKind(
    model=Disbursement,
    noun="disbursements",
    caption=("number",),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("case.child.name", label=_("子女姓名"), link="case.child"),
        Attribute("paid_on", order="paid_on"),
        Attribute("amount", order="amount"),
        Attribute("source", minor=True),
        Attribute("method", minor=True),
        Attribute("status", tones=PAYMENT_TONES),
        Attribute("case.number", label=_("助学申请"), link="case", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-paid_on",
    filterset=DisbursementFilters,
    sections=(
        Fields(
            _("发放"),
            (
                Attribute("number"),
                Attribute("union"),
                Attribute("case.number", label=_("助学申请"), link="case"),
                Attribute("case.campaign", label=_("活动年度")),
                Attribute("case.child.name", label=_("子女姓名"), link="case.child"),
                Attribute("case.child.household.number", label=_("家庭档案"), link="case.child.household"),
                Attribute("paid_on"),
                Attribute("amount"),
                Attribute("source"),
                Attribute("method"),
                Attribute("status"),
                Attribute("voucher"),
            ),
        ),
    ),
    links=(
        Link(
            _("登记签领"),
            lambda payment: reverse("disbursement_sign", args=[payment.pk]),
            Permission.PREPARE_PAYMENTS,
            outside_batches,
        ),
    ),
    names=("case__child__name",),
    initials=("case__child__initials",),
    numbers=("number", "voucher", "case__number"),
    found_by=(of_child("case__child"),),
)
