"""就业活动与岗位."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from aid.workbook.columns import number_column, union_column
from aid.workbook.practice_posts import EMPLOYER_WORDS, MOST_POSTS, POSTS_WORDS
from employment.enums import EVENT_KINDS, EventKind, OfferChannel
from employment.models import Attendance, JobEvent
from employment.record_rules import JOB_EVENT_RULES
from employment.workbook.vacancies import event_below_its_vacancies
from portal.record_rules import Fault
from portal.workbook.cells import CodeCell, DateCell, TextCell, WholeCell
from portal.workbook.importing.book import Book
from portal.workbook.importing.sheet import ImportedSheet, people_came
from portal.workbook.sheets import Column

SHORT_KIND = {
    "招聘": "招聘会",
    "专场招聘会": "招聘会",
    "招聘活动": "招聘会",
    "其他": "其他就业服务活动",
    "其他活动": "其他就业服务活动",
    "就业服务活动": "其他就业服务活动",
    "岗位": "岗位提供",
    "提供岗位": "岗位提供",
}
SHORT_CHANNEL = {
    "国有企业": "国有大中型企业",
    "国企": "国有大中型企业",
    "国有大中型": "国有大中型企业",
    "国有": "国有大中型企业",
    "劳模": "劳模企业",
    "爱心企业": "社会爱心企业",
    "公益性岗位": "政府公益性岗位",
    "公益岗位": "政府公益性岗位",
    "政府公益岗位": "政府公益性岗位",
}


def event_that_people_came_to(book: Book) -> Iterator[Fault]:
    """Whoever has signed in came to an event, in its union, on a day that is not ahead."""
    return people_came(
        book,
        JobEvent,
        Attendance,
        "event",
        _("已有 %(people)d 人签到，不能改为岗位提供、换工会或改为以后举行"),
        odd=lambda event: event.kind not in EVENT_KINDS,
        unmoved=frozenset({"kind"}),
    )


class JobEventSheet(ImportedSheet):
    title = "就业活动与岗位"
    model = JobEvent
    rules = JOB_EVENT_RULES
    dated_by = "held_on"
    set_rules = (event_below_its_vacancies, event_that_people_came_to)

    number = number_column(synonyms=("活动编号", "岗位编号"))
    union = union_column()
    held_on = Column(
        "日期",
        "held_on",
        DateCell(future=True),
        required=True,
        synonyms=("活动日期", "举办日期", "举办时间", "活动时间", "提供日期", "发布日期", "登记日期", "时间"),
    )
    kind = Column(
        "类型",
        "kind",
        CodeCell(EventKind, short=SHORT_KIND),
        required=True,
        synonyms=("活动类型", "类别", "活动形式", "形式"),
    )
    title_ = Column(
        "名称", "title", TextCell(100), required=True, synonyms=("活动名称", "招聘会名称", "单位名称", *EMPLOYER_WORDS)
    )
    channel = Column(
        "渠道",
        "channel",
        CodeCell(OfferChannel, short=SHORT_CHANNEL),
        synonyms=("岗位渠道", "岗位来源", "来源渠道", "单位性质", "企业类型", "企业性质", "单位类型"),
    )
    posts = Column("岗位数", "posts", WholeCell(0, MOST_POSTS), required=True, synonyms=POSTS_WORDS)

    def complete(self, record, row):
        if record.union_id:
            record.place_in(record.union)
