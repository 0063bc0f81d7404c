"""相关部门: a sheet that no workbook carries, for the form of the browser."""

from aid.enums import OfficeKind
from aid.models import Office
from aid.workbook.columns import number_column, union_column
from portal.workbook.cells import CodeCell, TelephoneCell, TextCell
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.sheets import Column


class OfficeSheet(ImportedSheet):
    title = "相关部门"
    model = Office

    number = number_column()
    kind = Column("部门类别", "kind", CodeCell(OfficeKind), required=True)
    name = Column("部门名称", "name", TextCell(100), required=True)
    district = Column("所在区", "district", TextCell(50))
    contact = Column("联系人", "contact", TextCell(50))
    telephone = Column("联系电话", "telephone", TelephoneCell())
    note = Column("办理事项", "note", TextCell(200))
    union = union_column()

    def complete(self, record, row):
        if record.union_id:
            record.place_in(record.union)
