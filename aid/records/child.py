"""子女."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid.editing import CHILD_FORM, CHILD_GRID
from aid.enums import Stage
from aid.households.moving_child import against_moving
from aid.models import Child
from aid.records.case import AID_CASE, PARTS
from aid.records.entry import ENTRY
from aid.records.funds import DISBURSEMENT, payee_fields
from aid.records.practice_placement import PRACTICE_PLACEMENT
from aid.records.searching import of_family
from aid.records.social.paired import PairedFilters
from aid.records.social.project import PROJECT_GAIN
from aid.records.sponsor import PAIRING
from aid.records.tones import FILE_TONES
from aid.records.visits.activity import PARTICIPATION
from aid.records.visits.many import VISIT_MANY
from aid.records.visits.visit import PLAIN_VISIT
from aid.voiding import VOIDING
from portal.access import Permission
from portal.identity import mask_id_number
from portal.records.attribute import Attribute
from portal.records.filters import CodeFilter, YesNoFilter
from portal.records.kind import BulkAct, Fields, Link, RecordKind, Related


class ChildFilters(PairedFilters):
    stage = CodeFilter(label=_("学段"), choices=Stage)
    on_file = YesNoFilter(label=_("家庭档案"), words=(_("在档"), _("已注销")))

    class Meta(PairedFilters.Meta):
        model = Child


def may_move(child: Child) -> bool:
    """Whether it can still be put to another family: on file here, and not counted with this family yet."""
    return child.on_file and not against_moving(child)


PLAIN_CHILD = RecordKind(
    model=Child,
    voiding=VOIDING[Child],
    in_lists=True,
    noun="children",
    caption=("name",),
    columns=(
        Attribute("name", link="self", order="initials"),
        Attribute("person.id_number", mask=mask_id_number, minor=True),
        Attribute("person.document", label=_("证件种类"), extra=True),
        Attribute("stage"),
        Attribute("grade"),
        Attribute("school", minor=True),
        Attribute("household.number", label=_("家庭档案"), link="household"),
        Attribute("union", minor=True),
    ),
    ordering="initials",
    filterset=ChildFilters,
    state=Attribute("on_file", label=_("家庭档案"), tones=FILE_TONES),
    head=(
        Attribute("stage"),
        Attribute("school"),
        Attribute("household.worker_name", link="household"),
        Attribute("union"),
    ),
    sections=(
        Fields(
            _("基本情况"),
            (
                Attribute("name"),
                Attribute("person.document", label=_("证件种类")),
                Attribute("person.id_number", mask=mask_id_number),
                Attribute("person.sex"),
                Attribute("person.birth_date"),
                Attribute("relation"),
                Attribute("stage"),
                Attribute("grade"),
                Attribute("school"),
                Attribute("graduates_on"),
                Attribute("household.number", label=_("家庭档案"), link="household"),
                Attribute("household.worker_name", link="household"),
                Attribute("union"),
            ),
        ),
        payee_fields("payee."),
        Related(_("升学"), ENTRY, lambda child: Q(child=child), without=("child.name", "union")),
        Related(_("助学申请"), AID_CASE, lambda child: Q(child=child), without=("child.name", "union", *PARTS)),
        Related(
            _("助学款发放"), DISBURSEMENT, lambda child: Q(case__child=child), without=("case.child.name", "union")
        ),
        Related(_("走访慰问"), PLAIN_VISIT, lambda child: Q(person=child.person_id), without=("named.name", "union")),
        Related(
            _("结对"), PAIRING, lambda child: Q(child=child), without=("child.name", "household.worker_name", "union")
        ),
        Related(_("参加活动"), PARTICIPATION, lambda child: Q(child=child), without=("child.name", "union")),
        Related(_("项目受益"), PROJECT_GAIN, lambda child: Q(child=child), without=("child.name", "union")),
        Related(_("社会实践"), PRACTICE_PLACEMENT, lambda child: Q(child=child), without=("child.name", "union")),
    ),
    links=(
        Link(_("改到另一户"), lambda child: reverse("child_move", args=[child.pk]), Permission.KEEP_RECORDS, may_move),
    ),
    names=("name", "school"),
    initials=("initials",),
    numbers=("household__number",),
    hashes=("person__id_hash", "bank_card_hash"),
    tails=("bank_card_tail_hash",),
    found_by=(of_family("household"),),
    view_is_logged=True,
    editing=CHILD_FORM,
    grid=CHILD_GRID,
    bulk=(
        VISIT_MANY,
        BulkAct(_("登记参加活动"), "activity_came", Permission.KEEP_RECORDS),
        BulkAct(_("登记项目受益"), "project_gave", Permission.KEEP_RECORDS),
    ),
)
