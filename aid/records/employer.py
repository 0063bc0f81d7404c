"""用人单位: one employer, one page, all that it gave. The floor above adds what it gave graduates."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aid.editing.employer import EMPLOYER_FORM
from aid.enums import Trade
from aid.models import Employer
from aid.records.practice_placement import PRACTICE_PLACEMENT
from aid.records.practice_post import PRACTICE_POST
from portal.access import path_range
from portal.identity import mask_telephone
from portal.models import REPORTING_PATH_LENGTH
from portal.records.attribute import Attribute
from portal.records.filters import CodeFilter, RecordFilterSet, TextFilter
from portal.records.kind import Fields, RecordKind, Related


class EmployerFilters(RecordFilterSet):
    trade = CodeFilter(label=_("行业"), choices=Trade)
    district = TextFilter(label=_("所在区县"))

    class Meta(RecordFilterSet.Meta):
        model = Employer


def in_unit_of(employer: Employer) -> Q:
    """Records of the employer's 填报单位: another unit's employer of the same name has a page of its own."""
    return path_range(employer.union_path[:REPORTING_PATH_LENGTH])


def practice_posts_of(employer: Employer) -> Q:
    """What it offered students, by its name: practice posts hold the name in the same form."""
    return Q(employer=employer.name) & in_unit_of(employer)


def students_at(employer: Employer) -> Q:
    return Q(post__employer=employer.name) & in_unit_of(employer)


PLAIN_EMPLOYER = RecordKind(
    model=Employer,
    in_lists=True,
    noun="employers",
    caption=("name",),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("name", link="self", order="name"),
        Attribute("trade"),
        Attribute("district"),
        Attribute("contact", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="name",
    filterset=EmployerFilters,
    sections=(
        Fields(
            _("用人单位"),
            (
                Attribute("number"),
                Attribute("name"),
                Attribute("credit_code"),
                Attribute("trade"),
                Attribute("district"),
                Attribute("contact"),
                Attribute("telephone", mask=mask_telephone),
                Attribute("note"),
                Attribute("union"),
            ),
        ),
        Related(_("社会实践岗位"), PRACTICE_POST, practice_posts_of, without=("employer",)),
        Related(_("上岗的学生"), PRACTICE_PLACEMENT, students_at, without=("post.employer",)),
    ),
    names=("name",),
    numbers=("number",),
    editing=EMPLOYER_FORM,
)
