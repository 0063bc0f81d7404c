"""What is judged at one table of cases: 初审 before the notice, 审批 after it. One declaration of each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aid.casework.moving import LONGEST_COMMENT, LONGEST_OPINION
from aid.casework.waiting import held_up, not_to_be_checked, ready, to_be_checked
from aid.guards.approving import reasons_against
from aid.guards.checking import reasons_against_checking
from aid.models import AidCase
from aid.models.casework.case_lists import AidCaseQuerySet
from portal.models import User
from portal.workflow import Move

Narrowed = Callable[[AidCaseQuerySet, User], AidCaseQuerySet]


@dataclass(frozen=True)
class DecidingStep:
    """The move by which a case passes, which cases wait for a person at it, and which cannot pass yet.

    `against` tells of many cases what keeps somebody from the move; `said` names what may be said with it, of at most
    `longest` characters. The rest are the words of its page.
    """

    move: str
    title: str | Promise
    waiting: Narrowed
    held: Narrowed
    against: Callable[[Iterable[AidCase], User], dict[int, list[str]]]
    count: str | Promise
    subject: str | Promise
    said: str | Promise
    longest: int
    note: str | Promise
    held_title: str | Promise
    nothing: str | Promise
    hint: str | Promise


CHECK = DecidingStep(
    "check",
    _("待初审"),
    to_be_checked,
    not_to_be_checked,
    reasons_against_checking,
    count=_("%(total)d 份可以初审"),
    subject=_("待初审名单"),
    said=_("初审意见或说明"),
    longest=LONGEST_OPINION,
    note=_("有疑问的排在前面，没有预先勾选，请打开或核对后再勾选；初审意见可以不填，印在申请审批表上。"),
    held_title=_("还不能初审"),
    nothing=_("没有等您初审的申请。"),
    hint=_("经办人提交的申请会列在这里。"),
)
APPROVE = DecidingStep(
    "approve",
    _("待审批"),
    ready,
    held_up,
    reasons_against,
    count=_("%(total)d 份可以审批"),
    subject=_("待审批名单"),
    said=_("说明"),
    longest=LONGEST_COMMENT,
    note=_("有疑问的排在前面，没有预先勾选，请打开或核对后再勾选；没有张贴照片的须在“说明”中写明原因。"),
    held_title=_("公示期满、还不能审批"),
    nothing=_("没有等您审批的申请。"),
    hint=_("公示期满、可以审批的申请会列在这里。"),
)
STEPS = (CHECK, APPROVE)
BY_MOVE = {step.move: step for step in STEPS}


def against_move(cases: Iterable[AidCase], move: Move, actor: User) -> dict[int, list[str]]:
    """By case what keeps `actor` from a move of a step, of those that stand where it begins; of other moves nothing."""
    step = BY_MOVE.get(move.name)
    return step.against([case for case in cases if case.status in move.sources], actor) if step else {}
