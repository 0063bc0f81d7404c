"""助学申请."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid.casework.shares import refusal_of_shares
from aid.casework.waiting import held_up, ready, to_be_checked, waiting_for
from aid.editing import CASE_FORM, CASE_GRID
from aid.enums import AidMode, CasePayment, CaseState, Intake, Stage
from aid.models import AidCase
from aid.models.casework.case_lists import AidCaseQuerySet
from aid.records.family import MEMBER
from aid.records.funds import DISBURSEMENT, payee_fields
from aid.records.offices.question import PLAIN_OFFICE_QUESTION
from aid.records.searching import of_child
from aid.records.tones import CASE_PAYMENT_TONES, CASE_TONES
from portal.access import Permission
from portal.identity import mask_telephone
from portal.records.attribute import Attribute, hidden
from portal.records.filters import CampaignFilter, CodeFilter, RecordFilterSet, YesNoFilter, period
from portal.records.kind import Fields, Link, RecordKind, Related

# What waits of the cases: names of the lists of AidCaseQuerySet, and of those that depend on who asks.
TODO = (
    ("to_be_checked", _("等您初审")),
    ("to_check", _("待初审")),
    ("to_post", _("待公示")),
    ("to_decide", _("待审批")),
    ("ready", _("等您审批")),
    ("held_up", _("公示期满、还不能审批")),
    ("returned", _("被退回修改")),
    ("objected", _("有未处理的异议")),
    ("on_show", _("公示期未满")),
    ("notice_over", _("公示期满、待审批")),
    ("without_notice", _("续办、不再公示、待审批")),
    ("to_pay", _("已通过、待发放")),
    ("to_follow_up", _("已发放、尚未回访")),
    ("lacking_policies", _("政策落实情况未填全，不能审批")),
)
OF_USER = {"ready": ready, "held_up": held_up, "to_be_checked": to_be_checked}


class AidCaseFilters(RecordFilterSet):
    campaign = CampaignFilter()
    status = CodeFilter(label=_("状态"), choices=CaseState)
    payment = CodeFilter(label=_("发放情况"), choices=CasePayment)
    stage = CodeFilter(label=_("学段"), choices=Stage)
    mode = CodeFilter(label=_("助学方式"), choices=AidMode)
    intake = CodeFilter(label=_("新纳入或继续帮扶"), choices=Intake, method="filter_intake")
    waiting = YesNoFilter(label=_("待我办理"), words=(_("是"), _("否")), method="filter_waiting")
    todo = CodeFilter(label=_("待办"), choices=TODO, method="filter_todo")
    applied_from, applied_to = period("applied_on", _("申请日期"))

    class Meta(RecordFilterSet.Meta):
        model = AidCase

    def filter_intake(self, cases, _name, value):
        return cases.filter(continued=value == Intake.CONTINUED)

    def filter_todo(self, cases, name, value):
        """The lists of the query set, and those that depend on who asks."""
        user = self.request.user
        if value in OF_USER:
            return cases.filter(pk__in=OF_USER[value](AidCase.objects.visible_to(user), user).values("pk"))
        return self.narrow(cases, name, value)

    def filter_waiting(self, cases, _name, value):
        """What waits for the person who asks, or everything else."""
        user = self.request.user
        mine = waiting_for(AidCase.objects.visible_to(user), user).values("pk")
        return cases.filter(pk__in=mine) if value else cases.exclude(pk__in=mine)


# Of a list by itself: where cases stand on the page of another record 资助来源 says them in words.
PARTS = ("city_share", "unit_share", "social_share")

AID_CASE = RecordKind(
    model=AidCase,
    in_lists=True,
    noun="cases",
    caption=("number", "child.name"),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("child.name", label=_("子女姓名"), link="child"),
        Attribute("campaign", minor=True),
        Attribute("stage", minor=True),
        Attribute("mode", minor=True),
        Attribute("intake", label=_("帮扶类别"), minor=True),
        Attribute("standard", order="standard"),
        Attribute("sources", label=_("资助来源"), minor=True, extra=True, in_files=True),
        Attribute("city_share", label=_("市级资金(元)"), extra=True, in_files=True),
        Attribute("unit_share", label=_("区级资金(元)"), extra=True, in_files=True),
        Attribute("social_share", label=_("社会资金(元)"), extra=True, in_files=True),
        Attribute("status", tones=CASE_TONES),
        Attribute("payment", label=_("发放情况"), tones=CASE_PAYMENT_TONES),
        Attribute("checked_by", label=_("初审人"), minor=True, extra=True),
        Attribute("checked_at", label=_("初审时间"), minor=True, extra=True),
        Attribute("applied_on", order="applied_on", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-applied_on",
    filterset=AidCaseFilters,
    state=Attribute("status", tones=CASE_TONES),
    head=(
        Attribute("campaign"),
        Attribute("stage"),
        Attribute("standard"),
        Attribute("child.household.worker_name", label=_("职工"), link="child.household"),
        Attribute("union"),
    ),
    sections=(
        Fields(
            _("申请"),
            (
                Attribute("number"),
                Attribute("union"),
                Attribute("child.name", label=_("子女姓名"), link="child"),
                Attribute("child.household.number", label=_("家庭档案"), link="child.household"),
                Attribute("campaign"),
                Attribute("stage"),
                Attribute("mode"),
                Attribute("intake", label=_("新纳入或继续帮扶")),
                Attribute("standard"),
                Attribute("sources", label=_("资助来源")),
                Attribute("programme"),
                Attribute("sponsor"),
                Attribute("applied_on"),
            ),
        ),
        Fields(
            _("家庭"),
            (
                Attribute("child.household.worker_category"),
                Attribute("child.household.hardship_category"),
                Attribute("child.household.main_cause", mask=hidden, needed=True),
                Attribute("child.household.other_causes", mask=hidden, needed=True),
                Attribute("child.household.cause", mask=hidden, needed=True),
                Attribute("child.household.health", mask=hidden, needed=True),
                Attribute("child.household.single_parent"),
                Attribute("child.household.family_size"),
                Attribute("child.household.employer"),
                Attribute("child.household.telephone", mask=mask_telephone, needed=True),
                Attribute("child.household.address", mask=hidden, needed=True),
            ),
        ),
        payee_fields("child.payee."),
        Fields(
            _("初审、公示与审批"),
            (
                Attribute("checked_by", label=_("初审人")),
                Attribute("checked_at", label=_("初审时间")),
                Attribute("notice_from"),
                Attribute("notice_to"),
                Attribute("notice_place"),
                Attribute("decided_on"),
                Attribute("decision"),
                Attribute("counted_stage"),
                Attribute("counted_category"),
                Attribute("counted_single"),
                Attribute("counted_single_mother"),
            ),
        ),
        Fields(_("回访"), (Attribute("received_in_full"), Attribute("received_on"))),
        Related(
            _("家庭成员"), MEMBER, lambda case: Q(household=case.child.household_id), without=("household.number",)
        ),
        Related(
            _("助学款发放"),
            DISBURSEMENT,
            lambda case: Q(case=case),
            without=("case.child.name", "case.number", "union"),
        ),
        Related(
            _("部门问询"),
            PLAIN_OFFICE_QUESTION,
            lambda case: Q(household=case.child.household_id),
            without=("named.name", "union"),
        ),
    ),
    names=("child__name", "sponsor"),
    initials=("child__initials",),
    numbers=("number",),
    found_by=(of_child("child"),),
    links=(
        Link(
            _("资助来源"),
            lambda case: reverse("case_shares", args=[case.pk]),
            Permission.KEEP_RECORDS,
            lambda case: not refusal_of_shares(case),
        ),
        Link(
            _("问询部门"),
            lambda case: f"{reverse('officequestion_create')}?child={case.child_id}&aidcase={case.pk}",
            Permission.KEEP_RECORDS,
        ),
        Link(_("申请审批表"), lambda case: reverse("aidcase_print", args=[case.pk])),
        Link(_("审计资料包"), lambda case: reverse("case_pack", args=[case.pk]), Permission.EXPORT_PACKS),
    ),
    view_is_logged=True,
    editing=CASE_FORM,
    grid=CASE_GRID,
    reading=AidCaseQuerySet.as_listed,
)
