"""走访慰问."""

from aid.enums import VisitWay
from aid.models import Household, Visit
from aid.workbook.columns import ID_WORDS, number_column
from portal.workbook.cells import CodeListCell, DateCell, IdNumberCell, TextCell
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.sheets import Column

SHORT_WAY = {
    "谈话": "谈心",
    "谈心谈话": "谈心",
    "谈心交流": "谈心",
    "赠书": "赠送书籍学习用品",
    "送书": "赠送书籍学习用品",
    "书籍": "赠送书籍学习用品",
    "学习用品": "赠送书籍学习用品",
    "赠送书籍": "赠送书籍学习用品",
    "赠送学习用品": "赠送书籍学习用品",
    "送学习用品": "赠送书籍学习用品",
    "送书籍": "赠送书籍学习用品",
    "赠送书籍文具": "赠送书籍学习用品",
    "补课": "暑期补习",
    "补习": "暑期补习",
    "暑期辅导": "暑期补习",
    "其它": "其他",
}


class VisitSheet(ImportedSheet):
    title = "走访慰问"
    model = Visit
    related = ("person",)

    subjects = ("走访对象", "慰问对象", "被走访人", "被慰问人", "困难职工", "职工", "学生", "子女", "毕业生")

    number = number_column(synonyms=("走访编号", "慰问编号", "走访记录编号"))
    person = Column(
        "走访对象身份证号",
        "person",
        IdNumberCell(),
        required=True,
        refers=("子女", "高校毕业生", "困难职工家庭"),
        path="person__id_number",
        synonyms=("身份证号", *ID_WORDS),
    )
    visited_on = Column(
        "走访日期",
        "visited_on",
        DateCell(),
        required=True,
        synonyms=("走访时间", "慰问日期", "慰问时间", "日期", "时间"),
    )
    visitor = Column(
        "走访人",
        "visitor",
        TextCell(50),
        required=True,
        synonyms=("走访人员", "慰问人", "慰问人员", "走访者", "走访干部", "经办人"),
    )
    ways = Column(
        "慰问方式",
        "ways",
        CodeListCell(VisitWay, short=SHORT_WAY),
        synonyms=("走访方式", "走访慰问方式", "方式", "慰问形式", "慰问内容"),
    )
    needs = Column(
        "需求与反馈",
        "needs",
        TextCell(1000),
        synonyms=(
            "需求",
            "反馈",
            "反馈意见",
            "走访情况",
            "走访内容",
            "需求反馈",
            "需求及反馈",
            "困难和需求",
            "主要需求",
        ),
    )

    def referred(self, column, found):
        return found.worker if isinstance(found, Household) else found.person

    def complete(self, record, row):
        if row is not None and row.is_new and "person" in row.targets:
            record.place_with(row.targets["person"])
