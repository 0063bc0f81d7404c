"""How far the city is: every reporting unit of a campaign, also those that have not begun (domain.md, Report)."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.fields.json import KeyTransform
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models import Campaign, Union
from reports.enums import ReportState
from reports.models import Report, ReportEvent

NOT_BEGUN = "none"
STATES = {NOT_BEGUN: _("未填报"), **dict(ReportState.choices)}


@dataclass(frozen=True)
class BoardRow:
    """One unit. Numbers of findings and adjustments are those of what it handed in last; None if it never did.

    No report goes in with a soft finding that has no explanation: the explanations frozen with it are the findings.
    Making the checks again for the whole city took seconds.
    """

    unit: Union
    report: Report | None
    due_on: datetime.date
    days_left: int
    events: list[ReportEvent]
    findings: int | None = None
    adjustments: int | None = None

    @property
    def state(self) -> str:
        return self.report.state if self.report else NOT_BEGUN

    @property
    def state_label(self) -> str:
        return STATES[self.state]

    @property
    def is_owed(self) -> bool:
        """Whether the unit still has to hand in."""
        return self.report is None or self.report.is_editable

    @property
    def is_late(self) -> bool:
        return self.is_owed and self.days_left < 0

    @property
    def days_over(self) -> int:
        return -self.days_left

    @property
    def times_returned(self) -> int:
        return sum(event.move == "return" for event in self.events)

    @property
    def last_event(self) -> ReportEvent | None:
        return self.events[-1] if self.events else None


def board(campaign: Campaign, units: Iterable[Union], today: datetime.date | None = None) -> list[BoardRow]:
    """A row for each of `units`, in their order. The number of queries depends on neither units nor reports."""
    today = today or timezone.localdate()
    reports = Report.objects.of_campaign(campaign).filter(number=0).defer("submission__content")
    reports = reports.annotate(
        adjusted=Count("submission__figures", filter=~Q(submission__figures__adjustment=0)),
        explained=KeyTransform("explanations", "submission__content"),
    )
    by_unit = {report.union_id: report for report in reports}
    events = _events(campaign)
    rows = []
    for unit in units:
        report = by_unit.get(unit.pk)
        due_on = report.due_on if report else campaign.due_on
        handed_in = report is not None and report.submission_id is not None
        rows.append(
            BoardRow(
                unit,
                report,
                due_on,
                (due_on - today).days,
                events[report.pk] if report else [],
                len(report.explained or {}) if handed_in else None,
                report.adjusted if handed_in else None,
            )
        )
    return rows


def _events(campaign: Campaign) -> dict[int, list[ReportEvent]]:
    """The history of each report, oldest first."""
    events = defaultdict(list)
    for event in ReportEvent.objects.filter(report__campaign=campaign).select_related("actor").order_by("id"):
        events[event.report_id].append(event)
    return events


def counts_by_state(rows: Iterable[BoardRow]) -> list[tuple[str, str, int]]:
    """State, its words, and how many units are in it, in the order of the way."""
    counts = Counter(row.state for row in rows)
    return [(state, label, counts[state]) for state, label in STATES.items()]
