"""The sheets of the case workbook as lists fill them: with what the file has besides, and no workbook carries."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.casework.departures import UNDECIDED, Departure
from aid.editing.case import TABLES, USUAL
from aid.enums import HardshipCause, Health, Housing, Sex
from aid.lists.policies import POLICY_SHEETS
from aid.lists.shares import SHARE_SHEETS
from aid.models import AidCase
from aid.record_rules import CHILD_RULES, HOUSEHOLD_RULES
from aid.standards.granted import granted
from aid.workbook import CaseSheet, ChildSheet, VisitSheet
from aid.workbook.columns import (
    bank_branch_column,
    bank_card_column,
    bank_name_column,
    card_kind_column,
    document_column,
    other_contact_column,
    payee_name_column,
    payee_person_column,
)
from aid.workbook.households import changes_card
from aid.workbook.national.sheet import NationalHouseholdSheet
from aid.workbook.visits import GIFT_RULES, gift_money_column, goods_column, goods_value_column
from portal.record_rules import Rule
from portal.words.bounds import MOST_AREA
from portal.workbook.cells import AmountCell, CodeCell, CodeListCell, TextCell
from portal.workbook.sheets import Column, Workbook

PAYEE = "收款人身份"
# Words of the 困难职工档案表 of the whole country and of unions' lists, beside those of ours.
SHORT_CAUSE = {
    "本人大病": "本人或家属患大病",
    "家属大病": "本人或家属患大病",
    "家庭成员大病": "本人或家属患大病",
    "大病": "本人或家属患大病",
    "因病": "本人或家属患大病",
    "残疾": "本人或家属残疾",
    "因残": "本人或家属残疾",
    "下岗": "下岗失业",
    "失业": "下岗失业",
    "收入低": "收入低、无法维持基本生活",
    "收入低无法维持基本生活": "收入低、无法维持基本生活",
    "因学": "子女上学",
    "子女就学": "子女上学",
    "单亲": "单亲抚养子女",
    "意外灾难": "意外灾害",
    "其他": "其他原因",
}
SHORT_HEALTH = {"良好": "健康", "健康或良好": "健康", "一般或较弱": "体弱", "有慢性病": "慢性病", "重大疾病": "大病"}
SHORT_HOUSING = {
    "自购房": "自有住房",
    "自有": "自有住房",
    "公房": "公房、公租房或廉租房",
    "公租房": "公房、公租房或廉租房",
    "廉租房": "公房、公租房或廉租房",
    "租赁": "租房",
    "租赁房": "租房",
    "宿舍": "单位宿舍",
}


def _says_who(own_name: str) -> Rule:
    """Over a list 户名 stands alone: where it is another name, nobody can tell whether of a spouse or misspelt."""
    return Rule(
        ("payee_person", "payee_name", own_name),
        lambda payee: (
            bool(payee.payee_name) and payee.payee_name != getattr(payee, own_name) and not payee.payee_person
        ),
        gettext_lazy("户名和姓名不同，请写明收款人是谁：本人（户名以银行登记的为准）、职工配偶、子女本人或监护人"),
    )


class HouseholdListSheet(NationalHouseholdSheet):
    """A household in a list may say further telephones, and in whose name its account is."""

    rules = (*HOUSEHOLD_RULES, _says_who("worker_name"))

    put_before = {"document": "worker"}

    document = document_column()
    worker_sex = Column("性别", "worker_sex", CodeCell(Sex))
    other_contact = other_contact_column()
    bank_branch = bank_branch_column()
    payee_name = payee_name_column()
    payee_person = payee_person_column(PAYEE)
    card_kind = card_kind_column()
    main_cause = Column(
        "主要致困原因",
        "main_cause",
        CodeCell(HardshipCause, short=SHORT_CAUSE),
        synonyms=("致困主因", "致困主要原因", "困难主要原因"),
        rest_to="cause",
        lenient=True,
    )
    other_causes = Column(
        "次要致困原因",
        "other_causes",
        CodeListCell(HardshipCause, short=SHORT_CAUSE),
        synonyms=("其他致困原因", "致困次因", "次要困难原因"),
        rest_to="cause",
        lenient=True,
    )
    health = Column(
        "健康状况",
        "health",
        CodeCell(Health, short=SHORT_HEALTH),
        synonyms=("职工健康状况", "身体状况"),
        rest_to="health_note",
        lenient=True,
    )
    health_note = Column("健康情况说明", "health_note", TextCell(200))
    housing = Column(
        "住房类型", "housing", CodeCell(Housing, short=SHORT_HOUSING), synonyms=("住房性质", "住房情况"), lenient=True
    )
    housing_area = Column(
        "住房面积(平方米)",
        "housing_area",
        AmountCell(minimum=0, exclusive=False, maximum=MOST_AREA),
        synonyms=("建筑面积", "住房面积", "住房建筑面积"),
        lenient=True,
    )

    def complete(self, record, row):
        super().complete(record, row)
        if record.other_causes and not record.main_cause:  # 次要 without 主要 is no code
            told = self.column("other_causes").cell.render(record.other_causes)
            record.cause = told if record.cause in ("", told) else f"{record.cause}；{told}"
            record.other_causes = ""


class ChildListSheet(ChildSheet):
    """A child in a list may have an account of its own: 子女银行卡号, 学生户名."""

    rules = (*CHILD_RULES, _says_who("name"))
    put_before = {"document": "person"}
    weighs_by = "bank_card"

    document = document_column()
    bank_card = bank_card_column()
    bank_name = bank_name_column()
    bank_branch = bank_branch_column()
    payee_name = payee_name_column()
    payee_person = payee_person_column(PAYEE)
    card_kind = card_kind_column()

    def weighs(self, book, row):
        return changes_card(row)


class CaseListSheet(CaseSheet):
    """A case in a list is held against the table of its year, as it is on its page."""

    def recall(self, book):
        super().recall(book)
        cases = (row.record for row in book.records_of(AidCase))
        book.seen[USUAL][TABLES] = granted(cases)

    def remarks(self, book, row):
        yield from super().remarks(book, row)
        case = row.record
        usual = book.seen[USUAL][TABLES].of(case)
        is_apart = usual is not None and usual.amount != case.standard
        if is_apart and case.status in UNDECIDED and (row.is_new or row.changed):
            yield _("与年度帮扶标准不同：%(words)s") % {"words": Departure(case, usual).words}


class VisitListSheet(VisitSheet):
    """A visit in a list may say what was brought."""

    rules = (*VisitSheet.rules, *GIFT_RULES)

    gift_money = gift_money_column()
    goods = goods_column()
    goods_value = goods_value_column()


LISTED = (VisitListSheet(), HouseholdListSheet(), ChildListSheet(), CaseListSheet())


def as_listed(workbook: Workbook) -> Workbook:
    """`workbook` with the sheets that lists fill in the place of its own, and those that only lists have."""
    by_title = {sheet.title: sheet for sheet in LISTED}
    sheets = tuple(by_title.get(sheet.title, sheet) for sheet in workbook.sheets)
    return Workbook((*sheets, *POLICY_SHEETS, *SHARE_SHEETS), unlisted=workbook.unlisted)
