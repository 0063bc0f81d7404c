"""The life of an aid case (domain.md, Aid case): the table that pages, buttons, refusals and docs/casework.md read."""

from django.utils.translation import gettext_lazy as _

from aid import guards
from aid.enums import CaseState as Status
from aid.models.casework import case_lists
from portal.access import Permission
from portal.workflow import Guard, Move, Turn, Workflow

KEEP, APPROVE = Permission.KEEP_RECORDS, Permission.APPROVE_CASES
UNDER_WAY = frozenset(case_lists.UNDER_WAY)

AID_CASE_WORKFLOW = Workflow(
    states=Status,
    field="status",
    moves=(
        Move(
            "submit",
            _("提交"),
            frozenset({Status.DRAFT}),
            Status.SUBMITTED,
            KEEP,
            guard=Guard(_("各项政策救助的落实情况都已填写"), guards.against_submitting),
        ),
        Move(
            "check",
            _("初审通过"),
            frozenset({Status.SUBMITTED}),
            Status.CHECKED,
            APPROVE,
            guard=Guard(
                _("活动年度设初审；不是登记、修改或提交的人；各项政策救助的落实情况都已填写"),
                guards.against_checking,
            ),
        ),
        Move(
            "put_on_notice",
            _("公示"),
            frozenset({Status.SUBMITTED, Status.CHECKED}),
            Status.ON_NOTICE,
            KEEP,
            guard=Guard(_("已经初审，或者活动年度不设初审；所属工会没有撤销"), guards.against_posting),
        ),
        Move(
            "take_off",
            _("撤下公示"),
            frozenset({Status.ON_NOTICE}),
            Status.CHECKED,
            KEEP,
            reason=True,
            turn=Turn(Status.SUBMITTED, _("没有经过初审的"), lambda case: case.passed_check is None),
        ),
        Move(
            "approve",
            _("审批通过"),
            frozenset({Status.CHECKED, Status.ON_NOTICE}),
            Status.APPROVED,
            APPROVE,
            guard=Guard(
                _(
                    "不是登记、修改或提交的人；公示够天数且最后一天已过，或者是已初审、没有公示过的续办而活动年度准许不再公示；"
                    "没有未处理或成立的异议"
                ),
                guards.against_approving,
            ),
        ),
        Move("return", _("退回修改"), UNDER_WAY, Status.DRAFT, APPROVE, reason=True),
        Move("reject", _("审批不通过"), UNDER_WAY, Status.REJECTED, APPROVE, reason=True),
        Move(
            "reconsider",
            _("撤销不通过"),
            frozenset({Status.REJECTED}),
            Status.SUBMITTED,
            APPROVE,
            reason=True,
            guard=Guard(_("该户的档案仍在本单位"), guards.against_resuming),
        ),
        Move(
            "withdraw",
            _("撤回"),
            frozenset({Status.DRAFT, Status.APPROVED}) | UNDER_WAY,
            Status.WITHDRAWN,
            KEEP,
            reason=True,
            guard=Guard(_("助学款没有发放，也不在发放批次中"), guards.against_withdrawing),
        ),
        Move(
            "reopen",
            _("重新申请"),
            frozenset({Status.WITHDRAWN}),
            Status.DRAFT,
            KEEP,
            guard=Guard(_("该户的档案仍在本单位"), guards.against_resuming),
        ),
        Move(
            "follow_up",
            _("登记回访"),
            frozenset({Status.APPROVED}),
            Status.FOLLOWED_UP,
            KEEP,
            guard=Guard(_("助学款已发放"), guards.against_following_up),
        ),
        Move("close", _("结案"), frozenset({Status.FOLLOWED_UP}), Status.CLOSED, KEEP),
    ),
)
