"""The forms of family members and of yearly incomes."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.editing.household import barred_by_closing
from aid.workbook import AID_WORKBOOK, IncomeSheet, MemberSheet
from portal.records.editing import Editing, Group

MEMBER_FORM = Editing(
    sheet=MemberSheet(),
    workbook=AID_WORKBOOK,
    parent="household",
    barred=barred_by_closing,
    returns=True,
    groups=(
        Group(
            _("家庭成员"),
            ("name", "relation", "id_number", "health", "occupation", "monthly_income"),
            _("职工本人不用填写；在读子女请另在“子女”中登记。"),
        ),
    ),
)

INCOME_FORM = Editing(
    sheet=IncomeSheet(),
    workbook=AID_WORKBOOK,
    parent="household",
    barred=barred_by_closing,
    returns=True,
    initial=lambda household: {"year": str(localdate().year - 1), "people": str(household.family_size or "")},
    groups=(
        Group(
            _("年度收入"),
            ("year", "amount", "people", "note"),
            _("全家一年的收入合计；人均月收入和当年最低生活保障标准由系统对照。"),
        ),
    ),
)
