"""就业帮扶."""

from aid.workbook.columns import number_column
from employment.enums import AssistanceKind
from employment.models import Assistance
from employment.rules import ASSISTANCE_RULES
from portal.workbook.cells import AmountCell, CodeCell, DateCell, IdNumberCell, TextCell
from portal.workbook.importing.sheet import ImportedSheet, cached
from portal.workbook.sheets import Column


class AssistanceSheet(ImportedSheet):
    title = "就业帮扶"
    model = Assistance
    related = ("graduate__person", "graduate__household__worker", "graduate__union")
    rules = ASSISTANCE_RULES

    number = number_column()
    graduate = Column(
        "毕业生身份证号",
        "graduate",
        IdNumberCell(),
        required=True,
        refers=("高校毕业生",),
        path="graduate__person__id_number",
    )
    given_on = Column("日期", "given_on", DateCell(), required=True)
    kind = Column("类别", "kind", CodeCell(AssistanceKind), required=True)
    amount = Column("金额(元)", "amount", AmountCell())
    provider = Column("提供单位", "provider", TextCell(100))
    note = Column("说明", "note", TextCell(200))

    def complete(self, record, row):
        graduate = cached(record, "graduate")
        if row is not None and row.is_new and graduate is not None:
            record.place_with(graduate)
