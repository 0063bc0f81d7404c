"""困难职工家庭."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import HardshipCategory, WorkerCategory
from aid.models import Household
from aid.record_rules import HOUSEHOLD_RULES
from aid.workbook.columns import (
    FILE_WORDS,
    NUMBER_LENGTH,
    TELEPHONE_WORDS,
    PersonColumn,
    bank_card_column,
    bank_name_column,
    union_column,
)
from aid.workbook.cutting import BANK_AND_CARD, bank_and_card
from aid.workbook.known import workers_with_an_open_file
from aid.workbook.remarks import about_person, recall_names
from portal.words.pinyin import initials
from portal.workbook.cells import (
    AmountCell,
    CodeCell,
    DateCell,
    NameCell,
    TelephoneCell,
    TextCell,
    WholeCell,
    YesNoCell,
)
from portal.workbook.importing.sheet import IdentityColumn, ImportedSheet
from portal.workbook.sheets import Column, TwoInOne

SHORT_WORKER = {
    "职工": "困难职工",
    "城镇职工": "困难职工",
    "城镇困难职工": "困难职工",
    "农民工": "困难农民工",
    "困难农民工家庭": "困难农民工",
    "困难职工家庭": "困难职工",
}
CATEGORIES = (
    (re.compile("农民工|务工|外来工"), WorkerCategory.MIGRANT),
    (re.compile("职工|工人|员工"), WorkerCategory.WORKER),
)
SHORT_HARDSHIP = {
    "低保": "低保户",
    "低保家庭": "低保户",
    "低保职工": "低保户",
    "低边": "低保边缘户",
    "低保边缘": "低保边缘户",
    "低保边缘家庭": "低保边缘户",
    "边缘户": "低保边缘户",
    "深困": "深度困难",
    "深度": "深度困难",
    "深度困难职工": "深度困难",
    "深度困难家庭": "深度困难",
    "深度困难户": "深度困难",
    "相困": "相对困难",
    "相对": "相对困难",
    "相对困难职工": "相对困难",
    "相对困难家庭": "相对困难",
    "相对困难户": "相对困难",
    "意外致困职工": "意外致困",
    "意外致困家庭": "意外致困",
}
HARDSHIPS = (
    (re.compile("低边|边缘"), HardshipCategory.NEAR_MINIMUM_INCOME),
    (re.compile("低保"), HardshipCategory.MINIMUM_INCOME),
    (re.compile("深度|深困"), HardshipCategory.DEEP),
    (re.compile("相对|相困"), HardshipCategory.RELATIVE),
)
DENIED = re.compile("非|不|未|没|无|退|脱|停")


def category_of(text: str) -> tuple[str, bool] | None:
    """困难职工 or 困难农民工 of what somebody is called: 在职职工, 下岗工人, 进城务工人员."""
    if DENIED.search(text):
        return None
    return next(((str(category.label), True) for words, category in CATEGORIES if words.search(text)), None)


def hardship_of(text: str) -> tuple[str, bool] | None:
    """The one category that the words name: 低保困难职工, 深度困难（因病）; of two, or of 非低保, nobody can tell."""
    rest = text.replace("低保边缘", "边缘")
    named = [category for words, category in HARDSHIPS if words.search(rest)]
    return (str(named[0].label), True) if len(named) == 1 and not DENIED.search(text) else None


def changes_card(row) -> str:
    """Why a second person looks at the row: the money of a record on file would go elsewhere."""
    return _("修改银行卡号") if not row.is_new and "bank_card" in row.changed else ""


class HouseholdSheet(ImportedSheet):
    title = "困难职工家庭"
    model = Household
    related = ("worker",)
    exclusive = ("worker", "closed_on")
    rules = HOUSEHOLD_RULES
    set_rules = (workers_with_an_open_file,)
    dated_by = "filed_on"
    weighs_by = "bank_card"
    subjects = (
        "困难职工本人", "职工本人", "困难职工", "职工", "家长(职工)", "职工(家长)", "家长", "父母", "父(母)", "父或母",
        "父/母", "父亲或母亲", "本人", "户主", "申请人", "监护人",
    )  # fmt: skip
    two_in_one = (TwoInOne(BANK_AND_CARD, ("bank_name", "bank_card"), bank_and_card),)

    number = IdentityColumn("档案编号", "number", TextCell(NUMBER_LENGTH), required=True, synonyms=FILE_WORDS)
    union = union_column()
    worker_name = Column(
        "职工姓名",
        "worker_name",
        NameCell(50),
        required=True,
        synonyms=("姓名", "名字", "户主", "申请人", "家长", "职工", "困难职工", "监护人"),
    )
    worker = PersonColumn("worker")
    worker_category = Column(
        "职工类别",
        "worker_category",
        CodeCell(WorkerCategory, short=SHORT_WORKER, grown=category_of),
        required=True,
        synonyms=("职工身份", "职工类型", "人员类别", "人员类型", "身份类别", "身份", "职工身份类别"),
    )
    single_parent = Column(
        "单亲",
        "single_parent",
        YesNoCell(),
        required=True,
        synonyms=(
            "是否单亲",
            "单亲家庭",
            "是否单亲家庭",
            "是否为单亲家庭",
            "是否为单亲",
            "单亲与否",
            "单亲情况",
            "单亲否",
            "是不是单亲",
            "是不是单亲家庭",
        ),
    )
    hardship_category = Column(
        "困难类别",
        "hardship_category",
        CodeCell(HardshipCategory, short=SHORT_HARDSHIP, grown=hardship_of),
        required=True,
        synonyms=(
            "困难类型",
            "困难职工类别",
            "困难职工类型",
            "困难等级",
            "困难程度",
            "家庭困难类别",
            "家庭困难类型",
            "困难户类别",
            "困难户类型",
            "档案类别",
            "建档类别",
            "困难家庭类别",
            "困难家庭类型",
            "困难情形",
            "贫困类型",
        ),
    )
    cause = Column(
        "致困原因",
        "cause",
        TextCell(200),
        synonyms=(
            "困难原因",
            "家庭困难原因",
            "家庭致困原因",
            "困难情况",
            "家庭困难情况",
        ),
    )
    employer = Column(
        "工作单位",
        "employer",
        TextCell(100),
        synonyms=("单位", "单位名称", "工作单位名称", "所在单位", "所在单位名称", "所属单位", "企业名称", "用人单位"),
    )
    telephone = Column("联系电话", "telephone", TelephoneCell(), synonyms=TELEPHONE_WORDS, rest_to="other_contact")
    address = Column(
        "家庭住址",
        "address",
        TextCell(200),
        synonyms=(
            "住址",
            "家庭地址",
            "家庭详细住址",
            "现住址",
            "现居住地址",
            "居住地址",
            "居住地",
            "地址",
            "联系地址",
            "通讯地址",
            "家庭居住地址",
            "家庭详细地址",
            "详细地址",
            "详细住址",
            "常住地址",
        ),
    )
    family_size = Column(
        "家庭人口",
        "family_size",
        WholeCell(1, 999),
        synonyms=("人口", "人口数", "家庭人口数", "家庭人数", "家庭总人口", "家庭成员数", "家庭总人数"),
    )
    monthly_income = Column(
        "家庭月收入(元)",
        "monthly_income",
        AmountCell(minimum=0, exclusive=False),
        synonyms=("月收入", "家庭月收入", "家庭月总收入", "家庭总月收入", "家庭收入", "家庭月收入合计"),
        unlike={
            "人均": gettext_lazy(
                "人均收入是一口人的，平台记的是全家的：可以在表里换成全家每月的合计，当作“家庭月收入”；"
                "也可以导入后在这户的页面“新建年度收入”，人均由平台算出"
            )
        },
    )
    bank_name = bank_name_column()
    bank_card = bank_card_column()
    filed_on = Column(
        "建档日期",
        "filed_on",
        DateCell(),
        required=True,
        synonyms=("建档时间", "建档日", "登记建档日期", "立档日期", "建档立卡时间", "建档立卡日期", "入档日期"),
    )
    closed_on = Column("注销日期", "closed_on", DateCell(), synonyms=("注销时间", "销档日期", "销档时间", "撤档日期"))
    closed_reason = Column("注销原因", "closed_reason", TextCell(100), synonyms=("销档原因", "撤档原因"))

    def weighs(self, book, row):
        return changes_card(row)

    def complete(self, record, row):
        record.worker_initials = initials(record.worker_name)
        if record.union_id:
            record.place_in(record.union)

    def recall(self, book):
        recall_names(book, Household, "worker", "worker_name")

    def remarks(self, book, row):
        yield from about_person(book, row.record.worker, row.record.worker_name)
        if row.record.single_parent and not row.record.sex and (row.is_new or row.changed):
            yield _("证件号码不含性别，困难单亲女职工的数字里不算此人，请在档案中填写性别")
        if not row.is_new and "bank_card" in row.changed and row.record.payee_name and "payee_name" not in row.changed:
            yield _("换了银行卡号，户名没有改，请核对收款人和户名")
