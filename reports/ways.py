"""The way of the reports, as steps with counts: of the own unit, and of the city for who reviews."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.access import Permission
from portal.desk.ways import Step, Way
from portal.models import Campaign, User
from reports.city.units import asked_units
from reports.enums import ReportState
from reports.models import Report
from reports.review.board import counts_by_state, standings
from reports.workflow import REPORT_WORKFLOW


def own_steps(user: User) -> Iterator[Step]:
    """The reports of the person's own union by their state; what was returned is on the way again."""
    mine = Report.objects.filter(union=user.union_id)
    for state in ReportState:
        is_next = REPORT_WORKFLOW.next_by(state, user)
        yield Step(state.label, mine.filter(state=state), reverse("report_list"), is_next)


def city_steps(user: User) -> Iterator[Step]:
    """The units by the state of this year's report, as the board chooses them, and those that are late."""
    campaign = Campaign.objects.current()
    if campaign is None:
        return
    rows = standings(campaign, asked_units(campaign))
    for state, label, count in counts_by_state(rows):
        yield Step(label, count, _board(state=state), REPORT_WORKFLOW.next_by(state, user))
    yield Step(_("逾期未报"), sum(row.is_late for row in rows), _board(late="on"))


def _board(**asked: str) -> str:
    return f"{reverse('review_board')}?{urlencode(asked)}"


WAYS = (
    Way("reports", _("本单位的报表"), Permission.PREPARE_REPORT, own_steps, in_order=False),
    Way("review", _("各单位的报表"), Permission.REVIEW_REPORTS, city_steps, in_order=False),
)
