"""The life of a report (domain.md, Report 报表): the table that pages, buttons, refusals and docs/workflow.md read."""

from django.utils.translation import gettext_lazy as _

from portal.access import Permission
from portal.workflow import Guard, Move, Workflow
from reports import guards
from reports.enums import ReportState as State

REPORT_WORKFLOW = Workflow(
    states=State,
    moves=(
        Move(
            "submit",
            _("确认并报送"),
            frozenset({State.DRAFT, State.RETURNED}),
            State.SUBMITTED,
            Permission.SUBMIT_REPORT,
        ),
        Move(
            "start_review", _("开始审核"), frozenset({State.SUBMITTED}), State.UNDER_REVIEW, Permission.REVIEW_REPORTS
        ),
        Move(
            "return",
            _("退回"),
            frozenset({State.SUBMITTED, State.UNDER_REVIEW}),
            State.RETURNED,
            Permission.REVIEW_REPORTS,
            reason=True,
        ),
        Move(
            "endorse",
            _("同意接收"),
            frozenset({State.SUBMITTED, State.UNDER_REVIEW}),
            State.UNDER_REVIEW,
            Permission.REVIEW_REPORTS,
            guard=Guard(_("需要两名审核员的年度，还没有人同意"), guards.against_endorsing),
        ),
        Move(
            "accept",
            _("接收"),
            frozenset({State.SUBMITTED, State.UNDER_REVIEW}),
            State.ACCEPTED,
            Permission.REVIEW_REPORTS,
            guard=Guard(_("需要两名审核员的年度，须另一名审核员已同意"), guards.against_accepting),
        ),
        # The accepted report stays as it is; what the move opens is another one beside it.
        Move(
            "supplement",
            _("开启补报"),
            frozenset({State.ACCEPTED}),
            State.ACCEPTED,
            Permission.REVIEW_REPORTS,
            reason=True,
            guard=Guard(_("没有在办的补报"), guards.against_supplementing),
        ),
    ),
)
