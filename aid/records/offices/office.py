"""相关部门."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aid.editing.office import OFFICE_FORM
from aid.enums import OfficeKind
from aid.models import Office
from aid.records.offices.question import PLAIN_OFFICE_QUESTION
from aid.voiding import VOIDING
from portal.identity import mask_telephone
from portal.records.attribute import Attribute
from portal.records.filters import CodeFilter, RecordFilterSet
from portal.records.kind import Fields, RecordKind, Related


class OfficeFilters(RecordFilterSet):
    office_kind = CodeFilter(field_name="kind", label=_("部门类别"), choices=OfficeKind)

    class Meta(RecordFilterSet.Meta):
        model = Office


PLAIN_OFFICE = RecordKind(
    model=Office,
    voiding=VOIDING[Office],
    noun="offices",
    caption=("name",),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("name", link="self", order="name"),
        Attribute("kind"),
        Attribute("district"),
        Attribute("contact", minor=True),
        Attribute("note", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="name",
    filterset=OfficeFilters,
    sections=(
        Fields(
            _("相关部门"),
            (
                Attribute("number"),
                Attribute("union"),
                Attribute("kind"),
                Attribute("name"),
                Attribute("district"),
                Attribute("note"),
                Attribute("contact"),
                Attribute("telephone", mask=mask_telephone, needed=True),
            ),
        ),
        Related(_("部门问询"), PLAIN_OFFICE_QUESTION, lambda office: Q(office=office), without=("office.name",)),
    ),
    names=("name",),
    numbers=("number",),
    editing=OFFICE_FORM,
)
