"""走访慰问."""

import re

from django.utils.translation import gettext_lazy as _

from aid.enums import VisitWay
from aid.models import Household, Visit
from aid.workbook.columns import ID_WORDS, number_column
from portal.record_rules import Rule
from portal.words.bounds import MOST_OF_ONE
from portal.workbook.cells import AmountCell, CodeListCell, DateCell, IdNumberCell, TextCell
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
WAYS = (
    (re.compile("谈|聊|交流|慰问信"), VisitWay.TALK),
    (re.compile("书|文具|学习用品|学习用具"), VisitWay.BOOKS),
    (re.compile("补习|补课|辅导"), VisitWay.TUTORING),
    (re.compile("慰问金|慰问品|慰问物资|助学金|现金|红包|礼包|物品|生活用品"), VisitWay.OTHER),
)
BETWEEN = "、"


def ways_of(text: str) -> tuple[str, bool] | None:
    """The ways that words tell of, one or several: 上门谈心, 赠送书包和文具, 发放慰问金."""
    named = [str(way.label) for words, way in WAYS if words.search(text)]
    return (BETWEEN.join(named), True) if named else None


GIFT_RULES = (
    Rule(
        ("goods", "goods_value"),
        lambda visit: bool(visit.goods_value) and not visit.goods,
        _("填了慰问品价值，慰问品也必须填写"),
    ),
)


def gift_money_column() -> Column:
    """What was brought to a visit: in no workbook, as the two columns below."""
    return Column(
        "慰问金(元)", "gift_money", AmountCell(maximum=MOST_OF_ONE), synonyms=("慰问款", "慰问金额", "发放慰问金")
    )


def goods_column() -> Column:
    return Column("慰问品", "goods", TextCell(100), synonyms=("慰问物品", "慰问物资", "物资", "礼品", "慰问品名称"))


def goods_value_column() -> Column:
    words = ("慰问品金额", "物资价值", "慰问物资价值", "慰问品折价", "物资折款")
    return Column("慰问品价值(元)", "goods_value", AmountCell(maximum=MOST_OF_ONE), synonyms=words)


class VisitSheet(ImportedSheet):
    title = "走访慰问"
    model = Visit
    related = ("person",)

    subjects = (
        "走访对象",
        "慰问对象",
        "家访对象",
        "被走访人",
        "被走访对象",
        "被慰问人",
        "困难职工",
        "职工",
        "学生",
        "子女",
        "毕业生",
    )

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
        synonyms=("走访时间", "慰问日期", "慰问时间", "家访日期", "入户日期", "上门日期", "日期", "时间"),
    )
    visitor = Column(
        "走访人",
        "visitor",
        TextCell(50),
        required=True,
        synonyms=(
            "走访人员",
            "慰问人",
            "慰问人员",
            "走访者",
            "走访干部",
            "家访人员",
            "慰问干部",
            "入户人员",
            "走访工作人员",
            "走访领导",
            "经办人",
        ),
    )
    ways = Column(
        "慰问方式",
        "ways",
        CodeListCell(VisitWay, BETWEEN, short=SHORT_WAY, grown=ways_of),
        synonyms=(
            "走访方式",
            "走访慰问方式",
            "方式",
            "慰问形式",
            "慰问内容",
            "家访方式",
            "家访形式",
            "慰问方法",
            "入户方式",
        ),
    )
    needs = Column(
        "需求与反馈",
        "needs",
        TextCell(1000),
        synonyms=(
            "需求",
            "反馈",
            "家庭反映",
            "反映情况",
            "反馈意见",
            "走访情况",
            "走访内容",
            "需求反馈",
            "需求及反馈",
            "困难和需求",
            "主要需求",
            "家庭需求",
            "帮扶需求",
            "困难及需求",
            "困难诉求",
            "反映的困难和需求",
            "反映问题",
            "家访情况",
            "慰问情况",
            "走访慰问情况",
            "主要情况",
        ),
    )

    def referred(self, column, found):
        return found.worker if isinstance(found, Household) else found.person

    def complete(self, record, row):
        if row is not None and row.is_new and "person" in row.targets:
            record.place_with(row.targets["person"])
