"""What of Golden Autumn waits for whom; the home page asks."""

from collections.abc import Callable

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.casework.waiting import held_up, ready, to_be_checked, waiting_for
from aid.enums import BatchState, Stage, TableState, TransferState
from aid.models import (
    AidCase,
    AidStandard,
    BatchItem,
    Contribution,
    FollowUp,
    Household,
    OfficeQuestion,
    PaymentBatch,
    PublicNotice,
    Transfer,
    UnitTable,
)
from aid.payments.coverage import BY_SLUG, cases_of
from aid.payments.reissues import to_reissue
from aid.renewal.services import renewable
from aid.standards.services import years_without_standard
from aid.visits.plan import due_now
from portal.access import Permission
from portal.desk.counting import Question
from portal.desk.todos import First, Longest, Todo
from portal.enums import OwnStandards
from portal.models import Campaign, User
from portal.models.voidable import ASKED


def left_undone(model: type[Model], name: str) -> tuple[Callable[[User], Question], Callable[[User], str]]:
    """The records of the person's own union and below in the list `name` of a kind, and its page."""

    def rows(user: User) -> QuerySet:
        return getattr(model.objects.visible_to(user), name)()

    return rows, listed(f"{model._meta.model_name}_list", f"todo={name}")


def this_summer(state: str) -> str:
    """The plan of this year's visits, narrowed to one state."""
    return f"{reverse('visitplan')}?campaign={localdate().year}&group=aided&state={state}"


def open_follow_ups(user: User) -> QuerySet:
    return FollowUp.objects.visible_to(user).filter(done_on__isnull=True)


def open_follow_ups_url() -> str:
    return f"{reverse('followup_list')}?open=yes"


def unanswered_questions(user: User) -> QuerySet:
    return OfficeQuestion.objects.visible_to(user).unanswered()


def late_questions(user: User) -> QuerySet:
    return OfficeQuestion.objects.visible_to(user).overdue(localdate())


def first_late_question(user: User) -> int | None:
    return late_questions(user).order_by("due_on", "pk").values_list("pk", flat=True).first()


def told_of_question(key: int) -> First:
    question = OfficeQuestion.objects.select_related("office").only("number", "due_on", "office__name").get(pk=key)
    words = {"office": question.office.name, "number": question.number, "day": question.due_on}
    told = _("%(office)s，%(number)s，应于 %(day)s 前答复") % words
    return First(str(told), reverse("officequestion_detail", args=[key]))


def cases_waiting(user: User) -> QuerySet:
    return waiting_for(AidCase.objects.visible_to(user), user)


def to_check(user: User) -> QuerySet:
    """Cases that the person may pass in 初审 now."""
    return to_be_checked(AidCase.objects.visible_to(user), user)


def longest_to_check(user: User) -> int | None:
    """The case that was applied for first of those to be checked."""
    return to_check(user).order_by("applied_on", "pk").values_list("pk", flat=True).first()


def to_decide(user: User) -> QuerySet:
    """Cases that the person may approve today."""
    return ready(AidCase.objects.visible_to(user), user)


def cannot_be_decided(user: User) -> QuerySet:
    """Cases whose notice is over and that something still stands against."""
    return held_up(AidCase.objects.visible_to(user), user)


def longest_to_decide(user: User) -> int | None:
    """The case that has waited longest for a decision which can be made."""
    return to_decide(user).order_by("notice_to", "pk").values_list("pk", flat=True).first()


def longest_returned(user: User) -> int | None:
    returned = AidCase.objects.visible_to(user).returned()
    return returned.order_by("updated_at", "pk").values_list("pk", flat=True).first()


def told_of_case(key: int) -> First:
    name = AidCase.objects.values_list("child__name", flat=True).get(pk=key)
    words = _("等得最久的：%(name)s") % {"name": name}
    return First(str(words), reverse("aidcase_detail", args=[key]))


def transfers(state: str) -> tuple[Callable[[User], Question], Callable[[User], str]]:
    """The transfers in `state` that the person's side has to answer, and their page."""

    def rows(user: User) -> QuerySet:
        return Transfer.objects.answered_by(user).filter(state=state)

    return rows, listed("transfer_list", f"own=yes&state={state}")


def batches(state: BatchState) -> tuple[Callable[[User], Question], Callable[[User], str]]:
    """The batches of the own union in `state`, and their page."""

    def rows(user: User) -> QuerySet:
        return PaymentBatch.objects.visible_to(user).filter(state=state)

    return rows, listed("paymentbatch_list", f"state={state}")


def unpaid(user: User) -> Question:
    """Approved cases of the running campaign that got nothing yet; only the 填报单位 pays."""
    campaign = Campaign.objects.current()
    return cases_of(user, campaign, UNPAID) if campaign and user.union.is_reporting else 0


def unpaid_url(_user: User) -> str:
    return reverse("coverage_cases", args=[Campaign.objects.current().year, UNPAID.slug])


def bounced(user: User) -> QuerySet:
    """Payments that failed and were not issued again."""
    return to_reissue(BatchItem.objects.visible_to(user))


def to_renew(user: User) -> Question:
    """Children aided last year on whom nobody has decided this year."""
    campaign = Campaign.objects.current()
    return renewable(user, campaign) if campaign else 0


def lacking_stages(_user: User) -> int:
    """The stages for which the current campaign has set nothing."""
    campaign = Campaign.objects.current()
    return len(Stage) - AidStandard.objects.filter(campaign=campaign).count() if campaign else 0


def standards_of_campaign(_user: User) -> str:
    return reverse("aidstandard_edit", args=[Campaign.objects.current().year])


def tables_to_answer(_user: User) -> QuerySet:
    """Standards that units set and the city has to agree to."""
    asked = UnitTable.objects.filter(state=TableState.ASKED)
    return asked.exclude(campaign__own_standards=OwnStandards.NONE)


def tables_refused(user: User) -> QuerySet:
    """Standards of the own unit that the city did not agree to, as long as the unit has set no others since."""
    tables = UnitTable.objects.visible_to(user)
    later = tables.filter(union=OuterRef("union"), campaign=OuterRef("campaign"), pk__gt=OuterRef("pk"))
    return tables.filter(~Exists(later), state=TableState.REFUSED)


def lacking_years(_user: User) -> int:
    return len(years_without_standard())


def minimum_incomes(_user: User) -> str:
    return reverse("minimumincome_list")


def listed(name: str, query: str) -> Callable[[User], str]:
    return lambda _user: f"{reverse(name)}?{query}"


CASES, FAILED = listed("aidcase_list", "waiting=yes"), listed("batchitem_list", "result=failed&reissued=no")
UNPAID = BY_SLUG["unpaid"]

APPROVE = Permission.APPROVE_CASES

TODOS = (
    Todo(
        _("等您初审的助学申请"),
        APPROVE,
        to_check,
        lambda _user: reverse("case_check"),
        urgent=True,
        act=_("初审 {count} 份助学申请"),
        first=Longest(longest_to_check, told_of_case),
        kept=True,
    ),
    Todo(
        _("等您审批的助学申请"),
        APPROVE,
        to_decide,
        lambda _user: reverse("case_decide"),
        urgent=True,
        act=_("审批 {count} 份助学申请"),
        first=Longest(longest_to_decide, told_of_case),
        kept=True,
    ),
    Todo(
        _("有公示异议、等您处理的申请"),
        APPROVE,
        *left_undone(AidCase, "objected"),
        urgent=True,
        act=_("处理 {count} 份申请的公示异议"),
        kept=True,
    ),
    Todo(
        _("公示期满、还不能审批的申请"),
        APPROVE,
        cannot_be_decided,
        lambda _user: f"{reverse('case_decide')}?held=yes",
        kept=True,
    ),
    Todo(
        _("等待复核发放的发放批次"),
        Permission.RELEASE_PAYMENTS,
        *left_undone(PaymentBatch, "to_release"),
        urgent=True,
        act=_("复核发放 {count} 个批次"),  # not kept: a card may have bounced in another unit
    ),
    Todo(
        _("等待复核的资金筹集"),
        Permission.RELEASE_PAYMENTS,
        lambda user: Contribution.objects.visible_to(user).to_confirm(),
        listed("contribution_list", "confirmed=no"),
        urgent=True,
        act=_("凭票据复核 {count} 笔到账资金"),
        kept=True,
    ),
    Todo(
        _("申请作废、等待复核的资金筹集"),
        Permission.APPROVE_CASES,
        lambda user: Contribution.objects.visible_to(user).filter(ASKED),
        listed("contribution_list", "voided=asked"),
        urgent=True,
        act=_("复核 {count} 笔资金的作废申请"),
        kept=True,
    ),
    Todo(
        _("发放失败、尚未重发的款项"),
        Permission.PREPARE_PAYMENTS,
        bounced,
        FAILED,
        urgent=True,
        act=_("核对账号，重发 {count} 笔失败的款项"),
        kept=True,
    ),
    Todo(
        _("被退回修改的助学申请"),
        Permission.KEEP_RECORDS,
        *left_undone(AidCase, "returned"),
        urgent=True,
        act=_("修改被退回的 {count} 份申请，再提交"),
        first=Longest(longest_returned, told_of_case),
        kept=True,
    ),
    Todo(
        _("政策落实情况未填全、不能审批的申请"),
        Permission.KEEP_RECORDS,
        *left_undone(AidCase, "lacking_policies"),
        kept=True,
    ),
    Todo(
        _("还没有送复核或被退回的发放批次"),
        Permission.PREPARE_PAYMENTS,
        *left_undone(PaymentBatch, "to_hand_over"),
        kept=True,
    ),
    Todo(
        _("已复核发放、等待送银行或登记签领的批次"),
        Permission.PREPARE_PAYMENTS,
        *batches(BatchState.RELEASED),
        kept=True,
    ),
    Todo(_("已送银行、等待回盘的批次"), Permission.PREPARE_PAYMENTS, *batches(BatchState.SENT), kept=True),
    Todo(_("审批通过、尚未发放的助学申请"), Permission.PREPARE_PAYMENTS, unpaid, unpaid_url, kept=True),
    Todo(_("等待本单位接收的转移档案"), Permission.KEEP_RECORDS, *transfers(TransferState.OFFERED), kept=True),
    Todo(_("其他单位申请转出的档案"), Permission.KEEP_RECORDS, *transfers(TransferState.REQUESTED), kept=True),
    Todo(
        _("去年受助、今年还没有续办的子女"),
        Permission.KEEP_RECORDS,
        to_renew,
        lambda _user: reverse("case_renewal"),
        kept=True,
    ),
    Todo(_("要继续办理的助学申请"), Permission.KEEP_RECORDS, cases_waiting, CASES, kept=True),
    Todo(_("已发放、尚未回访的申请"), Permission.KEEP_RECORDS, *left_undone(AidCase, "to_follow_up"), kept=True),
    Todo(_("还没有张贴照片的公示单"), Permission.KEEP_RECORDS, *left_undone(PublicNotice, "without_photo"), kept=True),
    Todo(_("公示期满、待撤下的公示单"), Permission.KEEP_RECORDS, *left_undone(PublicNotice, "to_take_down"), kept=True),
    Todo(_("一年未核实的档案"), Permission.KEEP_RECORDS, *left_undone(Household, "unverified"), kept=True),
    Todo(_("未帮扶过的档案"), Permission.KEEP_RECORDS, *left_undone(Household, "never_aided"), kept=True),
    Todo(_("材料不全的档案"), Permission.KEEP_RECORDS, *left_undone(Household, "lacking_documents"), kept=True),
    Todo(_("7、8 月未走访的受助子女"), Permission.KEEP_RECORDS, due_now, lambda _user: this_summer("due"), kept=True),
    Todo(
        _("走访后待跟进的事项"),
        Permission.KEEP_RECORDS,
        open_follow_ups,
        lambda _user: open_follow_ups_url(),
        kept=True,
    ),
    Todo(
        _("过了期限、部门还没有答复的问询"),
        Permission.KEEP_RECORDS,
        late_questions,
        listed("officequestion_list", "overdue=yes"),
        urgent=True,
        act=_("催问部门，登记 {count} 件问询的答复"),
        first=Longest(first_late_question, told_of_question),
        kept=True,
    ),
    Todo(
        _("等部门答复的问询"),
        Permission.KEEP_RECORDS,
        unanswered_questions,
        listed("officequestion_list", "open=yes"),
        kept=True,
    ),
    Todo(_("还没有处理的公示异议所涉申请"), Permission.VIEW_AUDIT, *left_undone(AidCase, "objected")),
    Todo(_("各单位发放失败、尚未重发的款项"), Permission.VIEW_AUDIT, bounced, FAILED),
    Todo(_("本年度还没有定帮扶标准的学段"), Permission.MANAGE_CAMPAIGNS, lacking_stages, standards_of_campaign),
    Todo(
        _("等您核准的单位自定帮扶标准"),
        Permission.MANAGE_CAMPAIGNS,
        tables_to_answer,
        listed("unittable_list", f"state={TableState.ASKED}"),
        urgent=True,
        act=_("核准 {count} 个单位的自定帮扶标准"),
    ),
    Todo(
        _("市总没有核准的本单位帮扶标准"),
        APPROVE,
        tables_refused,
        listed("unittable_list", f"state={TableState.REFUSED}"),
    ),
    Todo(_("还没有录入最低生活保障标准的年份"), Permission.KEEP_STANDARDS, lacking_years, minimum_incomes),
)
