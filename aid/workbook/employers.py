"""用人单位: a sheet that no workbook carries, for the form of the browser."""

from aid.enums import Trade
from aid.models import Employer
from aid.workbook.columns import number_column, union_column
from portal.workbook.cells import CodeCell, CreditCodeCell, TelephoneCell, TextCell
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.sheets import Column


class EmployerSheet(ImportedSheet):
    title = "用人单位"
    model = Employer

    number = number_column()
    name = Column("单位名称", "name", TextCell(100), required=True)
    credit_code = Column("统一社会信用代码", "credit_code", CreditCodeCell())
    trade = Column("行业", "trade", CodeCell(Trade))
    district = Column("所在区县", "district", TextCell(50))
    contact = Column("联系人", "contact", TextCell(50))
    telephone = Column("联系电话", "telephone", TelephoneCell())
    note = Column("说明", "note", TextCell(200))
    union = union_column()

    def complete(self, record, row):
        if record.union_id:
            record.place_in(record.union)
