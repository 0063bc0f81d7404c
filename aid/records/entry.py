"""升学."""

from django.utils.translation import gettext_lazy as _

from aid.editing import ENTRY_FORM
from aid.enums import Stage
from aid.models import Entry
from aid.records.searching import of_child
from aid.voiding import VOIDING
from portal.records.attribute import Attribute
from portal.records.filters import CodeFilter, RecordFilterSet, period
from portal.records.kind import Fields, RecordKind


class EntryFilters(RecordFilterSet):
    stage = CodeFilter(label=_("升入学段"), choices=Stage)
    entered_from, entered_to = period("entered_on", _("升学日期"))

    class Meta(RecordFilterSet.Meta):
        model = Entry


ENTRY = RecordKind(
    model=Entry,
    voiding=VOIDING[Entry],
    noun="entries",
    caption=("number",),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("child.name", label=_("子女姓名"), link="child"),
        Attribute("stage"),
        Attribute("entered_on", order="entered_on"),
        Attribute("school", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-entered_on",
    filterset=EntryFilters,
    sections=(
        Fields(
            _("升学"),
            (
                Attribute("number"),
                Attribute("union"),
                Attribute("child.name", label=_("子女姓名"), link="child"),
                Attribute("child.household.number", label=_("家庭档案"), link="child.household"),
                Attribute("stage"),
                Attribute("entered_on"),
                Attribute("course_years"),
                Attribute("school"),
            ),
        ),
    ),
    names=("child__name", "school"),
    initials=("child__initials",),
    numbers=("number",),
    found_by=(of_child("child"),),
    editing=ENTRY_FORM,
)
