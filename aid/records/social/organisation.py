"""社会组织."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid.editing.social import ORGANISATION_FORM
from aid.enums import OrganisationGrade, OrganisationKind
from aid.models import Organisation
from aid.records.social.project import PROJECT
from aid.voiding import VOIDING
from portal.access import Permission
from portal.identity import mask_telephone
from portal.records.attribute import Attribute
from portal.records.filters import CodeFilter, IsOpenFilter, RecordFilterSet
from portal.records.kind import Fields, Link, RecordKind, Related


class OrganisationFilters(RecordFilterSet):
    organisation_kind = CodeFilter(field_name="kind", label=_("社会组织类别"), choices=OrganisationKind)
    grade = CodeFilter(label=_("评估等级"), choices=OrganisationGrade)
    open = IsOpenFilter(field_name="closed_on", label=_("合作"), words=(_("合作中"), _("已停止")))

    class Meta(RecordFilterSet.Meta):
        model = Organisation


ORGANISATION = RecordKind(
    model=Organisation,
    voiding=VOIDING[Organisation],
    noun="organisations",
    caption=("name",),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("name", link="self", order="name"),
        Attribute("kind"),
        Attribute("credit_code", label=_("登记证号"), minor=True),
        Attribute("grade"),
        Attribute("graded_on", minor=True),
        Attribute("contact", minor=True),
        Attribute("closed_on", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="name",
    filterset=OrganisationFilters,
    sections=(
        Fields(
            _("社会组织"),
            (
                Attribute("number"),
                Attribute("union"),
                Attribute("kind"),
                Attribute("name"),
                Attribute("credit_code"),
                Attribute("qualification"),
                Attribute("grade"),
                Attribute("graded_on"),
                Attribute("contact"),
                Attribute("telephone", mask=mask_telephone),
                Attribute("closed_on"),
                Attribute("closed_why"),
            ),
        ),
        Related(
            _("承接的项目"), PROJECT, lambda organisation: Q(organisation=organisation), without=("organisation.name",)
        ),
    ),
    links=(
        Link(
            _("新建项目"),
            lambda organisation: f"{reverse('project_create')}?organisation={organisation.pk}",
            Permission.KEEP_RECORDS,
            lambda organisation: organisation.closed_on is None,
        ),
    ),
    names=("name",),
    numbers=("number", "credit_code"),
    editing=ORGANISATION_FORM,
)
