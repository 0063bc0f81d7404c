"""困难职工家庭档案."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid.editing import HOUSEHOLD_FORM
from aid.enums import HardshipCategory, WorkerCategory
from aid.models import Child, Household
from aid.records.case import AID_CASE, PARTS
from aid.records.child import PLAIN_CHILD
from aid.records.entry import ENTRY
from aid.records.family import MEMBER
from aid.records.funds import DISBURSEMENT, payee_fields
from aid.records.searching import children_of_family
from aid.records.social.paired import PairedFilters
from aid.records.sponsor import PAIRING
from aid.records.tones import FILE_TONES
from aid.records.visits.many import VISIT_MANY
from aid.records.visits.visit import PLAIN_VISIT
from aid.voiding import VOIDING
from portal.access import Permission
from portal.identity import mask_id_number, mask_telephone
from portal.models.voidable import all_of
from portal.records.attribute import Attribute, hidden
from portal.records.beside import Wait
from portal.records.filters import CodeFilter, IsOpenFilter, YesNoFilter, period
from portal.records.kind import BulkAct, Fields, Link, RecordKind, Related

# What has been left undone: names of the lists of HouseholdQuerySet.
TODO = (("unverified", _("一年未核实")), ("never_aided", _("未帮扶过")), ("lacking_documents", _("材料不全")))


class HouseholdFilters(PairedFilters):
    todo = CodeFilter(label=_("待办"), choices=TODO, method="narrow")
    open = IsOpenFilter(field_name="closed_on", label=_("档案状态"), words=(_("在档"), _("已注销")))
    worker_category = CodeFilter(label=_("职工类别"), choices=WorkerCategory)
    hardship_category = CodeFilter(label=_("困难类别"), choices=HardshipCategory)
    single_parent = YesNoFilter(label=_("单亲"))
    filed_from, filed_to = period("filed_on", _("建档日期"))

    class Meta(PairedFilters.Meta):
        model = Household


def _page(name: str):
    return lambda household: reverse(f"household_{name}", args=[household.pk])


def _is_open(household: Household) -> bool:
    return household.is_open


LINKS = (
    Link(_("材料"), _page("documents")),
    Link(_("办理经过"), _page("timeline")),
    Link(_("档案表"), _page("print")),
    Link(_("走访表"), _page("visit_form"), None, _is_open),
    Link(_("信息副本"), _page("copy"), Permission.GIVE_COPIES),
    Link(_("转出"), _page("transfer"), Permission.KEEP_RECORDS, _is_open),
    Link(_("注销"), _page("close"), Permission.KEEP_RECORDS, _is_open),
)


def waits(household: Household, _user) -> list[Wait]:
    """The yearly verification, where it is due."""
    return [Wait(_("一年未核实：核对并改好档案后按“今天已核实”。"))] if household.is_stale else []


def visits_to_family(household: Household) -> Q:
    """Visits to the worker and to the children."""
    return visits_to(household, Child.objects.filter(household=household))


def visits_to(household: Household, *kinds: QuerySet) -> Q:
    """Visits to the worker, and to the people of the records of these `kinds`.

    One list of people, each leading to visits by its index; a condition for each kind is asked of every visit.
    """
    worker = all_of(Household).filter(pk=household.pk).order_by().values("worker")
    people = (records.order_by().values("person") for records in kinds)
    return Q(person__in=worker.union(*people, all=True))


# Of the file of the whole country; the sealed ones are read by who works on the family.
NATIONAL_FIELDS = Fields(
    _("全国系统档案项目"),
    (
        Attribute("ethnicity", mask=hidden, needed=True),
        Attribute("political_status", mask=hidden, needed=True),
        Attribute("marriage", mask=hidden, needed=True),
        Attribute("registration"),
        Attribute("registered_at", mask=hidden, needed=True),
        Attribute("work_state"),
        Attribute("model_worker"),
        Attribute("disability", mask=hidden, needed=True),
        Attribute("medical_insurance", mask=hidden, needed=True),
        Attribute("employer_nature"),
        Attribute("employer_state"),
        Attribute("self_reliant"),
        Attribute("jobless_family"),
        Attribute("other_yearly_income"),
    ),
)


def paired_in(household: Household) -> Q:
    """Pairings with the worker and with the children."""
    return Q(household=household) | Q(child__in=Child.objects.filter(household=household))


PLAIN_HOUSEHOLD = RecordKind(
    model=Household,
    voiding=VOIDING[Household],
    in_lists=True,
    noun="households",
    caption=("number", "worker_name"),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("worker_name", link="self", order="worker_initials"),
        Attribute("worker.id_number", mask=mask_id_number, minor=True),
        Attribute("worker.document", label=_("证件种类"), extra=True),
        Attribute("worker_category", minor=True),
        Attribute("hardship_category"),
        Attribute("employer", minor=True),
        Attribute("union", minor=True),
        Attribute("filed_on", order="filed_on", minor=True),
        Attribute("closed_on", minor=True),
        Attribute("registration", extra=True),
        Attribute("work_state", extra=True),
        Attribute("model_worker", extra=True),
        Attribute("employer_nature", extra=True),
        Attribute("employer_state", extra=True),
        Attribute("self_reliant", extra=True),
        Attribute("jobless_family", extra=True),
        Attribute("other_yearly_income", extra=True),
    ),
    ordering="-filed_on",
    filterset=HouseholdFilters,
    state=Attribute("is_open", label=_("档案状态"), tones=FILE_TONES),
    head=(
        Attribute("worker_category"),
        Attribute("hardship_category"),
        Attribute("union"),
        Attribute("verified_on"),
    ),
    waits=waits,
    sections=(
        Fields(
            _("职工"),
            (
                Attribute("worker_name"),
                Attribute("worker.document", label=_("证件种类")),
                Attribute("worker.id_number", mask=mask_id_number),
                Attribute("sex", label=_("性别")),
                Attribute("worker.birth_date"),
                Attribute("worker_category"),
                Attribute("employer"),
                Attribute("telephone", mask=mask_telephone, needed=True),
                Attribute("other_contact", mask=hidden, needed=True),
                Attribute("address", mask=hidden, needed=True),
                Attribute("health", mask=hidden, needed=True),
                Attribute("health_note", mask=hidden, needed=True),
            ),
        ),
        Fields(
            _("困难情况"),
            (
                Attribute("hardship_category"),
                Attribute("main_cause", mask=hidden, needed=True),
                Attribute("other_causes", mask=hidden, needed=True),
                Attribute("cause", mask=hidden, needed=True),
                Attribute("single_parent"),
                Attribute("family_size"),
                Attribute("monthly_income"),
                Attribute("housing"),
                Attribute("housing_area"),
            ),
        ),
        NATIONAL_FIELDS,
        payee_fields(),
        Fields(
            _("建档"),
            (
                Attribute("number"),
                Attribute("union"),
                Attribute("filed_on"),
                Attribute("verified_on"),
                Attribute("verified_by"),
                Attribute("closed_on"),
                Attribute("closed_reason"),
            ),
        ),
        Related(_("家庭成员"), MEMBER, lambda home: Q(household=home), without=("household.number",)),
        Related(_("子女"), PLAIN_CHILD, lambda home: Q(household=home), without=("household.number", "union")),
        Related(_("升学"), ENTRY, lambda home: Q(child__household=home), without=("union",)),
        Related(_("助学申请"), AID_CASE, lambda home: Q(child__household=home), without=("union", *PARTS)),
        Related(_("助学款发放"), DISBURSEMENT, lambda home: Q(case__child__household=home), without=("union",)),
        Related(_("走访慰问"), PLAIN_VISIT, visits_to_family, without=("union",)),
        Related(_("结对"), PAIRING, paired_in, without=("union",)),
    ),
    names=("worker_name", "employer"),
    initials=("worker_initials",),
    numbers=("number",),
    hashes=("worker__id_hash", "bank_card_hash"),
    tails=("bank_card_tail_hash",),
    found_by=(children_of_family("id"),),
    links=LINKS,
    view_is_logged=True,
    editing=HOUSEHOLD_FORM,
    bulk=(
        VISIT_MANY,
        BulkAct(_("打印档案表"), "household_print_many", Permission.KNOW_FAMILIES),
        BulkAct(_("打印走访表"), "household_visit_form_many", Permission.KNOW_FAMILIES),
    ),
)
