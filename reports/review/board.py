"""How far the city is: every reporting unit of a campaign, also those that have not begun (domain.md, Report)."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Count, F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.models import Campaign, Union
from reports.enums import ReportState
from reports.handed_in.drift import changed_records
from reports.models import Comment, Endorsement, FrozenFigure, Reminder, Report, ReportEvent, Submission
from reports.review.late import days_late
from reports.workflow import REPORT_WORKFLOW

NOT_BEGUN = "none"
UNTOLD = ("endorse", "supplement")  # moves that the state after them does not tell
STATES = {NOT_BEGUN: gettext_lazy("未填报"), **dict(ReportState.choices)}


@dataclass(frozen=True)
class Contact:
    """The last that passed between a unit and the department: what, who did it, when."""

    at: datetime.datetime
    who: str
    what: str


@dataclass(frozen=True)
class BoardRow:
    """One unit. Numbers of findings, adjustments and changed records are those of what it handed in last; None if it
    never did.

    No report goes in with a soft finding that has no explanation: the explanations frozen with it are the findings.
    Making the checks again for the whole city took seconds. `state` is that of the report itself, `supplement` the
    latest supplementary report, if there is one. `days_late` is kept of what was handed in first, None before that.
    """

    unit: Union
    report: Report | None
    due_on: datetime.date
    days_left: int
    state: str = NOT_BEGUN
    supplement: Report | None = None
    submission: int | None = None
    findings: int | None = None
    adjustments: int | None = None
    changed: int | None = None
    times_returned: int = 0
    days_late: int | None = None
    contacts: list[Contact] = field(default_factory=list)
    endorsement: Endorsement | None = None

    @property
    def in_hand(self) -> Report | None:
        """The report that is to be looked at: a supplementary one from the moment it is handed in."""
        return self.supplement if self.supplement and self.supplement.submission_id else self.report

    @property
    def state_in_hand(self) -> str:
        """The state of the report that is to be looked at: the board counts and chooses by it."""
        return self.state if self.in_hand is self.report else self.in_hand.state

    @property
    def state_label(self) -> str:
        return STATES[self.state]

    @property
    def state_words(self) -> str:
        """The state of the report, and of the latest supplementary one."""
        extra = self.supplement
        return (
            f"{self.state_label}（{extra.supplement}：{extra.get_state_display()}）" if extra else str(self.state_label)
        )

    @property
    def is_owed(self) -> bool:
        """Whether the unit still has to hand in."""
        return self.report is None or self.report.is_editable

    @property
    def is_late(self) -> bool:
        return self.is_owed and self.days_left < 0

    @property
    def days_over(self) -> int:
        """How many days it is late, or was when it was handed in; 0 for in time."""
        return -self.days_left if self.is_late else self.days_late or 0

    @property
    def last_contact(self) -> Contact | None:
        return max(self.contacts, key=lambda contact: contact.at, default=None)


def board(campaign: Campaign, units: Iterable[Union], today: datetime.date | None = None) -> list[BoardRow]:
    """A row for each of `units`, in their order. The number of queries depends on neither units nor reports."""
    today = today or timezone.localdate()
    known = _Known(campaign)
    return [_row(unit, known, today) for unit in units]


def _reports(campaign: Campaign) -> dict[int, list[Report]]:
    """The reports of each unit, by its id: the report itself, then its supplementary ones."""
    reports = defaultdict(list)
    for report in Report.objects.filter(campaign=campaign).order_by("number"):
        report.campaign = campaign
        reports[report.union_id].append(report)
    return reports


def _last_handed_in(reports: list[Report]) -> int | None:
    """A supplementary report stands for the one before it."""
    return next((report.submission_id for report in reversed(reports) if report.submission_id), None)


def standings(campaign: Campaign, units: Iterable[Union], today: datetime.date | None = None) -> list[BoardRow]:
    """The rows of the board with the states alone: neither findings nor what passed. Two queries."""
    today = today or timezone.localdate()
    known = _Standings(campaign)
    return [_standing(unit, known, today) for unit in units]


class _Standings:
    """What tells where each report stands."""

    def __init__(self, campaign: Campaign):
        self.campaign = campaign
        self.reports = _reports(campaign)
        self.begun = _begun_by_their_unit(campaign)


class _Known(_Standings):
    """What is asked once for all rows."""

    def __init__(self, campaign: Campaign):
        super().__init__(campaign)
        self.latest = {unit: _last_handed_in(found) for unit, found in self.reports.items()}
        submissions = [submission for submission in self.latest.values() if submission]
        given = Submission.objects.filter(pk__in=submissions).values_list("pk", "content__explanations")
        adjusted = FrozenFigure.objects.filter(submission__in=submissions).exclude(adjustment=0)
        self.findings = {pk: len(explanations or {}) for pk, explanations in given}
        self.adjustments = dict(
            adjusted.values("submission").annotate(found=Count("id")).values_list("submission", "found")
        )
        self.changed = changed_records(campaign, submissions)
        self.endorsements = _endorsements(campaign, submissions)
        self.days_late = days_late(campaign)
        self.returns: Counter[int] = Counter()
        self.contacts: Mapping[int, list[Contact]] = self._contacts(campaign)

    def _contacts(self, campaign: Campaign) -> Mapping[int, list[Contact]]:
        """By report: every move, the last reminder, the last comment."""
        contacts = defaultdict(list)
        events = ReportEvent.objects.filter(report__campaign=campaign).order_by("id")
        for report, move, state, at, who in events.values_list("report", "move", "state", "at", "actor__name"):
            self.returns[report] += move == "return"
            said = REPORT_WORKFLOW.by_name[move].label if move in UNTOLD else STATES[state]
            contacts[report].append(Contact(at, who, str(said)))
        for report, at, who in _last_of(Reminder, campaign).values_list("report", "sent_at", "sent_by__name"):
            contacts[report].append(Contact(at, who, _("催报")))
        for report, at, who in _last_of(Comment, campaign).values_list("report", "made_at", "author__name"):
            contacts[report].append(Contact(at, who, _("批注")))
        return contacts


def _endorsements(campaign: Campaign, submissions: list[int]) -> dict[int, Endorsement]:
    """Who agreed first to each of `submissions`; nobody is asked to where one reviewer is enough."""
    if campaign.reviewers_needed == 1:
        return {}
    given = Endorsement.objects.filter(submission__in=submissions).select_related("reviewer").order_by("-id")
    return {endorsement.submission_id: endorsement for endorsement in given}


def _last_of(model: type[Reminder | Comment], campaign: Campaign):
    """The newest row of each report."""
    rows = model.objects.filter(report__campaign=campaign).order_by()
    return model.objects.filter(pk__in=rows.values("report").annotate(last=Max("id")).values("last"))


def _begun_by_their_unit(campaign: Campaign) -> set[int]:
    """Reports that the unit touched: a reminder or a later due date begins one in its name, by another's hand."""
    touched = Q(history_user=None) | Q(history_user__union=F("union"))
    versions = Report.history.filter(touched, campaign=campaign, number=0).order_by()
    return set(versions.values_list("id", flat=True).distinct())


def _standing(unit: Union, known: _Standings, today: datetime.date) -> BoardRow:
    reports = known.reports.get(unit.pk, [])
    report = next((found for found in reports if found.number == 0), None)
    due_on = report.due_on if report else known.campaign.due_on
    untouched = report is None or (report.state == ReportState.DRAFT and report.pk not in known.begun)
    return BoardRow(
        unit,
        report,
        due_on,
        (due_on - today).days,
        state=NOT_BEGUN if untouched else report.state,
        supplement=reports[-1] if reports and reports[-1].number else None,
    )


def _row(unit: Union, known: _Known, today: datetime.date) -> BoardRow:
    reports, submission = known.reports.get(unit.pk, []), known.latest.get(unit.pk)
    return replace(
        _standing(unit, known, today),
        submission=submission,
        findings=known.findings.get(submission, 0) if submission else None,
        adjustments=known.adjustments.get(submission, 0) if submission else None,
        changed=known.changed[submission] if submission else None,
        days_late=known.days_late.get(unit.pk),
        times_returned=sum(known.returns[found.pk] for found in reports),
        contacts=[contact for found in reports for contact in known.contacts.get(found.pk, ())],
        endorsement=known.endorsements.get(submission),
    )


def counts_by_state(rows: Iterable[BoardRow]) -> list[tuple[str, str, int]]:
    """State, its words, and how many units have the report in it that is in hand, in the order of the way."""
    counts = Counter(row.state_in_hand for row in rows)
    return [(state, label, counts[state]) for state, label in STATES.items()]
