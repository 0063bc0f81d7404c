"""就业活动与岗位."""

from aid.workbook.columns import number_column, union_column
from aid.workbook.practice_posts import MOST_POSTS
from employment.enums import EventKind, OfferChannel
from employment.models import JobEvent
from employment.rules import JOB_EVENT_RULES
from employment.workbook.vacancies import event_below_its_vacancies
from portal.workbook.cells import CodeCell, DateCell, TextCell, WholeCell
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.sheets import Column


class JobEventSheet(ImportedSheet):
    title = "就业活动与岗位"
    model = JobEvent
    rules = JOB_EVENT_RULES
    set_rules = (event_below_its_vacancies,)

    number = number_column()
    union = union_column()
    held_on = Column("日期", "held_on", DateCell(future=True), required=True)
    kind = Column("类型", "kind", CodeCell(EventKind), required=True)
    title_ = Column("名称", "title", TextCell(100), required=True)
    channel = Column("渠道", "channel", CodeCell(OfferChannel))
    posts = Column("岗位数", "posts", WholeCell(0, MOST_POSTS), required=True)

    def complete(self, record, row):
        if record.union_id:
            record.place_in(record.union)
