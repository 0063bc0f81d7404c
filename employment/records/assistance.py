"""就业帮扶."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid.records.searching import of_pupil
from employment.assistance.repeating import repeats
from employment.assistance.voiding import VOIDING
from employment.editing.assistance import ASSISTANCE_FORM
from employment.enums import AssistanceKind
from employment.models import Assistance
from employment.retention.services import due_months
from portal.access import Permission
from portal.records.attribute import Attribute, hidden
from portal.records.filters import CodeFilter, RecordFilterSet, period
from portal.records.grid.declaration import EntryGrid
from portal.records.kind import Fields, Link, RecordKind


class AssistanceFilters(RecordFilterSet):
    kind_of_help = CodeFilter(field_name="kind", label=_("类别"), choices=AssistanceKind)
    given_from, given_to = period("given_on", _("帮扶日期"))

    class Meta(RecordFilterSet.Meta):
        model = Assistance


ASSISTANCE = RecordKind(
    model=Assistance,
    voiding=VOIDING[Assistance],
    noun="assistance",
    caption=("number",),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("graduate.name", label=_("毕业生姓名"), link="graduate"),
        Attribute("kind"),
        Attribute("given_on", order="given_on"),
        Attribute("amount", minor=True),
        Attribute("provider", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-given_on",
    filterset=AssistanceFilters,
    sections=(
        Fields(
            _("帮扶"),
            (
                Attribute("number"),
                Attribute("union"),
                Attribute("graduate.name", label=_("毕业生姓名"), link="graduate"),
                Attribute("graduate.household.number", label=_("家庭档案"), link="graduate.household"),
                Attribute("given_on"),
                Attribute("kind"),
                Attribute("amount"),
                Attribute("provider"),
                Attribute("ends_on"),
                Attribute("note"),
            ),
        ),
        Fields(
            _("凭据"),
            (
                Attribute("certificate"),
                Attribute("certificate_level"),
                Attribute("certificate_number", mask=hidden),
                Attribute("voucher"),
            ),
        ),
    ),
    links=(
        Link(
            _("登记稳岗回访"),
            lambda placement: reverse("retention_create", args=[placement.pk]),
            Permission.KEEP_RECORDS,
            lambda placement: placement.kind == AssistanceKind.PLACEMENT and due_months(placement) is not None,
        ),
    ),
    names=("graduate__name", "provider"),
    initials=("graduate__initials",),
    numbers=("number",),
    found_by=(of_pupil("graduate"),),
    editing=ASSISTANCE_FORM,
    grid=EntryGrid(
        columns=(
            "graduate",
            "given_on",
            "kind",
            "amount",
            "provider",
            "voucher",
            "ends_on",
            "certificate",
            "certificate_level",
            "certificate_number",
            "note",
            "number",
        ),
        caption=("number", "graduate.name"),
        doubts=repeats,
    ),
    people="graduate",
)
