"""子女 and 升学."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _

from aid.enums import STAGE_ALIASES, STAGE_RANK, Stage
from aid.models import Child, Entry, Household
from aid.record_rules import CHILD_RULES
from aid.relations import sex_against_relation
from aid.workbook.columns import FILE_WORDS, PersonColumn, household_column, number_column
from aid.workbook.cutting import SCHOOL_AND_GRADE, school_and_grade, stage_of_grade
from aid.workbook.known import children_of_an_open_household
from aid.workbook.remarks import about_person, recall_names
from portal.models.voidable import all_of
from portal.record_rules import Doubt, Fault, Party
from portal.words.pinyin import initials
from portal.workbook.cells import CodeCell, DateCell, IdNumberCell, NameCell, TextCell
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.sheet import ImportedSheet, cached, changed_pks
from portal.workbook.sheets import Column, TwoInOne

SCHOOL_LENGTH = 100
SCHOOL_WORDS = (
    "学校", "学校名称", "就读学校名称", "所在学校", "在读学校", "现就读学校", "就读院校", "就读(录取)学校",
    "就读或录取学校", "录取学校", "录取院校", "所读学校", "现读学校", "学校全称", "就学学校",
)  # fmt: skip
COMPARED = frozenset({"child", "stage", "entered_on"})


def child_column() -> Column:
    """A reference to a child by identity number."""
    return Column(
        "子女身份证号", "child", IdNumberCell(), required=True, refers=("子女",), path="child__person__id_number"
    )


STAGE_WORDS = (
    "学历层次", "学历", "学习阶段", "教育阶段", "就读阶段", "就学阶段", "在读学段", "就读学段", "现就读学段",
    "学业阶段", "录取学历", "录取层次", "培养层次", "学历类别", "就读学历", "就读层次",
)  # fmt: skip
SHORT_STAGE = {
    "小学生": "小学",
    "初级中学": "初中",
    "初中生": "初中",
    "普高": "高中",
    "普通高中": "高中",
    "高级中学": "高中",
    "高中生": "高中",
    "中等职业": "中职",
    "中等职业教育": "中职",
    "职校": "中职",
    "中专生": "中职",
    "专科": "大专",
    "高职": "大专",
    "大学专科": "大专",
    "高职高专": "大专",
    "大学本科": "本科",
    "本科生": "本科",
    "硕士": "研究生",
    "博士": "研究生",
    "硕士研究生": "研究生",
    "博士研究生": "研究生",
}


def stage_cell() -> CodeCell:
    return CodeCell(Stage, aliases=STAGE_ALIASES, short=SHORT_STAGE, grown=stage_of_grade)


class ChildSheet(ImportedSheet):
    title = "子女"
    model = Child
    related = ("person", "household__worker", "household__union")
    rules = CHILD_RULES
    set_rules = (children_of_an_open_household,)
    subjects = (
        "受助学生",
        "受助人",
        "受助对象",
        "困难学生",
        "在读子女",
        "在校子女",
        "就学子女",
        "困难职工子女",
        "职工子女",
        "子女",
        "学生",
        "考生",
        "孩子",
    )
    two_in_one = (TwoInOne(SCHOOL_AND_GRADE, ("school", "grade"), school_and_grade),)

    person = PersonColumn("person")
    household = household_column(synonyms=FILE_WORDS)
    name = Column(
        "姓名", "name", NameCell(50), required=True, synonyms=("名字", "子女", "学生", "孩子", "受助学生", "考生")
    )
    relation = Column(
        "与职工关系",
        "relation",
        TextCell(20),
        synonyms=("关系", "与家长关系", "与户主关系", "与申请人关系", "与本人关系", "亲属关系", "家庭关系"),
    )
    stage = Column("学段", "stage", stage_cell(), required=True, synonyms=STAGE_WORDS)
    grade = Column(
        "年级",
        "grade",
        TextCell(20),
        synonyms=(
            "就读年级",
            "读几年级",
            "几年级",
            "所在年级",
            "现读年级",
            "在读年级",
            "班级",
            "年级班级",
            "所在班级",
            "就读班级",
            "年级及班级",
            "年级、班级",
            "年级/班级",
        ),
    )
    school = Column("就读学校", "school", TextCell(SCHOOL_LENGTH), synonyms=SCHOOL_WORDS)

    def complete(self, record, row):
        record.initials = initials(record.name)
        household = cached(record, "household")
        if household is not None:
            record.on_file = household.is_open
            record.place_with(household)

    def followers(self, book):
        for chunk in in_chunks(changed_pks(book, Household, "union", "closed_on")):
            yield all_of(Child).filter(household__in=chunk)

    def recall(self, book):
        recall_names(book, Child, "person", "name")

    def remarks(self, book, row):
        yield from about_person(book, row.record.person, row.record.name)

    def doubts(self, book, row):
        fresh = row.changed & {"relation", "person"}
        if fresh and (words := sex_against_relation(row.record.relation, row.record.person.sex)):
            yield Doubt("relation", words)


def stages_rise(book):
    """By date, each entry of a child is higher than every earlier one; two on one day are refused."""
    by_child = defaultdict(list)
    for row in book.records_of(Entry):
        if not row.faulty & COMPARED:
            by_child[id(row.record.child)].append(row.record)
    for entry in _entries_on_file(book, [entries[0].child for entries in by_child.values()]):
        by_child[id(entry.child)].append(entry)
    for entries in by_child.values():
        yield from _not_rising(book, entries)


def _entries_on_file(book, children):
    in_workbook = book.pks(Entry)
    for chunk in in_chunks(child.pk for child in children if child.pk):
        for entry in Entry.objects.filter(child__in=chunk).select_related(*EntrySheet.related):
            if entry.pk not in in_workbook:
                yield book.adopt(entry)


def _not_rising(book, entries):
    def order(entry):
        row = book.row_of(entry)
        return entry.entered_on, row.number if row else 0

    entries.sort(key=order)
    for place, later in enumerate(entries):
        for earlier in entries[:place]:
            same_day = earlier.entered_on == later.entered_on
            if same_day or STAGE_RANK[later.stage] <= STAGE_RANK[earlier.stage]:
                message = _("同一子女同一天有两次升学") if same_day else _("升入的学段应高于此前的升学")
                yield Fault(message, tuple(Party(entry, "stage", COMPARED) for entry in (later, earlier)))
                break


class EntrySheet(ImportedSheet):
    title = "升学"
    model = Entry
    related = ("child__person", "child__household__worker", "child__household__union", "child__union")
    exclusive = ("child", "entered_on")
    set_rules = (stages_rise,)

    number = number_column()
    child = child_column()
    stage = Column("升入学段", "stage", stage_cell(), required=True)
    entered_on = Column("升学日期", "entered_on", DateCell(), required=True)
    school = Column("录取学校", "school", TextCell(SCHOOL_LENGTH))

    def complete(self, record, row):
        child = cached(record, "child")
        if child is not None:
            record.place_with(child)

    def followers(self, book):
        for chunk in in_chunks(changed_pks(book, Household, "union")):
            yield all_of(Entry).filter(child__household__in=chunk)
        for chunk in in_chunks(changed_pks(book, Child, "household")):
            yield all_of(Entry).filter(child__in=chunk)
