"""The kinds of record that the annexes count, each with the conditions all its figures share.

Sources: annexes.md, "Words used below" and the tables of both annexes.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from aid.enums import PaymentState
from aid.models import AidCase, Contribution, Disbursement, Entry, PracticePost, Visit
from aid.models.casework.case import APPROVED_STATES
from employment.models import Assistance, Graduate, JobEvent
from portal.models.voidable import LIVE
from portal.records.attribute import Attribute
from reports.figures.registry import Condition, Fact, Miss, Window, every


def dated(field: str) -> Condition:
    """The record's date lies in the window, both ends included."""
    return Condition(
        _("日期在统计期内"),
        lambda window: Q(**{f"{field}__range": (window.starts_on, window.cut_off)}),
        _("日期（{date}）不在统计期 {starts_on} 至 {cut_off} 内"),
    )


# What was entered wrongly is counted by nothing (domain.md, rules that hold everywhere).
NOT_VOID = Condition(_("没有作废"), lambda _window: LIVE, _("已作废"))


def on_file(household: str) -> tuple[Condition, Condition]:
    """The household at path `household` is on file 在档; being closed in mid-window does not take it out."""
    return (
        Condition(
            _("家庭在统计截止日前（含当日）建档"),
            lambda window: Q(**{f"{household}__filed_on__lte": window.cut_off}),
            _("家庭建档日期晚于统计截止日 {cut_off}"),
        ),
        Condition(
            _("家庭在活动开始日前没有注销"),
            lambda window: (
                Q(**{f"{household}__closed_on__isnull": True}) | Q(**{f"{household}__closed_on__gte": window.starts_on})
            ),
            _("家庭在活动开始日 {starts_on} 之前已注销"),
        ),
    )


def _has_payment(status: PaymentState, window: Window) -> Q:
    """A payment of the case in `status`, dated in the window."""
    dated_so = every((PAYMENT_DATED,), window)
    return Q(Exists(Disbursement.objects.filter(dated_so, status=status, case=OuterRef("pk"))))


PAYMENT_DATED = dated("paid_on")
PAYMENT_MADE = Condition(
    _("状态为已发放"),
    lambda _window: Q(status=PaymentState.PAID),
    _("发放状态不是“已发放”"),
    ways=(
        Miss(lambda _window: Q(status=PaymentState.FAILED), PaymentState.FAILED.label),
        Miss(lambda _window: Q(status=PaymentState.PENDING), PaymentState.PENDING.label),
    ),
)
PAYMENT_OF_CAMPAIGN = Condition(
    _("所属助学申请是本年度活动的"),
    lambda window: Q(case__campaign=window.campaign),
    _("所属助学申请不是 {year} 年活动的"),
)
CASE_OF_CAMPAIGN = Condition(
    _("助学申请是本年度活动的"), lambda window: Q(campaign=window.campaign), _("助学申请不是 {year} 年活动的")
)
CASE_APPROVED = Condition(
    _("助学申请已审批通过"), lambda _window: Q(status__in=APPROVED_STATES), _("助学申请没有审批通过")
)
# "aided": the same two conditions that make a disbursement count, asked of the case's own disbursements.
CASE_PAID = Condition(
    _("统计期内有已发放的助学款"),
    lambda window: Q(
        Exists(Disbursement.objects.filter(every((PAYMENT_MADE, PAYMENT_DATED), window), case=OuterRef("pk")))
    ),
    _("统计期 {starts_on} 至 {cut_off} 内没有已发放的助学款"),
    ways=(
        Miss(lambda window: _has_payment(PaymentState.FAILED, window), _("助学款发放失败")),
        Miss(lambda window: _has_payment(PaymentState.PENDING, window), _("助学款待发放")),
    ),
)
ENTRY_DATED = dated("entered_on")
# Annex 1, line 3: each child once, by its latest entry in the window.
ENTRY_LATEST = Condition(
    _("是该子女统计期内最后一次升学"),
    lambda window: (
        ~Q(
            Exists(
                Entry.objects.filter(
                    every((ENTRY_DATED,), window), child=OuterRef("child"), entered_on__gt=OuterRef("entered_on")
                )
            )
        )
    ),
    _("该子女在统计期内还有更晚的升学记录，只按最后一次计"),
)
# Annex 2, lines 1, 10, 11: whoever graduates in a later year is in none of them; later in this year is.
GRADUATED_BY_YEAR_END = Condition(
    _("毕业日期不晚于本年度"),
    lambda window: Q(graduated_on__lte=window.year_ends_on),
    _("毕业日期（{date}）晚于 {year} 年"),
)
REGISTERED = Condition(
    _("在统计截止日前（含当日）登记"),
    lambda window: Q(registered_on__lte=window.cut_off),
    _("登记日期晚于统计截止日 {cut_off}"),
)
TRACKED_STILL = Condition(
    _("在活动开始日前没有结束跟踪"),
    lambda window: Q(closed_on__isnull=True) | Q(closed_on__gte=window.starts_on),
    _("在活动开始日 {starts_on} 之前已结束跟踪"),
)

OWNER = Attribute("union.name", _("所属工会"))

CONTRIBUTIONS = Fact(
    name="contributions",
    label=_("资金筹集"),
    model=Contribution,
    date="received_on",
    conditions=(NOT_VOID, dated("received_on")),
    columns=(
        Attribute("number", link="self"),
        Attribute("received_on"),
        Attribute("source"),
        Attribute("amount"),
        Attribute("donor"),
        OWNER,
    ),
    sums=("amount",),
    kinds=("source",),
)
DISBURSEMENTS = Fact(
    name="disbursements",
    label=_("助学款发放"),
    model=Disbursement,
    date="paid_on",
    conditions=(PAYMENT_OF_CAMPAIGN, PAYMENT_MADE, PAYMENT_DATED),
    together=("case",),
    columns=(
        Attribute("number", link="self"),
        Attribute("paid_on"),
        Attribute("amount"),
        Attribute("status", _("发放状态")),
        Attribute("case.number", _("助学申请编号"), link="case"),
        Attribute("case.campaign", _("活动年度")),
        Attribute("case.child.name", _("子女姓名")),
        Attribute("case.counted_stage"),
        Attribute("case.counted_category"),
        Attribute("case.counted_single_mother", _("困难单亲女职工")),
        OWNER,
    ),
    person="case__child__person",
    sums=("amount",),
    asked=(
        Attribute("source"),
        Attribute("method"),
        Attribute("case.mode"),
        Attribute("case.programme"),
        Attribute("case.child.household.hardship_category"),
    ),
    kinds=("source", "case.mode", "case.programme"),
)
CASES = Fact(
    name="cases",
    label=_("助学申请"),
    model=AidCase,
    date="decided_on",
    conditions=(CASE_OF_CAMPAIGN, CASE_APPROVED, CASE_PAID),
    beside=("disbursements",),
    columns=(
        Attribute("number", link="self"),
        Attribute("campaign"),
        Attribute("child.name", _("子女姓名")),
        Attribute("status"),
        Attribute("decided_on"),
        Attribute("counted_stage"),
        Attribute("counted_category"),
        Attribute("counted_single_mother", _("困难单亲女职工")),
        OWNER,
    ),
    person="child__person",
    sums=("standard",),
    asked=(
        Attribute("mode"),
        Attribute("programme"),
        Attribute("standard"),
        Attribute("applied_on"),
        Attribute("child.household.hardship_category"),
    ),
    kinds=("mode", "programme"),
)
ENTRIES = Fact(
    name="entries",
    label=_("升学"),
    model=Entry,
    date="entered_on",
    conditions=(NOT_VOID, ENTRY_DATED, *on_file("child__household"), ENTRY_LATEST),
    beside=("child__entries",),
    columns=(
        Attribute("number", link="self"),
        Attribute("child.name", _("子女姓名")),
        Attribute("stage"),
        Attribute("entered_on"),
        Attribute("school"),
        Attribute("child.household.number", _("档案编号")),
        Attribute("child.household.filed_on"),
        Attribute("child.household.closed_on"),
        OWNER,
    ),
    person="child__person",
    asked=(Attribute("child.household.worker_category"), Attribute("child.household.hardship_category")),
)
PRACTICE_POSTS = Fact(
    name="practice_posts",
    label=_("社会实践岗位"),
    model=PracticePost,
    date="contacted_on",
    conditions=(NOT_VOID, dated("contacted_on")),
    columns=(
        Attribute("number", link="self"),
        Attribute("contacted_on"),
        Attribute("employer"),
        Attribute("posts"),
        OWNER,
    ),
    sums=("posts",),
)
GRADUATES = Fact(
    name="graduates",
    label=_("高校毕业生"),
    model=Graduate,
    date="graduated_on",
    conditions=(NOT_VOID, REGISTERED, TRACKED_STILL, *on_file("household"), GRADUATED_BY_YEAR_END),
    columns=(
        Attribute("name", link="self"),
        Attribute("school"),
        Attribute("school_location"),
        Attribute("graduated_on"),
        Attribute("intention"),
        Attribute("contract_on"),
        Attribute("registered_on"),
        Attribute("closed_on"),
        Attribute("household.number", _("档案编号")),
        OWNER,
    ),
    person="person",
    asked=(Attribute("household.worker_category"), Attribute("household.hardship_category")),
)
# Annex 2, lines 2 to 9: of whatever graduate, tracked or not.
ASSISTANCE = Fact(
    name="assistance",
    label=_("就业帮扶"),
    model=Assistance,
    date="given_on",
    conditions=(NOT_VOID, dated("given_on")),
    columns=(
        Attribute("number", link="self"),
        Attribute("given_on"),
        Attribute("kind"),
        Attribute("graduate.name", _("毕业生姓名")),
        Attribute("amount"),
        Attribute("provider"),
        OWNER,
    ),
    person="graduate__person",
    sums=("amount",),
    asked=(Attribute("graduate.graduated_on"), Attribute("graduate.intention")),
    kinds=("kind",),
)
EVENTS = Fact(
    name="events",
    label=_("就业活动与岗位"),
    model=JobEvent,
    date="held_on",
    conditions=(NOT_VOID, dated("held_on")),
    columns=(
        Attribute("number", link="self"),
        Attribute("held_on"),
        Attribute("kind"),
        Attribute("title"),
        Attribute("channel"),
        Attribute("posts"),
        OWNER,
    ),
    sums=("posts",),
    kinds=("kind", "channel"),
)
# In no figure of the notice; a figure that the department composes may count them.
VISITS = Fact(
    name="visits",
    label=_("走访慰问"),
    model=Visit,
    date="visited_on",
    conditions=(NOT_VOID, dated("visited_on")),
    columns=(
        Attribute("number", link="self"),
        Attribute("visited_on"),
        Attribute("visitor"),
        Attribute("by_telephone"),
        OWNER,
    ),
    person="person",
    kinds=("by_telephone",),
)

FACTS = (CONTRIBUTIONS, DISBURSEMENTS, CASES, ENTRIES, PRACTICE_POSTS, GRADUATES, ASSISTANCE, EVENTS, VISITS)
