"""结对方 and 结对关系."""

from dataclasses import replace

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.editing.sponsor import PAIRING_FORM, SPONSOR_FORM
from aid.enums import Programme, SponsorKind
from aid.models import Pairing, Sponsor
from aid.records.case import AID_CASE
from aid.records.funds import CONTRIBUTION
from aid.records.searching import of_child, of_family
from aid.records.social.paired import PairedFilters
from aid.voiding import VOIDING
from portal.access import Permission, path_range
from portal.identity import mask_name, mask_telephone
from portal.models import REPORTING_PATH_LENGTH
from portal.records.attribute import Attribute
from portal.records.filters import CodeFilter, RecordFilterSet, YesNoFilter
from portal.records.kind import Fields, Link, RecordKind, Related


class PairingFilters(RecordFilterSet):
    programme = CodeFilter(label=_("结对项目"), choices=Programme)
    with_worker = YesNoFilter(label=_("结对对象"), words=(_("职工"), _("子女")), method="filter_with_worker")
    running = YesNoFilter(label=_("状态"), words=(_("结对中"), _("已结束")), method="filter_running")

    class Meta(RecordFilterSet.Meta):
        model = Pairing

    def filter_with_worker(self, pairings, _name, value):
        return pairings.filter(household__isnull=not value)

    def filter_running(self, pairings, _name, value):
        over = Q(ends_on__lt=localdate())
        return pairings.exclude(over) if value else pairings.filter(over)


class SponsorFilters(PairedFilters):
    sponsor_kind = CodeFilter(field_name="kind", label=_("结对方类别"), choices=SponsorKind)

    class Meta(PairedFilters.Meta):
        model = Sponsor


PAIRING = RecordKind(
    model=Pairing,
    voiding=VOIDING[Pairing],
    noun="pairings",
    caption=("number",),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("sponsor.name", link="sponsor"),
        Attribute("child.name", label=_("子女"), mask=mask_name, link="child"),
        Attribute("household.worker_name", label=_("职工"), mask=mask_name, link="household"),
        Attribute("programme", minor=True),
        Attribute("starts_on", order="starts_on"),
        Attribute("ends_on"),
        Attribute("yearly_amount", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-starts_on",
    filterset=PairingFilters,
    sections=(
        Fields(
            _("结对"),
            (
                Attribute("number"),
                Attribute("sponsor.name", link="sponsor"),
                Attribute("child.name", label=_("子女"), link="child"),
                Attribute("household.worker_name", label=_("职工"), link="household"),
                Attribute("programme"),
                Attribute("starts_on"),
                Attribute("ends_on"),
                Attribute("yearly_amount"),
                Attribute("union"),
            ),
        ),
    ),
    names=("sponsor__name", "child__name", "household__worker_name"),
    initials=("child__initials", "household__worker_initials"),
    numbers=("number",),
    found_by=(of_child("child"), of_family("household")),
    editing=PAIRING_FORM,
)

MASKED_CASE = replace(
    AID_CASE,
    columns=tuple(
        replace(column, mask=mask_name) if column.path == "child.name" else column for column in AID_CASE.columns
    ),
)


def _in_unit_of(sponsor: Sponsor) -> Q:
    """Records of the sponsor's 填报单位: another unit's sponsor of the same name is another sponsor."""
    return path_range(sponsor.union_path[:REPORTING_PATH_LENGTH])


def contributions_of(sponsor: Sponsor) -> Q:
    """What it gave, by its name: contributions hold the name in the same form."""
    return Q(donor=sponsor.name) & _in_unit_of(sponsor)


def cases_of(sponsor: Sponsor) -> Q:
    """Cases that name it, however its name was written."""
    return Q(known_sponsor=sponsor)


SPONSOR = RecordKind(
    model=Sponsor,
    voiding=VOIDING[Sponsor],
    noun="sponsors",
    caption=("name",),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("name", link="self", order="name"),
        Attribute("kind"),
        Attribute("contact", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="name",
    filterset=SponsorFilters,
    sections=(
        Fields(
            _("结对方"),
            (
                Attribute("number"),
                Attribute("kind"),
                Attribute("name"),
                Attribute("contact"),
                Attribute("telephone", mask=mask_telephone),
                Attribute("union"),
            ),
        ),
        Related(_("结对的子女和职工"), PAIRING, lambda sponsor: Q(sponsor=sponsor), without=("sponsor.name", "union")),
        Related(_("出资"), CONTRIBUTION, contributions_of, without=("donor",)),
        Related(_("以其结对的助学申请"), MASKED_CASE, cases_of),
    ),
    links=(
        Link(
            _("新建结对关系"),
            lambda sponsor: f"{reverse('pairing_create')}?sponsor={sponsor.pk}",
            Permission.KEEP_RECORDS,
            lambda _sponsor: True,
        ),
        Link(
            _("感谢信"),
            lambda sponsor: reverse("sponsor_letter", args=[sponsor.pk]),
            None,
            lambda _sponsor: True,
        ),
    ),
    names=("name",),
    numbers=("number",),
    editing=SPONSOR_FORM,
)
