"""高校毕业生."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid import records as aid
from aid.records.searching import of_family
from aid.records.visits.many import VISIT_MANY
from employment.assistance.voiding import VOIDING
from employment.editing.graduate import GRADUATE_FORM
from employment.enums import Standing
from employment.graduates.standing import with_standing
from employment.models import Graduate
from employment.records.assistance import ASSISTANCE
from employment.records.graduate_filters import GraduateFilters
from employment.records.office import OFFICE_QUESTION
from employment.records.promise import PROMISE
from employment.records.referral import REFERRAL
from employment.records.retention import RETENTION_CHECK
from employment.records.tones import STANDING_TONES
from employment.records.visit import VISIT
from portal.access import Permission
from portal.identity import mask_id_number
from portal.records.attribute import Attribute
from portal.records.beside import Wait
from portal.records.kind import BulkAct, Fields, Link, RecordKind, Related

SETTLED = frozenset({Standing.SIGNED, Standing.FURTHER_STUDY, Standing.UNTRACKED})


def waits(graduate: Graduate, _user) -> list[Wait]:
    """Somebody who answers for a graduate who is tracked and not at work yet."""
    return [] if graduate.standing in SETTLED or graduate.helper else [Wait(_("还没有帮扶责任人。"))]


GRADUATE = RecordKind(
    model=Graduate,
    voiding=VOIDING[Graduate],
    in_lists=True,
    noun="graduates",
    caption=("name",),
    columns=(
        Attribute("name", link="self", order="initials"),
        Attribute("person.id_number", mask=mask_id_number, minor=True),
        Attribute("school", minor=True),
        Attribute("degree"),
        Attribute("graduated_on", order="graduated_on"),
        Attribute("intention", minor=True),
        Attribute("standing", label=_("求职进展")),
        Attribute("helper", minor=True),
        Attribute("contract_on", minor=True),
        Attribute("household.number", label=_("家庭档案"), link="household", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-graduated_on",
    filterset=GraduateFilters,
    state=Attribute("standing", label=_("求职进展"), tones=STANDING_TONES),
    head=(
        Attribute("school"),
        Attribute("degree"),
        Attribute("graduated_on"),
        Attribute("helper"),
        Attribute("union"),
    ),
    waits=waits,
    sections=(
        Fields(
            _("基本情况"),
            (
                Attribute("name"),
                Attribute("person.document", label=_("证件种类")),
                Attribute("person.id_number", mask=mask_id_number),
                Attribute("person.sex"),
                Attribute("person.birth_date"),
                Attribute("household.number", label=_("家庭档案"), link="household"),
                Attribute("household.worker_name", link="household"),
                Attribute("union"),
            ),
        ),
        Fields(
            _("毕业与就业"),
            (
                Attribute("school"),
                Attribute("school_location"),
                Attribute("origin"),
                Attribute("degree"),
                Attribute("graduated_on"),
                Attribute("intention"),
                Attribute("contract_on"),
                Attribute("registered_on"),
                Attribute("closed_on"),
            ),
        ),
        Fields(
            _("求职"),
            (
                Attribute("standing", label=_("求职进展")),
                Attribute("helper"),
                Attribute("wished_trade"),
                Attribute("wished_district"),
                Attribute("wished_wage"),
                Attribute("obstacles"),
            ),
        ),
        Related(_("就业帮扶"), ASSISTANCE, lambda graduate: Q(graduate=graduate), without=("graduate.name",)),
        Related(
            _("帮扶承诺"),
            PROMISE,
            lambda graduate: Q(graduate=graduate),
            without=("graduate.name", "graduate.helper", "union"),
        ),
        Related(_("岗位推荐"), REFERRAL, lambda graduate: Q(graduate=graduate), without=("graduate.name", "union")),
        Related(
            _("稳岗回访"),
            RETENTION_CHECK,
            lambda graduate: Q(placement__graduate=graduate),
            without=("placement.graduate.name",),
        ),
        Related(_("走访慰问"), VISIT, lambda graduate: Q(person=graduate.person_id), without=("named.name", "union")),
        Related(
            _("部门问询"),
            OFFICE_QUESTION,
            lambda graduate: Q(person=graduate.person_id),
            without=("named.name", "union"),
        ),
        Related(_("作为子女的记录"), aid.PLAIN_CHILD, lambda graduate: Q(person=graduate.person_id)),
    ),
    links=(
        Link(_("从助学到就业"), lambda graduate: reverse("graduate_path", args=[graduate.pk])),
        Link(
            _("匹配岗位"),
            lambda graduate: reverse("graduate_vacancies", args=[graduate.pk]),
            when=lambda graduate: graduate.closed_on is None,
        ),
    ),
    names=("name", "school"),
    initials=("initials",),
    numbers=("household__number",),
    hashes=("person__id_hash",),
    found_by=(of_family("household"),),
    view_is_logged=True,
    editing=GRADUATE_FORM,
    bulk=(BulkAct(_("登记帮扶"), "help_many", Permission.KEEP_RECORDS), VISIT_MANY),
    reading=with_standing,
)
