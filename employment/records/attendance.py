"""活动签到: who came, on the page of the event and in a list; and whom an event may expect."""

from dataclasses import replace
from functools import partial

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from aid.records.searching import of_pupil
from employment.attendance.services import tracked_on
from employment.enums import EVENT_KINDS, AttendanceWay, EventKind, Season
from employment.graduates.standing import seeking
from employment.models import Attendance, Graduate, JobEvent
from portal.records.attribute import Attribute
from portal.records.filters import CodeFilter, RecordFilterSet, TextFilter, YesNoFilter, period
from portal.records.kind import RecordKind

KINDS_OF_EVENT = [(kind, EventKind(kind).label) for kind in EVENT_KINDS]


class AttendanceFilters(RecordFilterSet):
    kind_of_event = CodeFilter(field_name="event__kind", label=_("类型"), choices=KINDS_OF_EVENT)
    season = CodeFilter(field_name="event__season", label=_("四季主题职场"), choices=Season)
    way = CodeFilter(label=_("签到方式"), choices=AttendanceWay)
    held_from, held_to = period("event__held_on", _("活动日期"))

    class Meta(RecordFilterSet.Meta):
        model = Attendance


ATTENDANCE = RecordKind(
    model=Attendance,
    noun="attendance",
    caption=("event.number",),
    columns=(
        Attribute("graduate.name", label=_("毕业生姓名"), link="graduate"),
        Attribute("event.title", label=_("活动名称"), link="event"),
        Attribute("event.held_on", label=_("活动日期")),
        Attribute("way"),
        Attribute("recorded_at", order="recorded_at", minor=True),
        Attribute("recorded_by.name", label=_("登记人"), minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-recorded_at",
    filterset=AttendanceFilters,
    sections=(),
    names=("graduate__name", "event__title"),
    initials=("graduate__initials",),
    numbers=("event__number",),
    found_by=(of_pupil("graduate"),),
    people="graduate",
)


class AttendeeFilters(RecordFilterSet):
    name = TextFilter(label=_("姓名或拼音首字母"), method="named")
    in_need = YesNoFilter(label=_("需要就业帮扶"), method="who_seek")
    here = YesNoFilter(label=_("签到"), words=(_("已签到"), _("未签到")), field_name="is_here")

    class Meta(RecordFilterSet.Meta):
        model = Graduate

    def named(self, graduates, _name, value):
        return graduates.filter(Q(name__contains=value) | Q(initials__startswith=value.upper()))

    def who_seek(self, graduates, _name, value):
        found = seeking(Graduate.objects.all()).values("pk")
        return graduates.filter(pk__in=found) if value else graduates.exclude(pk__in=found)


class Attendees(RecordKind):
    """Graduates whom an event may expect: a list of its own of another kind's records."""

    name = "attendee"
    title = _("活动签到")


ATTENDEES = Attendees(
    model=Graduate,
    noun="attendees",
    caption=("name",),
    columns=(
        Attribute("name", link="self", order="initials"),
        Attribute("school", minor=True),
        Attribute("intention", minor=True),
        Attribute("union"),
    ),
    ordering="initials",
    filterset=AttendeeFilters,
    sections=(),
)


def expected_at(event: JobEvent, graduates: QuerySet) -> QuerySet:
    """Those tracked on the day of `event`, each with `is_here`."""
    came = Attendance.objects.filter(event=event, graduate=OuterRef("pk"))
    return graduates.filter(tracked_on(event.held_on)).annotate(is_here=Exists(came))


def attendees_of(event: JobEvent) -> RecordKind:
    return replace(ATTENDEES, reading=partial(expected_at, event))
