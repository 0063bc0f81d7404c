"""The life of a report (domain.md, Report 报表): the table that pages, buttons, refusals and docs/workflow.md read."""

from django.utils.translation import gettext_lazy as _

from portal.access import Permission
from portal.workflow import Move, Workflow
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
            "accept",
            _("接收"),
            frozenset({State.SUBMITTED, State.UNDER_REVIEW}),
            State.ACCEPTED,
            Permission.REVIEW_REPORTS,
        ),
    ),
)
