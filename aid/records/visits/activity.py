"""助学活动 and 参加活动."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid.editing.activity import ACTIVITY_FORM, ACTIVITY_GRID
from aid.enums import ActivityKind
from aid.models import Activity, Participation
from aid.models.activities.lists import ActivityQuerySet
from aid.records.searching import of_child
from aid.voiding import VOIDING
from portal.access import Permission
from portal.days import is_future
from portal.records.attribute import Attribute
from portal.records.filters import CodeFilter, RecordFilterSet, period
from portal.records.kind import Fields, Link, RecordKind, Related


class ActivityFilters(RecordFilterSet):
    activity_kind = CodeFilter(field_name="kind", label=_("活动类型"), choices=ActivityKind)
    held_from, held_to = period("held_on", _("活动日期"))

    class Meta(RecordFilterSet.Meta):
        model = Activity


class ParticipationFilters(RecordFilterSet):
    activity_kind = CodeFilter(field_name="activity__kind", label=_("活动类型"), choices=ActivityKind)
    held_from, held_to = period("activity__held_on", _("活动日期"))

    class Meta(RecordFilterSet.Meta):
        model = Participation


PARTICIPATION = RecordKind(
    model=Participation,
    voiding=VOIDING[Participation],
    noun="participations",
    caption=("number", "child.name"),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("child.name", label=_("子女姓名"), link="child"),
        Attribute("activity.title", link="activity"),
        Attribute("activity.series", minor=True),
        Attribute("activity.kind", minor=True),
        Attribute("activity.held_on"),
        Attribute("activity.hours", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-number",
    filterset=ParticipationFilters,
    sections=(
        Fields(
            _("参加活动"),
            (
                Attribute("number"),
                Attribute("child.name", label=_("子女姓名"), link="child"),
                Attribute("activity.number", label=_("活动编号"), link="activity"),
                Attribute("activity.title", link="activity"),
                Attribute("activity.held_on"),
                Attribute("union"),
            ),
        ),
    ),
    names=("activity__title", "activity__series", "child__name"),
    initials=("child__initials",),
    numbers=("number", "activity__number"),
    found_by=(of_child("child"),),
    people="child",
)

ACTIVITY = RecordKind(
    model=Activity,
    voiding=VOIDING[Activity],
    noun="activities",
    caption=("number", "title"),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("title", link="self"),
        Attribute("kind"),
        Attribute("series", minor=True),
        Attribute("held_on", order="held_on"),
        Attribute("place", minor=True),
        Attribute("children_came", label=_("参加子女")),
        Attribute("hours", minor=True),
        Attribute("cost", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-held_on",
    filterset=ActivityFilters,
    sections=(
        Fields(
            _("活动"),
            (
                Attribute("number"),
                Attribute("union"),
                Attribute("kind"),
                Attribute("title"),
                Attribute("series"),
                Attribute("held_on"),
                Attribute("place"),
                Attribute("hours"),
                Attribute("cost"),
                Attribute("children_came", label=_("参加子女")),
                Attribute("description"),
            ),
        ),
        Related(
            _("参加的子女"),
            PARTICIPATION,
            lambda activity: Q(activity=activity),
            without=("activity.title", "activity.series", "activity.kind", "activity.held_on", "union"),
        ),
        Related(
            _("同一系列的出勤"),
            PARTICIPATION,
            lambda activity: (
                Q(activity__series=activity.series, activity__union_path=activity.union_path)
                if activity.series
                else Q(pk=None)
            ),
            without=("activity.series", "activity.kind", "union"),
        ),
    ),
    links=(
        Link(
            _("登记参加的子女"),
            lambda activity: reverse("activity_children", args=[activity.pk]),
            Permission.KEEP_RECORDS,
            lambda activity: not is_future(activity.held_on),
        ),
    ),
    names=("title", "series", "place"),
    numbers=("number",),
    editing=ACTIVITY_FORM,
    grid=ACTIVITY_GRID,
    reading=ActivityQuerySet.as_listed,
    parts=(PARTICIPATION,),
)
