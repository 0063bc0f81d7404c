"""助学活动: a sheet that no workbook carries, for the form of the browser and lists of a union's own."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from aid.enums import ActivityKind
from aid.models import Activity, Participation
from aid.workbook.columns import number_column, union_column
from portal.record_rules import Fault
from portal.words.bounds import MOST_AT_ONCE, MOST_HOURS
from portal.workbook.cells import AmountCell, CodeCell, DateCell, TextCell
from portal.workbook.importing.book import Book
from portal.workbook.importing.sheet import ImportedSheet, people_came
from portal.workbook.sheets import Column

KINDS = (
    (re.compile("座谈|谈心会|茶话会|交流会"), ActivityKind.TALK),
    (re.compile("参观|游览|研学"), ActivityKind.OUTING),
    (re.compile("夏令营|冬令营"), ActivityKind.CAMP),
    (re.compile("补习|补课|辅导|托班"), ActivityKind.TUTORING),
    (re.compile("赠书|送书|图书"), ActivityKind.BOOKS),
)


def kind_of(text: str) -> tuple[str, bool] | None:
    """The kind that the words name; of two nobody can tell."""
    named = [str(kind.label) for words, kind in KINDS if words.search(text)]
    return (named[0], True) if len(named) == 1 else None


def activity_that_children_came_to(book: Book) -> Iterator[Fault]:
    """To what is still to come nobody came; who came stays with the union that held it."""
    message = _("已登记 %(people)d 人参加，不能改为以后举行，也不能换工会")
    return people_came(book, Activity, Participation, "activity", message)


class ActivitySheet(ImportedSheet):
    title = "助学活动"
    model = Activity
    set_rules = (activity_that_children_came_to,)

    number = number_column(synonyms=("活动编号",))
    kind = Column(
        "活动类型",
        "kind",
        CodeCell(ActivityKind, grown=kind_of),
        required=True,
        synonyms=("活动形式", "活动类别", "类型"),
    )
    title_ = Column("活动名称", "title", TextCell(100), required=True, synonyms=("活动主题", "主题", "名称"))
    series = Column("所属系列", "series", TextCell(100), synonyms=("系列", "系列名称", "班次", "补习班名称"))
    held_on = Column("活动日期", "held_on", DateCell(future=True), required=True, synonyms=("活动时间", "日期", "时间"))
    place = Column("活动地点", "place", TextCell(100), required=True, synonyms=("地点", "活动场所"))
    hours = Column(
        "时数(小时)", "hours", AmountCell(maximum=MOST_HOURS), synonyms=("时数", "课时", "活动时长", "时长", "小时数")
    )
    cost = Column(
        "费用(元)",
        "cost",
        AmountCell(minimum=0, exclusive=False, maximum=MOST_AT_ONCE),
        synonyms=("活动费用", "活动经费", "经费", "支出"),
    )
    description = Column("活动内容", "description", TextCell(500), synonyms=("内容", "活动情况", "情况"))
    union = union_column("主办单位", "主办工会", "举办单位")

    def complete(self, record, row):
        if record.union_id:
            record.place_in(record.union)
