"""困难职工家庭."""

from aid.enums import HardshipCategory, WorkerCategory
from aid.models import Household
from aid.rules import HOUSEHOLD_RULES
from aid.workbook.columns import NUMBER_LENGTH, PersonColumn, union_column
from aid.workbook.known import workers_with_an_open_file
from aid.workbook.remarks import about_person, recall_names
from portal.pinyin import initials
from portal.workbook.cells import (
    AmountCell,
    CardCell,
    CodeCell,
    DateCell,
    TelephoneCell,
    TextCell,
    WholeCell,
    YesNoCell,
)
from portal.workbook.importing.sheet import IdentityColumn, ImportedSheet
from portal.workbook.sheets import Column


class HouseholdSheet(ImportedSheet):
    title = "困难职工家庭"
    model = Household
    related = ("worker",)
    exclusive = ("worker", "closed_on")
    rules = HOUSEHOLD_RULES
    set_rules = (workers_with_an_open_file,)

    number = IdentityColumn("档案编号", "number", TextCell(NUMBER_LENGTH), required=True)
    union = union_column()
    worker_name = Column("职工姓名", "worker_name", TextCell(50), required=True)
    worker = PersonColumn("worker")
    worker_category = Column("职工类别", "worker_category", CodeCell(WorkerCategory), required=True)
    single_parent = Column("单亲", "single_parent", YesNoCell(), required=True)
    hardship_category = Column("困难类别", "hardship_category", CodeCell(HardshipCategory), required=True)
    cause = Column("致困原因", "cause", TextCell(200))
    employer = Column("工作单位", "employer", TextCell(100))
    telephone = Column("联系电话", "telephone", TelephoneCell())
    address = Column("家庭住址", "address", TextCell(200))
    family_size = Column("家庭人口", "family_size", WholeCell(1, 999))
    monthly_income = Column("家庭月收入(元)", "monthly_income", AmountCell(minimum=0, exclusive=False))
    bank_name = Column("开户银行", "bank_name", TextCell(100))
    bank_card = Column("银行卡号", "bank_card", CardCell())
    filed_on = Column("建档日期", "filed_on", DateCell(), required=True)
    closed_on = Column("注销日期", "closed_on", DateCell())
    closed_reason = Column("注销原因", "closed_reason", TextCell(100))

    def complete(self, record, row):
        record.worker_initials = initials(record.worker_name)
        if record.union_id:
            record.place_in(record.union)

    def recall(self, book):
        recall_names(book, Household, "worker", "worker_name")

    def remarks(self, book, row):
        yield from about_person(book, row.record.worker, row.record.worker_name)
