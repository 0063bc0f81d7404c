"""社会实践岗位."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid.editing.practice import PRACTICE_POST_FORM
from aid.models import PracticePost
from aid.records.practice_placement import PRACTICE_PLACEMENT
from aid.voiding import VOIDING
from portal.access import Permission
from portal.records.attribute import Attribute
from portal.records.filters import RecordFilterSet, period
from portal.records.kind import Fields, Link, RecordKind, Related


class PracticePostFilters(RecordFilterSet):
    contacted_from, contacted_to = period("contacted_on", _("联系日期"))

    class Meta(RecordFilterSet.Meta):
        model = PracticePost


PRACTICE_POST = RecordKind(
    model=PracticePost,
    voiding=VOIDING[PracticePost],
    in_lists=True,
    noun="practice-posts",
    caption=("number", "employer"),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("employer", order="employer"),
        Attribute("contacted_on", order="contacted_on"),
        Attribute("posts", order="posts"),
        Attribute("description", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-contacted_on",
    filterset=PracticePostFilters,
    sections=(
        Fields(
            _("岗位"),
            (
                Attribute("number"),
                Attribute("union"),
                Attribute("employer", link="listed_employer"),
                Attribute("contacted_on"),
                Attribute("posts"),
                Attribute("description"),
            ),
        ),
        Related(_("上岗的学生"), PRACTICE_PLACEMENT, lambda post: Q(post=post), without=("post.employer", "union")),
    ),
    links=(
        Link(
            _("安排学生上岗"),
            lambda post: f"{reverse('practiceplacement_create')}?practicepost={post.pk}",
            Permission.KEEP_RECORDS,
            lambda _post: True,
        ),
        Link(
            _("登记到用人单位名录"),
            lambda post: f"{reverse('employer_create')}?practicepost={post.pk}",
            Permission.KEEP_RECORDS,
            lambda post: post.listed_employer is None,
        ),
    ),
    names=("employer",),
    numbers=("number",),
    editing=PRACTICE_POST_FORM,
    parts=(PRACTICE_PLACEMENT,),
)
