"""就业活动与岗位."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from employment.assistance.voiding import VOIDING
from employment.attendance.services import is_held
from employment.editing.job_event import JOB_EVENT_FORM
from employment.enums import EventKind, OfferChannel, Season
from employment.models import JobEvent, Vacancy
from employment.records.attendance import ATTENDANCE
from employment.records.vacancy import VACANCY
from portal.access import Permission
from portal.records.attribute import Attribute
from portal.records.filters import CodeFilter, RecordFilterSet, period
from portal.records.kind import Fields, FoundBy, Link, RecordKind, Related, Through


class JobEventFilters(RecordFilterSet):
    kind_of_event = CodeFilter(field_name="kind", label=_("类型"), choices=EventKind)
    channel = CodeFilter(label=_("渠道"), choices=OfferChannel)
    season = CodeFilter(label=_("四季主题职场"), choices=Season)
    held_from, held_to = period("held_on", _("日期"))

    class Meta(RecordFilterSet.Meta):
        model = JobEvent


JOB_EVENT = RecordKind(
    model=JobEvent,
    voiding=VOIDING[JobEvent],
    in_lists=True,
    noun="job-events",
    caption=("number", "title"),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("title"),
        Attribute("kind"),
        Attribute("channel", minor=True),
        Attribute("held_on", order="held_on"),
        Attribute("posts", order="posts"),
        Attribute("union", minor=True),
    ),
    ordering="-held_on",
    filterset=JobEventFilters,
    sections=(
        Fields(
            _("活动或岗位"),
            (
                Attribute("number"),
                Attribute("union"),
                Attribute("held_on"),
                Attribute("kind"),
                Attribute("title"),
                Attribute("season"),
                Attribute("place"),
                Attribute("channel"),
                Attribute("posts"),
            ),
        ),
        Related(_("招聘岗位"), VACANCY, lambda event: Q(event=event), without=("union",)),
        Related(
            _("活动签到"),
            ATTENDANCE,
            lambda event: Q(event=event),
            without=("event.title", "event.held_on", "union"),
            when=is_held,
        ),
    ),
    links=(
        Link(_("签到"), lambda event: reverse("attendance_tick", args=[event.pk]), Permission.KEEP_RECORDS, is_held),
        Link(
            _("扫码签到"), lambda event: reverse("attendance_scan", args=[event.pk]), Permission.KEEP_RECORDS, is_held
        ),
    ),
    names=("title",),
    numbers=("number",),
    found_by=(FoundBy(names=("employer__name",), through=Through(Vacancy, own="id", theirs="event")),),
    editing=JOB_EVENT_FORM,
)
