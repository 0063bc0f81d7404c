"""The form of a household's file."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.enums import HardshipCause, Health, Housing, Sex
from aid.models import Household
from aid.record_rules import HOUSEHOLD_RULES
from aid.standards.odd_incomes import odd_monthly_income
from aid.workbook import AID_WORKBOOK
from aid.workbook.columns import (
    bank_branch_column,
    card_kind_column,
    other_contact_column,
    payee_name_column,
    payee_person_column,
)
from aid.workbook.national.sheet import NATIONAL, NationalHouseholdSheet
from portal.record_rules import Rule
from portal.records.editing import Editing, Group
from portal.words.bounds import MOST_AREA
from portal.workbook.cells import AmountCell, CodeCell, CodeListCell, TextCell
from portal.workbook.sheets import Column

MOST_OTHER_CAUSES = 3


def _codes(text: str) -> list[str]:
    return [code for code in text.split(",") if code]


CAUSE_RULES = (
    Rule(
        ("other_causes",),
        lambda household: len(_codes(household.other_causes)) > MOST_OTHER_CAUSES,
        _("次要致困原因最多选三项"),
    ),
    Rule(
        ("other_causes", "main_cause"),
        lambda household: household.main_cause in _codes(household.other_causes),
        _("次要致困原因不能与主要致困原因相同"),
    ),
    Rule(
        ("main_cause", "other_causes"),
        lambda household: bool(household.other_causes) and not household.main_cause,
        _("有次要致困原因时，主要致困原因也必须填写"),
    ),
)


SEX_RULES = (
    Rule(
        ("worker_sex", "worker", "single_parent"),
        lambda household: household.single_parent and not household.sex,
        _("该证件号码不含性别，单亲的请填写性别：困难单亲女职工单独统计"),
    ),
    Rule(
        ("worker_sex", "worker"),
        lambda household: bool(household.worker.sex and household.worker_sex not in ("", household.worker.sex)),
        _("与证件号码中的性别不同；证件号码含性别的，这一项不用填写"),
    ),
)


class HouseholdFileSheet(NationalHouseholdSheet):
    """The workbook's columns, and those of the paper file that no workbook carries."""

    rules = (*HOUSEHOLD_RULES, *CAUSE_RULES, *SEX_RULES)

    worker_sex = Column("性别", "worker_sex", CodeCell(Sex), note=_("证件号码不含性别的填写，如护照。"))

    other_contact = other_contact_column()
    payee_person = payee_person_column()
    payee_name = payee_name_column()
    bank_branch = bank_branch_column()
    card_kind = card_kind_column()
    main_cause = Column("主要致困原因", "main_cause", CodeCell(HardshipCause))
    other_causes = Column("次要致困原因", "other_causes", CodeListCell(HardshipCause), note=_("最多选三项。"))
    health = Column("职工健康状况", "health", CodeCell(Health))
    health_note = Column("健康情况说明", "health_note", TextCell(200))
    housing = Column("住房类型", "housing", CodeCell(Housing))
    housing_area = Column("住房面积(平方米)", "housing_area", AmountCell(minimum=0, exclusive=False, maximum=MOST_AREA))

    def doubts(self, book, row):
        yield from super().doubts(book, row)
        if row.changed & {"monthly_income", "family_size"}:
            yield from odd_monthly_income(row.record)


def refusal_of_closed(household: Household) -> str:
    return "" if household.is_open else _("档案已注销，不能修改。如需修改请先恢复建档。")


def barred_by_closing(household: Household) -> str:
    """Why no child, member or income is entered at the family by hand now; a workbook may bring those of history."""
    words = _("档案 %(number)s 已注销，不能再登记子女、家庭成员和收入。请先恢复建档。")
    return "" if household.is_open else words % {"number": household.number}


HOUSEHOLD_FORM = Editing(
    sheet=HouseholdFileSheet(),
    workbook=AID_WORKBOOK,
    prefix="D",
    refusal=refusal_of_closed,
    initial=lambda _parent: {"filed_on": localdate().isoformat()},
    groups=(
        Group(
            _("职工"),
            (
                "worker_name",
                "worker",
                "worker_sex",
                "worker_category",
                "single_parent",
                "employer",
                "telephone",
                "other_contact",
                "address",
                "health",
                "health_note",
            ),
        ),
        Group(
            _("困难情况"),
            ("hardship_category", "main_cause", "other_causes", "cause", "family_size", "monthly_income"),
        ),
        Group(_("住房"), ("housing", "housing_area")),
        Group(
            _("银行卡"),
            ("bank_card", "bank_name", "bank_branch", "card_kind", "payee_person", "payee_name"),
            _("卡是职工本人的，收款人和户名不用填；银行退回“户名不符”时在这里更正。"),
        ),
        Group(_("建档"), ("number", "union", "filed_on")),
        Group(
            _("全国系统档案项目"),
            NATIONAL,
            _("全国帮扶工作管理系统的档案有而上面没有的，都可以不填。"),
            folded=True,
        ),
    ),
)
