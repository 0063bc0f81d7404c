"""典型: a sheet that no workbook carries, for the form of the browser."""

from aid.enums import ExemplarKind
from aid.models import Exemplar
from aid.workbook.columns import number_column, union_column
from portal.workbook.cells import CodeCell, DateCell, TextCell
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.sheets import Column

LONGEST_STORY = 5000


class ExemplarSheet(ImportedSheet):
    title = "典型"
    model = Exemplar

    number = number_column()
    kind = Column("典型类别", "kind", CodeCell(ExemplarKind), required=True)
    name = Column("单位或个人名称", "name", TextCell(100), required=True)
    title_ = Column("标题", "title", TextCell(100), required=True)
    story = Column("事迹", "story", TextCell(LONGEST_STORY, multiline=True), required=True)
    consent_by = Column("同意人", "consent_by", TextCell(50))
    consent_on = Column("同意宣传日期", "consent_on", DateCell())
    union = union_column()

    def complete(self, record, row):
        if record.union_id:
            record.place_in(record.union)
