"""The life of a project of 社会助学: planned, running, accepted, closed."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import Acceptance, ProjectWay
from aid.enums import ProjectState as State
from aid.models import Project, ProjectGain, ProjectPayment
from portal.access import Permission
from portal.days import is_future
from portal.models import User
from portal.workflow import Guard, Move, Workflow

# What is accepted is paid for: it is up to the lead, not to who keeps the project.
KEEP, ACCEPT = Permission.KEEP_RECORDS, Permission.APPROVE_CASES


def against_beginning(project: Project, _user: User) -> str:
    """What is bought has a contract first; what begins has come to its day."""
    if is_future(project.starts_on):
        return _("项目开始日期 %(day)s 还没有到；提前开始的，请先修改项目开始日期。") % {"day": project.starts_on}
    if project.way == ProjectWay.PURCHASED and not (project.contract_number and project.contract_on and project.budget):
        return _("购买服务要先填写合同编号、合同签订日期和预算。")
    return ""


def against_accepting(project: Project, _user: User) -> str:
    if project.way == ProjectWay.VOLUNTEERS and not (project.volunteers and project.hours):
        return _("志愿者项目要先填写志愿者人数和服务时数。")
    return ""


def against_closing(project: Project, _user: User) -> str:
    if project.acceptance == Acceptance.FAILED:
        return _("验收不合格的，请整改后重新验收，或者终止项目。")
    return ""


def refusal_of_project(project: Project) -> str:
    """Why it cannot be changed now; '' where it can."""
    if project.state in {State.PLANNED, State.RUNNING}:
        return ""
    words = {"state": project.get_state_display()}
    return _("项目现在的状态是“%(state)s”，不能修改；需要修改的，请单位审核人先恢复实施。") % words


def refusal_once_closed(project: Project) -> str:
    """Why what was paid for it is not taken back now; '' where it may be."""
    return refusal_of_project(project) if project.state == State.CLOSED else ""


def refusal_of_payments(project: Project) -> str:
    """Why nothing is paid for it now; '' where something may be. The balance is usually paid after acceptance."""
    if project.way != ProjectWay.PURCHASED:
        return _("志愿者项目没有合同价款。")
    if project.acceptance == Acceptance.FAILED:
        return _("验收不合格，不能付款。")
    if project.state in {State.RUNNING, State.ACCEPTED}:
        return ""
    return _("项目现在的状态是“%(state)s”，不能登记付款。") % {"state": project.get_state_display()}


def refusal_of_payment(payment: ProjectPayment) -> str:
    """Why a payment cannot be changed now."""
    return refusal_of_payments(payment.project)


def refusal_of_giving(project: Project) -> str:
    """Why nobody gets anything of it now; '' where somebody may."""
    if project.state == State.RUNNING:
        return ""
    words = {"project": project.title, "state": project.get_state_display()}
    return _("“%(project)s”现在的状态是“%(state)s”，不能登记受益的子女。") % words


def refusal_of_gain(gain: ProjectGain) -> str:
    """Why what a child got cannot be corrected now."""
    return refusal_of_project(gain.project)


PROJECT_WORKFLOW = Workflow(
    states=State,
    moves=(
        Move(
            "begin",
            gettext_lazy("开始实施"),
            frozenset({State.PLANNED}),
            State.RUNNING,
            KEEP,
            guard=Guard(gettext_lazy("开始日期已到；购买服务有合同编号、日期和预算"), against_beginning),
        ),
        Move(
            "accept",
            gettext_lazy("登记验收"),
            frozenset({State.RUNNING}),
            State.ACCEPTED,
            ACCEPT,
            guard=Guard(gettext_lazy("志愿者项目有志愿者人数和服务时数"), against_accepting),
        ),
        Move(
            "close",
            gettext_lazy("结项"),
            frozenset({State.ACCEPTED}),
            State.CLOSED,
            KEEP,
            guard=Guard(gettext_lazy("验收不是不合格"), against_closing),
        ),
        Move(
            "stop",
            gettext_lazy("终止项目"),
            frozenset({State.PLANNED, State.RUNNING, State.ACCEPTED}),
            State.CLOSED,
            KEEP,
            reason=True,
        ),
        Move(
            "resume",
            gettext_lazy("恢复实施"),
            frozenset({State.ACCEPTED, State.CLOSED}),
            State.RUNNING,
            ACCEPT,
            reason=True,
            guard=Guard(gettext_lazy("开始日期已到；购买服务有合同编号、日期和预算"), against_beginning),
        ),
    ),
)
