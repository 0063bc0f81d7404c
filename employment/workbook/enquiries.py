"""咨询登记: a workbook of its own, by which the hotline's enquiries come in; the case workbook's sheets are fixed."""

import re
from collections.abc import Iterator
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.workbook.columns import ID_WORDS, TELEPHONE_WORDS, number_column, union_column
from employment.enums import EnquiryChannel, EnquiryKind, EnquiryOutcome
from employment.models import Enquiry
from portal.record_rules import Fault, Party
from portal.words.identity_kinds import is_of_unknown_region
from portal.words.pinyin import initials
from portal.workbook.cells import CellFault, CodeCell, DateCell, IdNumberCell, NameCell, TelephoneCell, TextCell
from portal.workbook.importing.book import Book
from portal.workbook.importing.links import UnionColumn
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.sheets import Column, Workbook

LONGEST_TEXT = 1000
SHORT_CHANNEL = {
    "12351": "12351 热线",
    "12351热线": "12351 热线",
    "12351职工热线": "12351 热线",
    "12351职工服务热线": "12351 热线",
    "职工服务热线": "12351 热线",
    "热线": "12351 热线",
    "热线电话": "12351 热线",
    "走访": "来访",
    "现场": "来访",
    "电话": "来电",
    "信件": "来信",
    "网络": "网上",
    "网站": "网上",
}
SHORT_KIND = {
    "就业": "求职",
    "找工作": "求职",
    "求职就业": "求职",
    "就业求助": "求职",
    "困难": "困难求助",
    "求助": "困难求助",
    "困难救助": "困难求助",
    "生活困难": "困难求助",
    "帮困": "困难求助",
    "助学": "困难求助",
    "其他": "其他咨询",
    "其它": "其他咨询",
    "咨询": "其他咨询",
    "政策咨询": "其他咨询",
}
CHANNELS = (
    (re.compile("12351|热线"), EnquiryChannel.HOTLINE),
    (re.compile("微信|公众号|网|邮箱|邮件|app|小程序", re.IGNORECASE), EnquiryChannel.ONLINE),
    (re.compile("来访|上门|接待|窗口|现场"), EnquiryChannel.VISITOR),
)
KINDS = (
    (re.compile("求职|就业|招聘|找工作|岗位"), EnquiryKind.JOB_SEEKING),
    (re.compile("困难|救助|帮扶|帮困|助学|生活|大病"), EnquiryKind.HARDSHIP),
    (re.compile("政策|法律|劳动|争议|维权|权益|工资|欠薪|社保|合同|工伤|投诉|建议|咨询"), EnquiryKind.OTHER),
)


def channel_of(text: str) -> tuple[str, bool] | None:
    """The channel that the words name, if they name one: 官方微信, 12351转来."""
    return _only(CHANNELS, text)


def kind_of(text: str) -> tuple[str, bool] | None:
    """What an enquiry is about, if its words name one thing: 帮扶救助, 劳动争议; 困难职工就业 is asked for."""
    return _only(KINDS, text)


def _only(kinds, text: str) -> tuple[str, bool] | None:
    named = [kind for words, kind in kinds if words.search(text)]
    return (str(named[0].label), True) if len(named) == 1 else None


def changes_of_closed(book: Book) -> Iterator[Fault]:
    """An enquiry that was closed stays as it was answered."""
    for row in book.records_of(Enquiry):
        if row.is_new or row.record.is_open or not row.changed:
            continue
        party = Party(row.record, "number", frozenset(row.changed), as_changed=True)
        message = gettext_lazy("该咨询已办结（%(outcome)s），不能修改；确需更正的请先重新办理")
        yield Fault(message, (party,), {"outcome": row.record.get_outcome_display()})


class EnquirySheet(ImportedSheet):
    title = "咨询登记"
    model = Enquiry
    set_rules = (changes_of_closed,)

    subjects = ("来电人", "来访人", "诉求人", "咨询人", "反映人", "求助人", "本人")

    number = number_column(synonyms=("工单编号", "工单号", "受理编号", "咨询编号", "登记编号", "来电编号"))
    union = union_column("承办单位", "受理单位", "转办单位")
    received_on = Column(
        "受理日期",
        "received_on",
        DateCell(),
        required=True,
        synonyms=(
            "受理时间",
            "来电时间",
            "来电日期",
            "登记时间",
            "登记日期",
            "咨询日期",
            "咨询时间",
            "来访日期",
            "派单日期",
            "反映日期",
            "求助日期",
            "日期",
            "时间",
        ),
    )
    channel = Column(
        "来源渠道",
        "channel",
        CodeCell(EnquiryChannel, short=SHORT_CHANNEL, grown=channel_of),
        required=True,
        synonyms=(
            "来源",
            "渠道",
            "受理渠道",
            "受理方式",
            "诉求来源",
            "来源方式",
            "登记渠道",
            "渠道来源",
            "咨询方式",
            "诉求渠道",
            "反映渠道",
            "工单来源",
        ),
    )
    kind = Column(
        "诉求类别",
        "kind",
        CodeCell(EnquiryKind, short=SHORT_KIND, grown=kind_of),
        required=True,
        synonyms=(
            "诉求类型",
            "咨询类别",
            "咨询类型",
            "问题类别",
            "问题类型",
            "业务类型",
            "业务类别",
            "工单类型",
            "来访类别",
            "来电类别",
            "事项类别",
            "诉求性质",
            "类别",
            "类型",
        ),
    )
    name = Column(
        "姓名",
        "name",
        NameCell(50),
        required=True,
        synonyms=("来电人", "来访人", "诉求人", "咨询人", "反映人", "求助人", "当事人", "职工"),
    )
    id_number = Column("身份证号", "id_number", IdNumberCell(), synonyms=ID_WORDS)
    telephone = Column(
        "联系电话",
        "telephone",
        TelephoneCell(),
        synonyms=(*TELEPHONE_WORDS, "来电号码", "主叫号码", "来电电话", "号码"),
        rest_to="text",
    )
    text = Column(
        "诉求内容",
        "text",
        TextCell(LONGEST_TEXT, multiline=True),
        required=True,
        synonyms=(
            "来电内容",
            "咨询内容",
            "反映内容",
            "问题描述",
            "诉求描述",
            "工单内容",
            "主要内容",
            "内容",
            "诉求",
            "咨询事项",
            "来电事项",
            "来访事项",
            "来访事由",
            "来电事由",
            "诉求事项",
            "反映事项",
            "反映问题",
            "反映情况",
            "事由",
            "事项",
            "来访内容",
            "求助内容",
            "求助事项",
        ),
    )

    def complete(self, record, row):
        record.initials = initials(record.name)
        if record.union_id:
            record.place_in(record.union)

    def remarks(self, book, row):
        if not row.record.telephone and not row.record.id_number:
            yield _("没有联系电话，也没有证件号码，将无法联系和核对此人")
        if row.record.id_number and is_of_unknown_region(row.record.id_number):
            yield _("身份证号的地区代码不在现行或历史名录中，请核对")


def changes_of_handed_down(book: Book) -> Iterator[Fault]:
    """What a unit has is no more the city's to change by a list."""
    for row in book.records_of(Enquiry):
        if row.is_new or row.record.handed_on is None or not row.record.is_open or not row.changed:
            continue
        party = Party(row.record, "number", frozenset(row.changed), as_changed=True)
        yield Fault(gettext_lazy("该咨询已下派“%(union)s”办理，不能修改"), (party,), {"union": row.record.union.name})


class MeantForColumn(UnionColumn):
    """The unit that the hotline's list hands an enquiry to: a union of the city, by code or name."""

    def resolve(self, book, value, found):
        try:
            union = super().resolve(book, value, found)
        except CellFault:
            words = _("本市没有名称或编码为“%(name)s”的工会，请改填工会全称或编码，不确定的留空，下派时再选")
            raise CellFault(words % {"name": value}) from None
        if union.is_city:
            raise CellFault(_("市总自己办理的，不用填承办单位"))
        return union


class HotlineSheet(EnquirySheet):
    """Enquiries that the city's department takes in: no union yet, and numbers that only the city's have."""

    meant_for = MeantForColumn(
        "承办单位",
        "meant_for",
        TextCell(100),
        path="meant_for__code",
        note=gettext_lazy("热线要交给哪个单位办；导入后还要由市总下派"),
        synonyms=(
            "承办工会", "转办单位", "转派单位", "下派单位", "派往单位", "责任单位", "办理单位", "处理单位",
            "承办单位名称", "主办单位", "转交单位",
        ),
    )  # fmt: skip

    set_rules = (changes_of_closed, changes_of_handed_down)

    @cached_property
    def columns(self):
        return tuple(column for column in super().columns if column.attribute != "union")

    def on_file(self, union, column, values):
        return super().on_file(union, column, values).filter(from_city=True)

    def complete(self, record, row):
        record.initials = initials(record.name)
        if record._state.adding:
            record.from_city, record.outcome = True, EnquiryOutcome.TO_HAND_DOWN

    def settle(self, book, rows):
        for row in rows:
            if row.is_new:
                row.bound.place_in(book.unit)


ENQUIRY_WORKBOOK = Workbook(sheets=(EnquirySheet(),))
HOTLINE_WORKBOOK = Workbook(sheets=(HotlineSheet(),))
