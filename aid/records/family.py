"""家庭成员 and 年度收入."""

from django.utils.translation import gettext_lazy as _

from aid.editing import INCOME_FORM, MEMBER_FORM
from aid.models import Income, Member
from aid.records.searching import children_of_family, of_family
from aid.voiding import VOIDING
from portal.identity import mask_id_number
from portal.records.attribute import Attribute, hidden
from portal.records.filters import RecordFilterSet
from portal.records.kind import Fields, RecordKind


class MemberFilters(RecordFilterSet):
    class Meta(RecordFilterSet.Meta):
        model = Member


class IncomeFilters(RecordFilterSet):
    class Meta(RecordFilterSet.Meta):
        model = Income


MEMBER = RecordKind(
    model=Member,
    voiding=VOIDING[Member],
    noun="members",
    caption=("name",),
    columns=(
        Attribute("name", link="self", order="name"),
        Attribute("relation"),
        Attribute("id_number", mask=mask_id_number, minor=True),
        Attribute("occupation", minor=True),
        Attribute("monthly_income"),
        Attribute("household.number", label=_("家庭档案"), link="household"),
    ),
    ordering="name",
    filterset=MemberFilters,
    sections=(
        Fields(
            _("基本情况"),
            (
                Attribute("name"),
                Attribute("relation"),
                Attribute("id_number", mask=mask_id_number),
                Attribute("health", mask=hidden, needed=True),
                Attribute("occupation"),
                Attribute("monthly_income"),
                Attribute("household.number", label=_("家庭档案"), link="household"),
                Attribute("union"),
            ),
        ),
    ),
    names=("name",),
    numbers=("household__number",),
    found_by=(of_family("household"), children_of_family("household")),
    view_is_logged=True,
    editing=MEMBER_FORM,
)

INCOME = RecordKind(
    model=Income,
    voiding=VOIDING[Income],
    noun="incomes",
    caption=("year",),
    columns=(
        Attribute("year", link="self", order="year"),
        Attribute("household.number", label=_("家庭档案"), link="household"),
        Attribute("amount"),
        Attribute("people"),
        Attribute("per_head", label=_("人均月收入(元)")),
        Attribute("note", minor=True),
    ),
    ordering="-year",
    filterset=IncomeFilters,
    sections=(
        Fields(
            _("年度收入"),
            (
                Attribute("year"),
                Attribute("amount"),
                Attribute("people"),
                Attribute("per_head", label=_("人均月收入(元)")),
                Attribute("note"),
                Attribute("household.number", label=_("家庭档案"), link="household"),
                Attribute("union"),
            ),
        ),
    ),
    numbers=("household__number",),
    editing=INCOME_FORM,
)
