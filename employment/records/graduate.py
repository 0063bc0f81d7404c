"""高校毕业生."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aid import records as aid
from employment.enums import Degree, Intention, Location
from employment.models import Graduate
from employment.overlooked import overlooked
from employment.records.assistance import ASSISTANCE
from employment.records.visit import VISIT
from portal.identity import mask_id_number
from portal.records.attribute import Attribute
from portal.records.filters import CodeFilter, IsOpenFilter, RecordFilterSet, YesNoFilter, period
from portal.records.kind import Fields, RecordKind, Related


class GraduateFilters(RecordFilterSet):
    intention = CodeFilter(label=_("就业意向"), choices=Intention)
    degree = CodeFilter(label=_("学历"), choices=Degree)
    school_location = CodeFilter(label=_("院校所在地"), choices=Location)
    origin = CodeFilter(label=_("生源地"), choices=Location)
    contract = IsOpenFilter(field_name="contract_on", label=_("签约"), words=(_("未签约"), _("已签约")))
    open = IsOpenFilter(field_name="closed_on", label=_("跟踪"), words=(_("跟踪中"), _("已结束")))
    overlooked = YesNoFilter(label=_("30 天没有得到帮扶"), method="without_help")
    graduated_from, graduated_to = period("graduated_on", _("毕业日期"))

    class Meta(RecordFilterSet.Meta):
        model = Graduate

    def without_help(self, graduates, _name, value):
        found = overlooked(Graduate.objects.all()).values("pk")
        return graduates.filter(pk__in=found) if value else graduates.exclude(pk__in=found)


GRADUATE = RecordKind(
    model=Graduate,
    noun="graduates",
    caption=("name",),
    columns=(
        Attribute("name", link="self", order="initials"),
        Attribute("person.id_number", mask=mask_id_number, minor=True),
        Attribute("school", minor=True),
        Attribute("degree"),
        Attribute("graduated_on", order="graduated_on"),
        Attribute("intention"),
        Attribute("contract_on", minor=True),
        Attribute("household.number", label=_("家庭档案"), link="household", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-graduated_on",
    filterset=GraduateFilters,
    sections=(
        Fields(
            _("基本情况"),
            (
                Attribute("name"),
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
        Related(_("就业帮扶"), ASSISTANCE, lambda graduate: Q(graduate=graduate), without=("graduate.name",)),
        Related(_("走访慰问"), VISIT, lambda graduate: Q(person=graduate.person_id), without=("named.name", "union")),
        Related(_("作为子女的记录"), aid.CHILD, lambda graduate: Q(person=graduate.person_id)),
    ),
    names=("name",),
    initials=("initials",),
    numbers=("household__number",),
    hashes=("person__id_hash",),
    view_is_logged=True,
)
