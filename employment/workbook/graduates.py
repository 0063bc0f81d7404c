"""高校毕业生."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.models import Child, Household
from aid.workbook.columns import FILE_WORDS, PersonColumn, household_column
from aid.workbook.known import names_of_units
from aid.workbook.remarks import about_person, recall_names
from employment.enums import Degree, Intention, Location
from employment.models import Graduate
from portal.models import REPORTING_PATH_LENGTH
from portal.models.voidable import all_of
from portal.record_rules import Fault, Party
from portal.unions.home_city import is_denied, is_home
from portal.words.pinyin import initials
from portal.workbook.cells import CodeCell, DateCell, NameCell, TextCell
from portal.workbook.importing.book import Book
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.sheet import ImportedSheet, cached, changed_pks
from portal.workbook.sheets import Column

SHORT_LOCATION = {
    "本地": "本市",
    "本市生源": "本市",
    "外省": "外地",
    "外省市": "外地",
    "外地生源": "外地",
    "非本市": "外地",
}
# Provinces, as a place begins with them; a place of this city is told before.
ELSEWHERE = re.compile(
    "(?:北京|天津|上海|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南"
    "|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾)[\u4e00-\u9fff]*"
)


def place_of(text: str) -> tuple[str, bool] | None:
    """本市 or 外地 of a place that is named: 江苏南京, 上海市徐汇区, 非上海."""
    if not is_denied(text) and is_home(text):
        return str(Location.LOCAL.label), True
    return (str(Location.ELSEWHERE.label), True) if is_denied(text) or ELSEWHERE.fullmatch(text) else None


SHORT_DEGREE = {
    "专科": "大专",
    "高职": "大专",
    "大学专科": "大专",
    "大学本科": "本科",
    "大学": "本科",
    "学士": "本科",
    "硕士": "研究生",
    "博士": "研究生",
    "硕士研究生": "研究生",
    "博士研究生": "研究生",
}
SHORT_INTENTION = {
    "已就业": "已自谋职业",
    "自谋职业": "已自谋职业",
    "已签约": "已自谋职业",
    "待业": "需要就业帮扶",
    "未就业": "需要就业帮扶",
    "待就业": "需要就业帮扶",
    "需要帮扶": "需要就业帮扶",
    "需就业帮扶": "需要就业帮扶",
    "需帮扶": "需要就业帮扶",
    "升学": "升学及其他",
    "考研": "升学及其他",
    "读研": "升学及其他",
    "出国": "升学及其他",
    "其他": "升学及其他",
    "是": "需要就业帮扶",
    "需要": "需要就业帮扶",
}
INTENTIONS = (
    (
        re.compile("(?:未|没有?|无|待|尚未|暂未)(?:就业|落实|签约|找到|业)|失业|求职|找工作|需要?[^不需]*帮[扶助]"),
        Intention.NEEDS_HELP,
    ),
    (re.compile("升学|考研|读研|深造|出国|留学|考博|专升本|参军|入伍|服役"), Intention.FURTHER_STUDY),
    (re.compile("就业|签约|落实|创业|自谋|上班|在职|录用|入职|参加工作"), Intention.SELF_PLACED),
)
NOT_WANTED = re.compile("不|暂缓|拟|无需")


def intention_of(text: str) -> tuple[str, bool] | None:
    """What becomes of a graduate, in any words: 求职中, 灵活就业, 准备考研. The first that fits."""
    if NOT_WANTED.search(text):
        return None
    return next(((str(intention.label), True) for words, intention in INTENTIONS if words.search(text)), None)


HOLDING_FIELDS = frozenset({"person", "household"})


def students_known_elsewhere(book: Book) -> Iterator[Fault]:
    """A child or graduate of an open household is refused while another unit has the person in an open household.

    Children against children is the rule of the sheet 子女; here graduates come in, on either side.
    """
    graduates = list(_held(book, Graduate))
    children = list(_held(book, Child))
    yield from _elsewhere(book, graduates, Graduate.objects.filter(household__closed_on__isnull=True))
    yield from _elsewhere(book, graduates, Child.objects.filter(on_file=True))
    yield from _elsewhere(book, children, Graduate.objects.filter(household__closed_on__isnull=True))


def _held(book: Book, model) -> Iterator:
    for row in book.records_of(model):
        if not row.faulty & HOLDING_FIELDS and row.record.household.is_open:
            yield row.record


def _elsewhere(book: Book, records: list, on_file) -> Iterator[Fault]:
    by_person = {record.person.pk: record for record in records if record.person.pk}
    unit_path = book.unit.reporting_path
    rivals = [
        (by_person[person], path)
        for chunk in in_chunks(by_person)
        for person, path in on_file.filter(person__in=chunk).values_list("person", "union_path")
        if not path.startswith(unit_path)
    ]
    units = names_of_units(path for _record, path in rivals)
    for record, path in rivals:
        parties = (
            Party(record, "person", HOLDING_FIELDS),
            Party(record.household, "closed_on", frozenset({"closed_on"})),
        )
        message = gettext_lazy("此人在“%(unit)s”已有在档的家庭，如需转入请联系该单位办理转移")
        yield Fault(message, parties, {"unit": units[path[:REPORTING_PATH_LENGTH]]})


class GraduateSheet(ImportedSheet):
    title = "高校毕业生"
    model = Graduate
    related = ("person", "household__worker", "household__union")
    set_rules = (students_known_elsewhere,)

    subjects = ("高校毕业生", "毕业生", "大学生", "毕业子女", "学生", "子女", "本人")

    person = PersonColumn("person")
    household = household_column(synonyms=FILE_WORDS)
    name = Column("姓名", "name", NameCell(50), required=True, synonyms=("名字", "毕业生", "学生"))
    school = Column(
        "毕业院校",
        "school",
        TextCell(100),
        synonyms=("毕业学校", "院校", "院校名称", "学校", "学校名称", "毕业院校名称"),
    )
    school_location = Column(
        "院校所在地",
        "school_location",
        CodeCell(Location, short=SHORT_LOCATION, grown=place_of),
        required=True,
        synonyms=(
            "学校所在地",
            "毕业院校所在地",
            "院校地区",
            "院校属地",
            "学校属地",
            "院校地点",
            "就读地",
            "院校所在省市",
            "学校所在省市",
            "院校所在省份",
            "院校所在城市",
            "学校地点",
            "院校地址",
        ),
    )
    origin = Column(
        "生源地",
        "origin",
        CodeCell(Location, short=SHORT_LOCATION, grown=place_of),
        required=True,
        synonyms=("生源", "生源所在地", "生源地区", "生源所在省市", "生源省市", "生源类型", "户籍所在地"),
    )
    degree = Column(
        "学历",
        "degree",
        CodeCell(Degree, short=SHORT_DEGREE),
        required=True,
        synonyms=("学历层次", "最高学历", "学历程度", "文化程度", "毕业学历", "学历学位", "学历层级", "学位"),
    )
    graduated_on = Column(
        "毕业日期", "graduated_on", DateCell(future=True), required=True, synonyms=("毕业时间", "毕业年月日")
    )
    intention = Column(
        "就业意向",
        "intention",
        CodeCell(Intention, short=SHORT_INTENTION, grown=intention_of),
        required=True,
        synonyms=(
            "意向",
            "就业意愿",
            "就业状况",
            "就业情况",
            "就业状态",
            "求职意向",
            "毕业去向",
            "就业去向",
            "是否需要就业帮扶",
            "帮扶意愿",
            "就业现状",
            "目前状况",
            "去向",
        ),
    )
    contract_on = Column(
        "签约日期",
        "contract_on",
        DateCell(),
        synonyms=("签约时间", "就业日期", "就业时间", "落实工作日期", "签订合同日期"),
    )
    registered_on = Column("登记日期", "registered_on", DateCell(), required=True, synonyms=("登记时间", "录入日期"))
    closed_on = Column("结束跟踪日期", "closed_on", DateCell(), synonyms=("结束跟踪时间",))

    def complete(self, record, row):
        record.initials = initials(record.name)
        household = cached(record, "household")
        if household is not None:
            record.place_with(household)

    def followers(self, book):
        for chunk in in_chunks(changed_pks(book, Household, "union")):
            yield all_of(Graduate).filter(household__in=chunk)

    def recall(self, book):
        recall_names(book, Graduate, "person", "name")

    def remarks(self, book, row):
        yield from about_person(book, row.record.person, row.record.name)
        if row.record.registered_on < row.record.household.filed_on:
            yield _("登记日期早于该户的建档日期")
