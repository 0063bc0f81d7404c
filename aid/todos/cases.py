"""What waits on the way of a case: 初审, notice, decision, call-back, and next year's application."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid.casework.waiting import held_up, ready, to_be_checked, waiting_for
from aid.models import AidCase, PublicNotice
from aid.renewal.services import renewable
from aid.todos.lists import left_undone, listed
from portal.access import Permission
from portal.desk.counting import Question
from portal.desk.todos import First, Longest, Todo
from portal.models import Campaign, User

APPROVE, KEEP = Permission.APPROVE_CASES, Permission.KEEP_RECORDS


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


def to_renew(user: User) -> Question:
    """Children aided last year on whom nobody has decided this year."""
    campaign = Campaign.objects.current()
    return renewable(user, campaign) if campaign else 0


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
        _("被退回修改的助学申请"),
        KEEP,
        *left_undone(AidCase, "returned"),
        urgent=True,
        act=_("修改被退回的 {count} 份申请，再提交"),
        first=Longest(longest_returned, told_of_case),
        kept=True,
    ),
    Todo(
        _("政策落实情况未填全、不能审批的申请"),
        KEEP,
        *left_undone(AidCase, "lacking_policies"),
        kept=True,
    ),
    Todo(
        _("去年受助、今年还没有续办的子女"),
        KEEP,
        to_renew,
        lambda _user: reverse("case_renewal"),
        kept=True,
    ),
    Todo(_("要继续办理的助学申请"), KEEP, cases_waiting, listed("aidcase_list", "waiting=yes"), kept=True),
    Todo(_("已发放、尚未回访的申请"), KEEP, *left_undone(AidCase, "to_follow_up"), kept=True),
    Todo(_("还没有张贴照片的公示单"), KEEP, *left_undone(PublicNotice, "without_photo"), kept=True),
    Todo(_("公示期满、待撤下的公示单"), KEEP, *left_undone(PublicNotice, "to_take_down"), kept=True),
    Todo(_("还没有处理的公示异议所涉申请"), Permission.VIEW_AUDIT, *left_undone(AidCase, "objected")),
)
