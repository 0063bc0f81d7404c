"""资金筹集 and 助学款发放."""

from django.utils.translation import gettext as _

from aid.enums import FundSource, PaymentMethod, PaymentStatus
from aid.models import Contribution, Disbursement
from aid.rules import DISBURSEMENT_RULES
from aid.workbook.batches import changed_past_batch
from aid.workbook.columns import NUMBER_LENGTH, number_column, union_column
from aid.workbook.ledger import short_of_reserved, spent_beyond_raised
from portal.workbook.cells import AmountCell, CodeCell, DateCell, TextCell
from portal.workbook.importing.sheet import ImportedSheet, cached
from portal.workbook.sheets import Column


class ContributionSheet(ImportedSheet):
    title = "资金筹集"
    model = Contribution

    number = number_column()
    union = union_column()
    received_on = Column("收款日期", "received_on", DateCell(), required=True)
    source = Column("来源", "source", CodeCell(FundSource), required=True)
    amount = Column("金额(元)", "amount", AmountCell(), required=True)
    donor = Column("出资方", "donor", TextCell(100))
    voucher = Column("凭证号", "voucher", TextCell(50))

    def complete(self, record, row):
        if record.union_id:
            record.place_in(record.union)


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
    set_rules = (spent_beyond_raised, short_of_reserved, changed_past_batch)

    number = number_column()
    case = Column(
        "助学申请编号", "case", TextCell(NUMBER_LENGTH), required=True, refers=("助学申请",), path="case__number"
    )
    paid_on = Column("发放日期", "paid_on", DateCell(future=True), required=True)
    amount = Column("金额(元)", "amount", AmountCell(), required=True)
    source = Column("资金来源", "source", CodeCell(FundSource), required=True)
    method = Column("发放方式", "method", CodeCell(PaymentMethod), required=True)
    status = Column("状态", "status", CodeCell(PaymentStatus), required=True)
    voucher = Column("凭证号", "voucher", TextCell(50))

    def complete(self, record, row):
        case = cached(record, "case")
        if case is not None:
            record.place_with(case)

    def remarks(self, book, row):
        payment = row.record
        if payment.is_paid and not payment.case.campaign.holds(payment.paid_on):
            yield _("发放日期不在 %(year)d 活动年度之内，不计入任何统计表") % {"year": payment.case.campaign.year}
