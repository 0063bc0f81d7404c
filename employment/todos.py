"""What of Sunshine Employment waits for whom; the home page asks."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from employment.enums import EnquiryOutcome
from employment.graduates.overlooked import overlooked
from employment.models import Assistance, Enquiry, Graduate, Promise, Referral
from employment.proposals.services import waiting
from employment.records.promise import OVERDUE, SOON
from employment.retention.services import due
from portal.access import Permission
from portal.desk.todos import First, Longest, Todo
from portal.models import HeldRow, Import, ListUpload, User, WorkbookUpload
from portal.models.voidable import ASKED


def without_help(user: User) -> QuerySet:
    return overlooked(Graduate.objects.visible_to(user))


def without_help_url(_user: User) -> str:
    return f"{reverse('graduate_list')}?overlooked=yes"


def proposed(user: User) -> QuerySet:
    return waiting(user)


def proposed_url(_user: User) -> str:
    return reverse("proposal_list")


def unanswered(user: User) -> QuerySet:
    return Referral.objects.visible_to(user).unanswered(localdate())


def unanswered_url(_user: User) -> str:
    return f"{reverse('referral_list')}?unanswered=yes"


def to_be_asked(user: User) -> QuerySet:
    return due(Assistance.objects.visible_to(user))


def to_be_asked_url(_user: User) -> str:
    return reverse("retention_list")


def broken(user: User) -> QuerySet:
    return Promise.objects.visible_to(user).overdue(localdate())


def broken_url(_user: User) -> str:
    return f"{reverse('promise_list')}?due={OVERDUE}"


def soon_to_keep(user: User) -> QuerySet:
    return Promise.objects.visible_to(user).due_soon(localdate())


def soon_to_keep_url(_user: User) -> str:
    return f"{reverse('promise_list')}?due={SOON}"


def enquiries(user: User) -> QuerySet:
    return Enquiry.objects.visible_to(user).unanswered()


def enquiries_url(_user: User) -> str:
    return f"{reverse('enquiry_list')}?open=yes"


def late_enquiries(user: User) -> QuerySet:
    return Enquiry.objects.visible_to(user).overdue(localdate())


def late_enquiries_url(_user: User) -> str:
    return f"{reverse('enquiry_list')}?overdue=yes"


def handed_down(user: User) -> QuerySet:
    return Enquiry.objects.visible_to(user).unanswered().handed_down()


def handed_down_url(_user: User) -> str:
    return f"{reverse('enquiry_list')}?open=yes&from_city=yes"


def first_due(user: User) -> int | None:
    return handed_down(user).order_by("due_on", "pk").values_list("pk", flat=True).first()


def told_when_due(pk: int) -> First:
    enquiry = Enquiry.objects.only("number", "due_on").get(pk=pk)
    words = {"number": enquiry.number, "day": enquiry.due_on}
    return First(_("%(number)s，%(day)s 前办结") % words, reverse("enquiry_detail", args=[pk]))


def to_hand_down(user: User) -> QuerySet:
    return Enquiry.objects.visible_to(user).to_hand_down()


def to_hand_down_url(_user: User) -> str:
    return f"{reverse('enquiry_list')}?outcome={EnquiryOutcome.TO_HAND_DOWN}"


def late_below(user: User) -> QuerySet:
    return Enquiry.objects.visible_to(user).overdue(localdate()).handed_down()


def late_below_url(_user: User) -> str:
    return f"{reverse('enquiry_list')}?overdue=yes&from_city=yes"


def to_tell(user: User) -> QuerySet:
    return Enquiry.objects.visible_to(user).to_tell()


def to_tell_url(_user: User) -> str:
    return reverse("hotline_answers")


def handed_enquiries(user: User) -> QuerySet:
    return Enquiry.objects.visible_to(user).unanswered().handed_over()


def handed_enquiries_url(_user: User) -> str:
    return f"{reverse('enquiry_list')}?open=yes&handed=yes"


def asked_to_void(user: User) -> QuerySet:
    return Assistance.objects.visible_to(user).filter(ASKED)


def asked_to_void_url(_user: User) -> str:
    return f"{reverse('assistance_list')}?voided=asked"


def held_rows(user: User) -> QuerySet:
    rows = HeldRow.objects.visible_to(user).to_complete()
    return rows.filter(union=user.union) if user.union.is_city else rows  # those of the units are theirs


def held_rows_url(_user: User) -> str:
    return reverse("held_list")


def imports(user: User) -> QuerySet:
    return WorkbookUpload.objects.awaiting(user)


def lists_to_check(user: User) -> QuerySet:
    return ListUpload.objects.awaiting(user)


def taken_back(user: User) -> QuerySet:
    return Import.objects.asked_back(user)


def taken_back_url(_user: User) -> str:
    return reverse("import_asked")


def imports_url(_user: User) -> str:
    return reverse("workbook_waiting")


KEEP, HAND_DOWN = Permission.KEEP_RECORDS, Permission.HAND_DOWN_ENQUIRIES

TODOS = (
    Todo(
        _("申请作废、等待复核的就业帮扶"),
        Permission.APPROVE_CASES,
        asked_to_void,
        asked_to_void_url,
        urgent=True,
        act=_("复核 {count} 条就业帮扶的作废申请"),
        kept=True,
    ),
    Todo(
        _("等待您复核的工作簿导入"),
        Permission.APPROVE_CASES,
        imports,
        imports_url,
        urgent=True,
        act=_("复核 {count} 份工作簿导入"),
    ),
    Todo(
        _("等待您复核的清单导入"),
        Permission.APPROVE_CASES,
        lists_to_check,
        imports_url,
        urgent=True,
        act=_("复核 {count} 份清单导入"),
    ),
    Todo(
        _("等待您复核的导入撤回"),
        Permission.APPROVE_CASES,
        taken_back,
        taken_back_url,
        urgent=True,
        act=_("复核 {count} 次导入撤回"),
    ),
    Todo(
        _("过期未兑现的帮扶承诺"),
        KEEP,
        broken,
        broken_url,
        urgent=True,
        act=_("兑现 {count} 项过期的帮扶承诺"),
        kept=True,
    ),
    Todo(
        _("市总下派的咨询"),
        KEEP,
        handed_down,
        handed_down_url,
        urgent=True,
        act=_("办理市总下派的 {count} 件咨询"),
        first=Longest(first_due, told_when_due),
        kept=True,
    ),
    Todo(
        _("待下派的热线咨询"),
        HAND_DOWN,
        to_hand_down,
        to_hand_down_url,
        urgent=True,
        act=_("下派 {count} 件热线咨询"),
    ),
    Todo(
        _("各单位逾期的下派咨询"),
        HAND_DOWN,
        late_below,
        late_below_url,
        urgent=True,
        act=_("催办 {count} 件逾期的下派咨询"),
    ),
    Todo(_("待回复热线的答复"), HAND_DOWN, to_tell, to_tell_url),
    Todo(
        _("逾期未办结的咨询"),
        KEEP,
        late_enquiries,
        late_enquiries_url,
        urgent=True,
        act=_("办结 {count} 件逾期的咨询"),
        kept=True,
    ),
    Todo(
        _("其他工会转来的咨询"),
        KEEP,
        handed_enquiries,
        handed_enquiries_url,
        urgent=True,
        act=_("接办其他工会转来的 {count} 件咨询"),
        kept=True,
    ),
    Todo(_("清单里待补正的行"), Permission.IMPORT_LISTS, held_rows, held_rows_url),
    Todo(_("待办理的咨询"), KEEP, enquiries, enquiries_url, kept=True),
    Todo(_("拟登记的高校毕业生"), KEEP, proposed, proposed_url, kept=True),
    Todo(_("30 天没有得到帮扶的毕业生"), KEEP, without_help, without_help_url, kept=True),
    Todo(_("7 天内要兑现的帮扶承诺"), KEEP, soon_to_keep, soon_to_keep_url, kept=True),
    Todo(_("超过 7 天未答复的岗位推荐"), KEEP, unanswered, unanswered_url, kept=True),
    Todo(_("该做的稳岗回访"), KEEP, to_be_asked, to_be_asked_url, kept=True),
)
