"""部门问询."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.enums import OfficeKind
from aid.models import Child, Household, OfficeQuestion
from aid.records.searching import BY_PERSON
from aid.voiding import VOIDING
from portal.records.attribute import Attribute, hidden
from portal.records.beside import Wait
from portal.records.filters import CodeFilter, IsOpenFilter, RecordFilterSet, YesNoFilter, period
from portal.records.kind import Fields, NamedBy, RecordKind


class OfficeQuestionFilters(RecordFilterSet):
    open = IsOpenFilter(field_name="answered_on", label=_("答复"), words=(_("待答复"), _("已答复")))
    overdue = YesNoFilter(label=_("过了答复期限"), method="filter_overdue")
    office_kind = CodeFilter(field_name="office__kind", label=_("部门类别"), choices=OfficeKind)
    asked_from, asked_to = period("asked_on", _("问询日期"))

    class Meta(RecordFilterSet.Meta):
        model = OfficeQuestion

    def filter_overdue(self, questions, _name, value):
        late = OfficeQuestion.objects.overdue(localdate()).values("pk")
        return questions.filter(pk__in=late) if value else questions.exclude(pk__in=late)


def waits(question: OfficeQuestion, _user) -> list[Wait]:
    """The answer, while there is none."""
    if question.answered_on:
        return []
    late = question.due_on < localdate()
    return [Wait(_("过了答复期限：请催问，答复后按“修改”登记。") if late else _("等部门答复，答复后按“修改”登记。"))]


PLAIN_OFFICE_QUESTION = RecordKind(
    model=OfficeQuestion,
    voiding=VOIDING[OfficeQuestion],
    noun="office-questions",
    caption=("number", "office.name"),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("office.name", label=_("相关部门"), link="office"),
        Attribute("named.name", label=_("问的是谁"), link="named.record"),
        Attribute("subject"),
        Attribute("asked_on", order="asked_on", minor=True),
        Attribute("due_on", order="due_on"),
        Attribute("answered_on"),
        Attribute("answered_by", minor=True),
        Attribute("case.number", label=_("助学申请"), link="case", minor=True, extra=True),
        Attribute("union", minor=True),
    ),
    ordering="-asked_on",
    filterset=OfficeQuestionFilters,
    waits=waits,
    sections=(
        Fields(
            _("问询"),
            (
                Attribute("number"),
                Attribute("union"),
                Attribute("office.name", label=_("相关部门"), link="office"),
                Attribute("named.name", label=_("问的是谁"), link="named.record"),
                Attribute("household.number", label=_("家庭档案"), link="household"),
                Attribute("case.number", label=_("助学申请"), link="case"),
                Attribute("subject"),
                Attribute("asked_on"),
                Attribute("due_on"),
            ),
        ),
        Fields(
            _("答复"),
            (
                Attribute("answered_on"),
                Attribute("answered_by"),
                Attribute("answer", mask=hidden, needed=True),
            ),
        ),
    ),
    names=("subject", "office__name"),
    numbers=("number",),
    hashes=("person__id_hash",),
    found_by=BY_PERSON,
    named_by=(
        NamedBy(Child, name="name", initials="initials"),
        NamedBy(Household, name="worker_name", initials="worker_initials", person="worker"),
    ),
    view_is_logged=True,
)
