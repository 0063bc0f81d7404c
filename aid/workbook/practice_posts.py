"""社会实践岗位."""

from aid.models import PracticePost
from aid.workbook.columns import number_column, union_column
from portal.workbook.cells import DateCell, TextCell, WholeCell
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.sheets import Column

MOST_POSTS = 1_000_000


class PracticePostSheet(ImportedSheet):
    title = "社会实践岗位"
    model = PracticePost

    number = number_column()
    union = union_column()
    contacted_on = Column("联系日期", "contacted_on", DateCell(), required=True)
    employer = Column("单位名称", "employer", TextCell(100), required=True)
    posts = Column("岗位数", "posts", WholeCell(0, MOST_POSTS), required=True)
    description = Column("岗位说明", "description", TextCell(200))

    def complete(self, record, row):
        if record.union_id:
            record.place_in(record.union)
