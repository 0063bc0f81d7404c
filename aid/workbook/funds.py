"""资金筹集 and 助学款发放."""

import re

from django.utils import timezone
from django.utils.translation import gettext as _

from aid.enums import FundSource, PaymentMethod, PaymentState
from aid.models import Contribution, Disbursement
from aid.record_rules import DISBURSEMENT_RULES
from aid.workbook.casework.batches import changed_past_batch
from aid.workbook.casework.shares import beyond_shares
from aid.workbook.columns import NUMBER_LENGTH, number_column, union_column
from aid.workbook.ledger import has_second, pays, short_of_reserved, spent_beyond_raised, usable
from portal.workbook.cells import AmountCell, CodeCell, DateCell, TextCell
from portal.workbook.importing.sheet import ImportedSheet, cached
from portal.workbook.sheets import Column

SHORT_SOURCE = {
    "政府": "各级党委政府资助",
    "党委政府": "各级党委政府资助",
    "政府资助": "各级党委政府资助",
    "政府拨款": "各级党委政府资助",
    "财政": "各级党委政府资助",
    "财政拨款": "各级党委政府资助",
    "党委政府资助": "各级党委政府资助",
    "社会": "社会捐助",
    "捐助": "社会捐助",
    "捐赠": "社会捐助",
    "社会捐赠": "社会捐助",
    "企业捐赠": "社会捐助",
    "个人捐赠": "社会捐助",
    "工会": "各级工会投入",
    "工会投入": "各级工会投入",
    "工会经费": "各级工会投入",
    "工会拨款": "各级工会投入",
    "本级工会投入": "各级工会投入",
}
GIVERS = (
    (re.compile("捐|爱心|赞助|募集|企业|慈善|基金会|个人|社会"), FundSource.SOCIAL),
    (re.compile("工会|市总|区总|全总"), FundSource.UNION),
    (re.compile("政府|财政|党委|民政"), FundSource.GOVERNMENT),
)


def source_of(text: str) -> tuple[str, bool] | None:
    """Whose money it is, where the words name one of the three sources and no other: 上级工会拨款, 企业爱心捐款."""
    named = [source for words, source in GIVERS if words.search(text)]
    return (str(named[0].label), True) if len(named) == 1 else None


class ContributionSheet(ImportedSheet):
    title = "资金筹集"
    model = Contribution

    number = number_column(synonyms=("筹集编号", "资金编号", "捐赠编号"))
    union = union_column()
    received_on = Column(
        "收款日期",
        "received_on",
        DateCell(),
        required=True,
        synonyms=(
            "收款时间",
            "到账日期",
            "到账时间",
            "捐赠日期",
            "捐款日期",
            "筹集日期",
            "到款日期",
            "入账日期",
            "日期",
            "时间",
            "捐助日期",
            "筹资日期",
            "拨款日期",
            "拨付日期",
        ),
    )
    source = Column(
        "来源",
        "source",
        CodeCell(FundSource, short=SHORT_SOURCE, grown=source_of),
        required=True,
        synonyms=(
            "资金来源",
            "来源类别",
            "资金类别",
            "款项来源",
            "资金性质",
            "筹集渠道",
            "筹资渠道",
            "来源渠道",
            "资金来源渠道",
            "资金渠道",
        ),
    )
    amount = Column(
        "金额(元)",
        "amount",
        AmountCell(),
        required=True,
        synonyms=(
            "金额",
            "捐赠金额",
            "捐款金额",
            "到账金额",
            "筹集金额",
            "收款金额",
            "出资金额",
            "筹资金额",
            "资金金额",
            "数额",
            "捐助金额",
            "拨款金额",
            "到位金额",
            "到账资金",
            "到位资金",
        ),
    )
    donor = Column(
        "出资方",
        "donor",
        TextCell(100),
        synonyms=(
            "捐赠方",
            "捐赠单位",
            "捐款单位",
            "出资单位",
            "捐赠人",
            "捐款人",
            "捐赠单位或个人",
            "付款单位",
            "单位名称",
            "捐助单位",
            "捐助方",
            "捐助人",
            "拨款单位",
            "资助单位",
            "来款单位",
        ),
    )
    voucher = Column(
        "凭证号",
        "voucher",
        TextCell(50),
        synonyms=("凭证", "收据号", "票据号", "发票号", "收据", "票据", "凭证字号", "记账凭证号"),
    )

    def complete(self, record, row):
        if record.union_id:
            record.place_in(record.union)

    def weighs(self, book, row):
        """Money that is paid from in the same workbook is seen with what it pays."""
        return _("本工作簿发放所用的资金") if pays(book) else ""

    def settle(self, book, rows):
        """What one person brings alone waits for a second, who confirms it; who brought it last is kept."""
        now, second = timezone.now(), has_second(book)
        for row in rows:
            record, amount = row.record, usable(book, row)
            if row.is_new or row.changed:
                record.entered_by = book.actor
            if amount != (row.before or {}).get("confirmed_amount"):
                record.confirmed_amount = amount
                record.confirmed_by = (book.second or book.actor) if second else record.confirmed_by if amount else None
                record.confirmed_at = now if second else record.confirmed_at if amount else None


class DisbursementSheet(ImportedSheet):
    title = "助学款发放"
    model = Disbursement
    related = (
        "case__campaign",
        "case__union",
        "case__person",
        "case__child__person",
        "case__child__household__worker",
    )
    rules = DISBURSEMENT_RULES
    set_rules = (spent_beyond_raised, short_of_reserved, changed_past_batch, beyond_shares)

    number = number_column()
    case = Column(
        "助学申请编号", "case", TextCell(NUMBER_LENGTH), required=True, refers=("助学申请",), path="case__number"
    )
    paid_on = Column("发放日期", "paid_on", DateCell(future=True), required=True)
    amount = Column("金额(元)", "amount", AmountCell(), required=True)
    source = Column("资金来源", "source", CodeCell(FundSource), required=True)
    method = Column("发放方式", "method", CodeCell(PaymentMethod), required=True)
    status = Column("状态", "status", CodeCell(PaymentState), required=True)
    voucher = Column("凭证号", "voucher", TextCell(50))

    def complete(self, record, row):
        case = cached(record, "case")
        if case is not None:
            record.place_with(case)

    def weighs(self, book, row):
        return _("发放助学款")

    def remarks(self, book, row):
        payment = row.record
        if payment.is_paid and not payment.case.campaign.holds(payment.paid_on):
            yield _("发放日期不在 %(year)d 活动年度之内，不计入任何统计表") % {"year": payment.case.campaign.year}
