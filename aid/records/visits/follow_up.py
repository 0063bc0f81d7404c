"""跟进事项."""

from django.utils.translation import gettext_lazy as _

from aid.enums import FollowUpKind
from aid.models import Child, FollowUp, Household
from aid.records.searching import BY_PERSON
from aid.records.visits.follow_up_acts import FOLLOW_UP_LINKS
from aid.voiding import VOIDING
from portal.access import Permission
from portal.records.attribute import Attribute
from portal.records.filters import CodeFilter, IsOpenFilter, RecordFilterSet, period
from portal.records.kind import BulkAct, Fields, NamedBy, RecordKind


class FollowUpFilters(RecordFilterSet):
    open = IsOpenFilter(field_name="done_on", label=_("状态"), words=(_("待办"), _("已办结")))
    matter = CodeFilter(field_name="kind", label=_("事项"), choices=FollowUpKind)
    asked_from, asked_to = period("asked_on", _("提出日期"))

    class Meta(RecordFilterSet.Meta):
        model = FollowUp


PLAIN_FOLLOW_UP = RecordKind(
    model=FollowUp,
    voiding=VOIDING[FollowUp],
    noun="follow-ups",
    caption=("words", "visit.number"),
    columns=(
        Attribute("kind", link="self"),
        Attribute("named.name", label=_("走访对象"), link="named.record"),
        Attribute("visit.number", label=_("走访编号"), link="visit", minor=True),
        Attribute("asked_on", order="asked_on"),
        Attribute("done_on", minor=True),
        Attribute("outcome", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-asked_on",
    filterset=FollowUpFilters,
    sections=(
        Fields(
            _("跟进事项"),
            (
                Attribute("kind"),
                Attribute("named.name", label=_("走访对象"), link="named.record"),
                Attribute("visit.number", label=_("走访编号"), link="visit"),
                Attribute("visit.visited_on"),
                Attribute("visit.visitor"),
                Attribute("asked_on"),
                Attribute("done_on"),
                Attribute("done_by"),
                Attribute("outcome"),
                Attribute("union"),
            ),
        ),
    ),
    links=FOLLOW_UP_LINKS,
    bulk=(BulkAct(_("办结"), "followup_many", Permission.KEEP_RECORDS),),
    numbers=("visit__number",),
    found_by=BY_PERSON,
    named_by=(
        NamedBy(Child, name="name", initials="initials"),
        NamedBy(Household, name="worker_name", initials="worker_initials", person="worker"),
    ),
)
