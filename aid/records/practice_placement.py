"""社会实践安排."""

from django.utils.translation import gettext_lazy as _

from aid.editing.practice import PRACTICE_PLACEMENT_FORM
from aid.models import PracticePlacement
from aid.records.searching import of_child
from aid.voiding import VOIDING
from portal.records.attribute import Attribute
from portal.records.filters import RecordFilterSet, period
from portal.records.kind import Fields, RecordKind


class PracticePlacementFilters(RecordFilterSet):
    starts_from, starts_to = period("starts_on", _("上岗日期"))

    class Meta(RecordFilterSet.Meta):
        model = PracticePlacement


PRACTICE_PLACEMENT = RecordKind(
    model=PracticePlacement,
    voiding=VOIDING[PracticePlacement],
    noun="practice-placements",
    caption=("number",),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("post.employer", link="post"),
        Attribute("child.name", label=_("子女"), link="child"),
        Attribute("starts_on", order="starts_on"),
        Attribute("ends_on", order="ends_on"),
        Attribute("union", minor=True),
    ),
    ordering="-starts_on",
    filterset=PracticePlacementFilters,
    sections=(
        Fields(
            _("社会实践"),
            (
                Attribute("number"),
                Attribute("post.employer", link="post"),
                Attribute("post.number", label=_("岗位编号"), link="post"),
                Attribute("child.name", label=_("子女"), link="child"),
                Attribute("starts_on"),
                Attribute("ends_on"),
                Attribute("union"),
            ),
        ),
    ),
    names=("post__employer", "child__name"),
    initials=("child__initials",),
    numbers=("number",),
    found_by=(of_child("child"),),
    editing=PRACTICE_PLACEMENT_FORM,
)
