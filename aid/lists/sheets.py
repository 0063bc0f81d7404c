"""The sheets of the case workbook as lists fill them: with what the file has besides, and no workbook carries."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.casework.departures import UNDECIDED, Departure
from aid.editing.case import TABLES, USUAL
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
    other_contact_column,
    payee_name_column,
    payee_person_column,
)
from aid.workbook.households import changes_card
from aid.workbook.national.sheet import NationalHouseholdSheet
from aid.workbook.visits import GIFT_RULES, gift_money_column, goods_column, goods_value_column
from portal.record_rules import Rule
from portal.workbook.sheets import Workbook

PAYEE = "收款人身份"


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

    other_contact = other_contact_column()
    bank_branch = bank_branch_column()
    payee_name = payee_name_column()
    payee_person = payee_person_column(PAYEE)
    card_kind = card_kind_column()


class ChildListSheet(ChildSheet):
    """A child in a list may have an account of its own: 子女银行卡号, 学生户名."""

    rules = (*CHILD_RULES, _says_who("name"))
    weighs_by = "bank_card"

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
