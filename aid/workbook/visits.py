"""走访慰问."""

from aid.enums import VisitWay
from aid.models import Household, Visit
from aid.workbook.columns import number_column
from portal.workbook.cells import CodeListCell, DateCell, IdNumberCell, TextCell
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.sheets import Column


class VisitSheet(ImportedSheet):
    title = "走访慰问"
    model = Visit
    related = ("person",)

    number = number_column()
    person = Column(
        "走访对象身份证号",
        "person",
        IdNumberCell(),
        required=True,
        refers=("子女", "高校毕业生", "困难职工家庭"),
        path="person__id_number",
    )
    visited_on = Column("走访日期", "visited_on", DateCell(), required=True)
    visitor = Column("走访人", "visitor", TextCell(50), required=True)
    ways = Column("慰问方式", "ways", CodeListCell(VisitWay))
    needs = Column("需求与反馈", "needs", TextCell(1000))

    def referred(self, column, found):
        return found.worker if isinstance(found, Household) else found.person

    def complete(self, record, row):
        if row is not None and row.is_new and "person" in row.targets:
            record.place_with(row.targets["person"])
