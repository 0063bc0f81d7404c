"""The life of a report: every state × move × role against a table written by hand from domain.md (Report, roles)."""

import pytest

from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction, Role
from portal.models import AuditEntry
from portal.workflow import Move, MoveRefused, Workflow, WorkflowError
from reports.enums import ReportState, ReturnReason
from reports.handed_in import submission as services
from reports.handed_in.submission import Returned
from reports.management.commands import document_workflow
from reports.models import Report, ReportEvent, ReturnedFigure
from reports.review.supplementing import open_supplement
from reports.workflow import REPORT_WORKFLOW
from tests.factories import UserFactory
from tests.reports.getting_ready import ready
from tests.reports.submissions import report

# domain.md: "draft → confirmed by the unit lead, submitted → under review → returned → submitted again → accepted".
# (state, move): (state after it, the one role that may make it)
ALLOWED = {
    ("draft", "submit"): ("submitted", "lead"),
    ("returned", "submit"): ("submitted", "lead"),
    ("submitted", "start_review"): ("under_review", "reviewer"),
    ("submitted", "return"): ("returned", "reviewer"),
    ("under_review", "return"): ("returned", "reviewer"),
    ("submitted", "accept"): ("accepted", "reviewer"),
    ("under_review", "accept"): ("accepted", "reviewer"),
    ("accepted", "supplement"): ("accepted", "reviewer"),
}
# Where the campaign asks for two reviewers, what differs: before anybody agreed, and after somebody else did.
FIRST_OF_TWO = {(state, "endorse"): ("under_review", "reviewer") for state in ("submitted", "under_review")}
SECOND_OF_TWO = {(state, "accept"): ("accepted", "reviewer") for state in ("submitted", "under_review")}
STATES = ("draft", "submitted", "under_review", "returned", "accepted")
MOVES = ("submit", "start_review", "return", "endorse", "accept", "supplement")
ROLES = ("clerk", "lead", "reviewer", "auditor", "admin", "security", "system")


@pytest.fixture
def people(clerk, lead, reviewer, auditor, admin, security, system):
    people = {"clerk": clerk, "lead": lead, "reviewer": reviewer, "auditor": auditor, "admin": admin}
    return people | {"security": security, "system": system}


def make(move: str, of: Report, actor) -> None:
    """The move as pages make it, through its service."""
    match move:
        case "submit":
            services.submit_report(of, by=By(actor))
        case "start_review":
            services.start_review(of, by=By(actor))
        case "return":
            services.return_report(of, figures=[], comment="请核对", by=By(actor))
        case "endorse":
            services.endorse_report(of, by=By(actor))
        case "accept":
            services.accept_report(of, by=By(actor))
        case "supplement":
            open_supplement(of, reason="漏报三人", by=By(actor))


def test_the_table_by_hand_is_about_all_there_is():
    assert ReportState.values == list(STATES)
    assert [move.name for move in REPORT_WORKFLOW.moves] == list(MOVES)
    assert sorted(Role.values) == sorted(ROLES)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", STATES)
def test_move_is_made_exactly_where_the_table_says(people, year_2014, district, state, move, role):
    of = report(year_2014, district, state)
    if move == "submit":
        ready(year_2014, district)
    check_move(of, move, people[role], *ALLOWED.get((state, move), (None, None)))


@pytest.mark.parametrize("agreed", [False, True])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("move", ["endorse", "accept"])
@pytest.mark.parametrize("state", STATES)
def test_move_of_two_reviewers_is_made_exactly_where_the_table_says(
    people, by_two, district, city, state, move, role, agreed
):
    of = report(by_two, district, state)
    if agreed and of.submission:
        of.submission.endorsements.create(reviewer=UserFactory(role=Role.REVIEWER, union=city))
    allowed = SECOND_OF_TWO if agreed else FIRST_OF_TWO
    check_move(of, move, people[role], *allowed.get((state, move), (None, None)))


@pytest.fixture
def by_two(year_2014):
    """A campaign in which two reviewers must agree."""
    year_2014.reviewers_needed = 2
    year_2014.save()
    return year_2014


def check_move(of: Report, move: str, actor, target: str | None, by: str | None) -> None:
    """The move is made, with one row of history, by the role `by`; everybody else is refused and changes nothing."""
    state = of.state
    events = ReportEvent.objects.count()
    if actor.role == by:
        make(move, of, actor)
        assert (of.state if move != "submit" else Report.objects.get(pk=of.pk).state) == target
        latest = ReportEvent.objects.first()
        assert (latest.move, latest.state, latest.actor, latest.report) == (move, target, actor, of)
    else:
        with pytest.raises(MoveRefused, match=r"[\u4e00-\u9fff]"):
            make(move, of, actor)
    of.refresh_from_db()
    assert of.state == (target if actor.role == by else state)
    assert ReportEvent.objects.count() == events + (actor.role == by)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", STATES)
def test_buttons_are_those_of_the_table(people, year_2014, district, state, role):
    of = report(year_2014, district, state)
    expected = [move for move in MOVES if ALLOWED.get((state, move), ("", ""))[1] == role]
    assert [move.name for move in REPORT_WORKFLOW.open_to(of, people[role])] == expected


@pytest.mark.parametrize("comment", ["", "  \n"])
def test_return_needs_a_comment(year_2014, district, reviewer, comment):
    of = report(year_2014, district, ReportState.SUBMITTED)
    with pytest.raises(MoveRefused, match="必须写明原因"):
        services.return_report(of, figures=[], comment=comment, by=By(reviewer))
    of.refresh_from_db()
    assert of.state == ReportState.SUBMITTED
    assert not ReportEvent.objects.exists()


def test_return_keeps_the_reason_of_each_figure_and_an_audit_row(year_2014, district, reviewer):
    of = report(year_2014, district, ReportState.UNDER_REVIEW)
    figures = [Returned("paid", ReturnReason.MISMATCH, "与凭证不符"), Returned("aided", ReturnReason.OUTLIER)]
    event = services.return_report(of, figures=figures, comment=" 请核对两处 ", by=By(reviewer, "10.0.0.7"))
    assert event.comment == "请核对两处"
    assert event.submission == of.submission
    kept = list(ReturnedFigure.objects.filter(event=event).order_by("slug").values_list("slug", "reason", "text"))
    assert kept == [("aided", "outlier", ""), ("paid", "mismatch", "与凭证不符")]
    entry = AuditEntry.objects.get(action=AuditAction.RETURNED)
    assert (entry.actor, entry.union_path, entry.address) == (reviewer, district.path, "10.0.0.7")


def test_refusal_names_the_state_that_somebody_quicker_brought_about(year_2014, district, reviewer):
    of = report(year_2014, district, ReportState.SUBMITTED)
    stale = Report.objects.get(pk=of.pk)
    services.accept_report(of, by=By(reviewer))
    with pytest.raises(MoveRefused, match="现在的状态是“已接收”，不能“退回”"):
        services.return_report(stale, figures=[], comment="请核对", by=By(reviewer))
    assert stale.state == ReportState.ACCEPTED


@pytest.fixture
def returned(year_2014, district, lead, reviewer):
    """A report that was handed in with nothing in it, and given back."""
    of = ready(year_2014, district)
    services.submit_report(of, by=By(lead))
    of.refresh_from_db()
    services.return_report(of, figures=[], comment="请核对", by=By(reviewer))
    return of


def test_second_submission_after_a_return_is_a_new_one(returned, lead):
    of, first = returned, returned.submission
    second = services.submit_report(of, by=By(lead))
    of.refresh_from_db()
    assert (first.number, second.number, of.submission) == (1, 2, second)
    assert first.code != second.code  # though nothing was mended
    assert [event.move for event in of.events.order_by("id")] == ["submit", "return", "submit"]


def test_workflow_that_leads_nowhere_is_found_at_import():
    move = Move("go", "去", frozenset({"draft"}), "nowhere", Permission.REVIEW_REPORTS)
    with pytest.raises(WorkflowError, match="nowhere"):
        Workflow(ReportState, (move,))


def test_documentation_names_every_move_with_its_roles():
    page = document_workflow.Command().text()
    assert "| 退回 `return` | 已报送、审核中 | 已退回 | 市总保障部审核员 | required | — |" in page
    assert "under_review --> accepted: 接收" in page
