"""What waits where files of families are kept: transfers, visits, questions to other offices."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.enums import TransferState
from aid.models import FollowUp, Household, OfficeQuestion, Transfer
from aid.todos.lists import left_undone, listed
from aid.visits.plan import due_now
from portal.access import Permission
from portal.desk.counting import Question
from portal.desk.todos import First, Longest, Todo
from portal.models import User

KEEP = Permission.KEEP_RECORDS


def transfers(state: str) -> tuple[Callable[[User], Question], Callable[[User], str]]:
    """The transfers in `state` that the person's side has to answer, and their page."""

    def rows(user: User) -> QuerySet:
        return Transfer.objects.answered_by(user).filter(state=state)

    return rows, listed("transfer_list", f"own=yes&state={state}")


def this_summer(state: str) -> str:
    """The plan of this year's visits, narrowed to one state."""
    return f"{reverse('visitplan')}?campaign={localdate().year}&group=aided&state={state}"


def open_follow_ups(user: User) -> QuerySet:
    return FollowUp.objects.visible_to(user).filter(done_on__isnull=True)


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


TODOS = (
    Todo(_("等待本单位接收的转移档案"), KEEP, *transfers(TransferState.OFFERED), kept=True),
    Todo(_("其他单位申请转出的档案"), KEEP, *transfers(TransferState.REQUESTED), kept=True),
    Todo(_("一年未核实的档案"), KEEP, *left_undone(Household, "unverified"), kept=True),
    Todo(_("未帮扶过的档案"), KEEP, *left_undone(Household, "never_aided"), kept=True),
    Todo(_("材料不全的档案"), KEEP, *left_undone(Household, "lacking_documents"), kept=True),
    Todo(_("7、8 月未走访的受助子女"), KEEP, due_now, lambda _user: this_summer("due"), kept=True),
    Todo(_("走访后待跟进的事项"), KEEP, open_follow_ups, listed("followup_list", "open=yes"), kept=True),
    Todo(
        _("过了期限、部门还没有答复的问询"),
        KEEP,
        late_questions,
        listed("officequestion_list", "overdue=yes"),
        urgent=True,
        act=_("催问部门，登记 {count} 件问询的答复"),
        first=Longest(first_late_question, told_of_question),
        kept=True,
    ),
    Todo(_("等部门答复的问询"), KEEP, unanswered_questions, listed("officequestion_list", "open=yes"), kept=True),
)
