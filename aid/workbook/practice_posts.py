"""社会实践岗位."""

from aid.models import PracticePost
from aid.workbook.columns import number_column, union_column
from portal.workbook.cells import DateCell, TextCell, WholeCell
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.sheets import Column

MOST_POSTS = 1_000_000
EMPLOYER_WORDS = (
    "用人单位",
    "企业名称",
    "实践单位",
    "岗位单位",
    "提供单位",
    "招聘单位",
    "公司名称",
    "企业",
    "提供岗位单位",
    "岗位提供单位",
    "见习单位",
    "接收单位",
    "单位",
)
POSTS_WORDS = (
    "岗位数量",
    "岗位个数",
    "招聘人数",
    "需求人数",
    "招用人数",
    "提供岗位数",
    "实践岗位数",
    "实践岗位",
    "岗位人数",
    "岗位需求人数",
    "用工人数",
    "需求数量",
    "招工人数",
    "计划招聘人数",
    "拟招人数",
    "可提供岗位数",
    "人数",
    "数量",
)


class PracticePostSheet(ImportedSheet):
    title = "社会实践岗位"
    model = PracticePost

    number = number_column(synonyms=("岗位编号", "实践岗位编号"))
    union = union_column()
    contacted_on = Column(
        "联系日期", "contacted_on", DateCell(), required=True, synonyms=("联系时间", "落实日期", "日期", "登记日期")
    )
    employer = Column("单位名称", "employer", TextCell(100), required=True, synonyms=EMPLOYER_WORDS)
    posts = Column("岗位数", "posts", WholeCell(0, MOST_POSTS), required=True, synonyms=POSTS_WORDS)
    description = Column(
        "岗位说明",
        "description",
        TextCell(200),
        synonyms=("岗位名称", "岗位内容", "岗位", "实践内容", "岗位描述", "说明", "备注"),
    )

    def complete(self, record, row):
        if record.union_id:
            record.place_in(record.union)
