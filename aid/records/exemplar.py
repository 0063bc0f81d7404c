"""典型."""

from django.utils.translation import gettext_lazy as _

from aid.editing.exemplar import EXEMPLAR_FORM
from aid.enums import ExemplarKind
from aid.models import Exemplar
from portal.records.attribute import Attribute
from portal.records.filters import CodeFilter, IsOpenFilter, RecordFilterSet
from portal.records.kind import Fields, RecordKind


class ExemplarFilters(RecordFilterSet):
    exemplar_kind = CodeFilter(field_name="kind", label=_("典型类别"), choices=ExemplarKind)
    published = IsOpenFilter(field_name="published_on", label=_("公开"), words=(_("未公开"), _("已公开")))

    class Meta(RecordFilterSet.Meta):
        model = Exemplar


EXEMPLAR = RecordKind(
    model=Exemplar,
    noun="exemplars",
    caption=("title",),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("title", link="self", order="title"),
        Attribute("kind"),
        Attribute("name", minor=True),
        Attribute("consent_on", minor=True),
        Attribute("published_on"),
        Attribute("union", minor=True),
    ),
    ordering="-number",
    filterset=ExemplarFilters,
    sections=(
        Fields(
            _("典型"),
            (
                Attribute("number"),
                Attribute("kind"),
                Attribute("name"),
                Attribute("title"),
                Attribute("consent_by"),
                Attribute("consent_on"),
                Attribute("published_on"),
                Attribute("union"),
            ),
        ),
    ),
    names=("title", "name"),
    numbers=("number",),
    editing=EXEMPLAR_FORM,
)
