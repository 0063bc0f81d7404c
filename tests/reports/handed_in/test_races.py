"""Two people at once, on PostgreSQL with real threads; each race is also shown with its guard taken away.

SQLite has one writer at a time, so there is nothing to race there.
"""

import io
import threading
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, connections, models
from openpyxl import Workbook

from aid.models import Contribution
from employment.workbook import CASE_WORKBOOK
from portal.audit import By
from portal.enums import Role
from portal.workbook.importing.service import import_workbook
from portal.workflow import MoveRefused
from reports import guards
from reports.enums import ReportState
from reports.handed_in import freezing
from reports.handed_in import guard as kept_reports
from reports.handed_in import submission as services
from reports.models import Endorsement, FrozenFigure, Report, ReportEvent, Submission
from reports.preparing.preparation import adjust_figure
from reports.review.supplementing import open_supplement
from reports.workflow import REPORT_WORKFLOW
from tests.factories import UserFactory
from tests.reports import builders as make
from tests.reports.getting_ready import ready
from tests.reports.submissions import report

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
]
MEETING = 1.0  # seconds in which those who are not kept apart meet; well below the database's lock_timeout
PATIENCE = 15.0  # seconds that they wait where no guard is left and all are sure to come, however busy the machine


def at_once(*works) -> list:
    """Run `works` in threads of their own; what each returned or raised, in their order."""
    outcomes = [None] * len(works)

    def run(position, work):
        try:
            outcomes[position] = work()
        except Exception as error:  # noqa: BLE001  the test looks at it
            outcomes[position] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads)
    return outcomes


def meet(barrier: threading.Barrier, seconds: float = MEETING) -> bool:
    """Wait for the other one; False when a guard keeps it away."""
    try:
        barrier.wait(seconds)
    except threading.BrokenBarrierError:
        return False
    return True


def without_locks(monkeypatch):
    monkeypatch.setattr(models.QuerySet, "select_for_update", lambda queryset, **_options: queryset)


def meeting_at(monkeypatch, module, name, seconds: float = MEETING) -> list[bool]:
    """Let two threads meet right before `module.name` runs; whether each did."""
    barrier, met, plain = threading.Barrier(2), [], getattr(module, name)

    def wrapped(*args, **kwargs):
        met.append(meet(barrier, seconds))
        return plain(*args, **kwargs)

    monkeypatch.setattr(module, name, wrapped)
    return met


@pytest.fixture
def two_leads(district):
    return [UserFactory(role=Role.LEAD, union=district) for _turn in range(2)]


def submit_by(of: Report, lead):
    return lambda: services.submit_report(Report.objects.get(pk=of.pk), by=By(lead))


def test_two_leads_submit_at_once_and_one_submission_is_made(monkeypatch, year_2014, district, two_leads):
    of = ready(year_2014, district)
    met = meeting_at(monkeypatch, services, "_freeze")
    outcomes = at_once(*(submit_by(of, lead) for lead in two_leads))
    assert met == [False]  # the second never came to freezing
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["MoveRefused", "Submission"]
    assert Submission.objects.count() == 1
    assert ReportEvent.objects.count() == 1
    assert FrozenFigure.objects.count() == 49


def test_two_leads_without_the_lock_freeze_both(monkeypatch, year_2014, district, two_leads):
    """The race: only the constraint on the number of a submission stops the second, with an error page."""
    of = ready(year_2014, district)
    without_locks(monkeypatch)
    met = meeting_at(monkeypatch, services, "short_code", PATIENCE)  # when both have counted what was handed in before
    outcomes = at_once(*(submit_by(of, lead) for lead in two_leads))
    assert met == [True, True]
    assert any(isinstance(outcome, IntegrityError) for outcome in outcomes)
    assert Submission.objects.count() == 1


@pytest.fixture
def two_reviewers(city):
    return [UserFactory(role=Role.REVIEWER, union=city) for _turn in range(2)]


def decide_at_once(monkeypatch, of: Report, reviewers) -> list:
    """One reviewer returns and another accepts what both have before them."""
    copies = [Report.objects.get(pk=of.pk) for _turn in range(2)]
    meeting_at(monkeypatch, services, "_move")
    return at_once(
        lambda: services.return_report(copies[0], figures=[], comment="请核对", by=By(reviewers[0])),
        lambda: services.accept_report(copies[1], by=By(reviewers[1])),
    )


def test_return_and_accept_at_once_and_one_is_done(monkeypatch, year_2014, district, two_reviewers):
    of = report(year_2014, district, ReportState.UNDER_REVIEW)
    outcomes = decide_at_once(monkeypatch, of, two_reviewers)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["MoveRefused", "ReportEvent"]
    event = ReportEvent.objects.get()
    of.refresh_from_db()
    assert of.state == event.state
    assert of.state in {ReportState.RETURNED, ReportState.ACCEPTED}


@pytest.fixture
def _states_unguarded():
    """Without the trigger by which the database itself refuses the second of them."""
    switch = f"ALTER TABLE {kept_reports.TABLE} {{}} TRIGGER {kept_reports.TABLE}_kept_update"
    with connection.cursor() as cursor:
        cursor.execute(switch.format("DISABLE"))
        yield
        cursor.execute(switch.format("ENABLE"))


@pytest.mark.usefixtures("_states_unguarded")
def test_return_and_accept_without_the_condition_are_both_done(monkeypatch, year_2014, district, two_reviewers):
    """The race: both are in the history, and the report is in the state of whoever wrote last."""
    everywhere = frozenset(ReportState.values)
    moves = tuple(replace(move, sources=everywhere) for move in REPORT_WORKFLOW.moves)
    monkeypatch.setattr(services, "REPORT_WORKFLOW", replace(REPORT_WORKFLOW, moves=moves))
    of = report(year_2014, district, ReportState.UNDER_REVIEW)
    outcomes = decide_at_once(monkeypatch, of, two_reviewers)
    assert not any(isinstance(outcome, MoveRefused) for outcome in outcomes)
    assert sorted(ReportEvent.objects.values_list("move", flat=True)) == ["accept", "return"]


@pytest.fixture
def book(tmp_path, district):
    """A workbook that brings one contribution of 100 yuan."""
    row = {
        "工会编码": district.code,
        "业务编号": "Z1",
        "收款日期": date(2014, 3, 1),
        "来源": "社会捐助",
        "金额(元)": 100,
    }
    row |= {"出资方": "爱心企业"}
    spreadsheet, file = Workbook(), io.BytesIO()
    spreadsheet.active.title = "资金筹集"
    spreadsheet.active.append(list(row))
    spreadsheet.active.append(list(row.values()))
    spreadsheet.save(file)
    path = tmp_path / "book.xlsx"
    path.write_bytes(file.getvalue())
    return path


def submit_while(monkeypatch, of: Report, lead, work) -> list:
    """`work` comes when the figures are counted, and the lists behind them not yet read nor anything written."""
    counted, done, plain = threading.Event(), threading.Event(), freezing.derive

    def derive(*args, **kwargs):
        values = plain(*args, **kwargs)
        counted.set()
        done.wait(MEETING)
        return values

    def come_between():
        counted.wait(10)
        try:
            return work()
        finally:
            done.set()

    monkeypatch.setattr(freezing, "derive", derive)
    return at_once(submit_by(of, lead), come_between)


def submit_while_importing(monkeypatch, of: Report, lead, book) -> list:
    return submit_while(monkeypatch, of, lead, lambda: import_workbook(book, workbook=CASE_WORKBOOK, unit=of.union))


def frozen_sums(submission: Submission) -> tuple:
    """What was raised, as a frozen figure, and added up from the frozen list."""
    kept = submission.records.get(fact="contributions")
    listed = [row["pk"] for row in kept.rows if "raised" in row["figures"]]
    amounts = Contribution.objects.filter(pk__in=listed).values_list("amount", flat=True)
    return submission.figures.get(slug="raised").reported, sum(amounts)


def test_import_while_the_lead_submits_comes_after_both_figure_and_list(monkeypatch, year_2014, district, lead, book):
    make.contribution(district)
    submission, outcome = submit_while_importing(monkeypatch, ready(year_2014, district), lead, book)
    assert outcome.ok
    assert Contribution.objects.count() == 2
    figure, listed = frozen_sums(submission)
    assert figure == listed == make.Decimal("7979.40")


def test_import_without_the_lock_parts_the_figure_from_its_list(monkeypatch, year_2014, district, lead, book):
    make.contribution(district)
    without_locks(monkeypatch)
    submission, outcome = submit_while_importing(monkeypatch, ready(year_2014, district), lead, book)
    assert outcome.ok
    figure, listed = frozen_sums(submission)
    assert (figure, listed) == (make.Decimal("7979.40"), make.Decimal("8079.40"))


def submit_while_adjusting(monkeypatch, of: Report, lead, clerk) -> list:
    def adjust():
        copy = Report.objects.get(pk=of.pk)
        return adjust_figure(copy, slug="event_posts", difference=make.Decimal(12), reason="另有岗位", by=By(clerk))

    return submit_while(monkeypatch, of, lead, adjust)


def test_clerk_who_saves_while_the_lead_submits_is_told_and_changes_nothing(
    monkeypatch, year_2014, district, lead, clerk
):
    of = ready(year_2014, district)
    submission, refused = submit_while_adjusting(monkeypatch, of, lead, clerk)
    assert (type(refused), str(refused)) == (MoveRefused, "报表现在的状态是“已报送”，不能修改。")
    assert submission.figures.get(slug="event_posts").reported == 0
    assert not of.adjustments.exists()


def test_clerk_who_saves_without_the_lock_adjusts_what_was_frozen_without_it(
    monkeypatch, year_2014, district, lead, clerk
):
    """The race: the clerk is told that it is saved, and the report went in without it."""
    of = ready(year_2014, district)
    without_locks(monkeypatch)
    submission, _adjustment = submit_while_adjusting(monkeypatch, of, lead, clerk)
    assert submission.figures.get(slug="event_posts").reported == 0
    assert of.adjustments.get().difference == 12


@pytest.fixture
def agreed(year_2014, district, city):
    """A report to which the first of two reviewers has agreed."""
    year_2014.reviewers_needed = 2
    year_2014.save()
    of = report(year_2014, district, ReportState.UNDER_REVIEW)
    services.endorse_report(of, by=By(UserFactory(role=Role.REVIEWER, union=city)))
    return of


def by_both(service, of: Report, reviewers) -> list:
    copies = [Report.objects.get(pk=of.pk) for _turn in range(2)]
    pairs = zip(copies, reviewers, strict=True)
    return at_once(*(lambda copy=copy, actor=actor: service(copy, by=By(actor)) for copy, actor in pairs))


def test_two_second_reviewers_at_once_and_one_accepts(monkeypatch, agreed, two_reviewers):
    meeting_at(monkeypatch, services, "_move")
    outcomes = by_both(services.accept_report, agreed, two_reviewers)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["MoveRefused", "ReportEvent"]
    assert sorted(ReportEvent.objects.values_list("move", flat=True)) == ["accept", "endorse"]


def test_two_second_reviewers_without_the_condition_both_accept(monkeypatch, agreed, two_reviewers):
    """The race: the report is accepted twice."""
    everywhere = frozenset(ReportState.values)
    moves = tuple(replace(move, sources=everywhere) for move in REPORT_WORKFLOW.moves)
    monkeypatch.setattr(services, "REPORT_WORKFLOW", replace(REPORT_WORKFLOW, moves=moves))
    meeting_at(monkeypatch, services, "_move")
    by_both(services.accept_report, agreed, two_reviewers)
    assert sorted(ReportEvent.objects.values_list("move", flat=True)) == ["accept", "accept", "endorse"]


@pytest.fixture
def for_two(year_2014, district):
    year_2014.reviewers_needed = 2
    year_2014.save()
    return report(year_2014, district, ReportState.UNDER_REVIEW)


def test_two_first_reviewers_at_once_and_one_agrees(monkeypatch, for_two, two_reviewers):
    """The other is told to accept, knowing who agreed; neither agrees past the other."""
    met = meeting_at(monkeypatch, services, "_move")
    outcomes = by_both(services.endorse_report, for_two, two_reviewers)
    assert met[0] is False
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Endorsement", "MoveRefused"]
    assert Endorsement.objects.count() == ReportEvent.objects.count() == 1


def test_two_first_reviewers_without_the_lock_both_agree(monkeypatch, for_two, two_reviewers):
    """The race: each finds that nobody has agreed yet."""
    barrier, plain = threading.Barrier(2), guards.endorsement_of

    def read_and_meet(of):
        found = plain(of)
        meet(barrier, PATIENCE)
        return found

    without_locks(monkeypatch)
    monkeypatch.setattr(guards, "endorsement_of", read_and_meet)
    by_both(services.endorse_report, for_two, two_reviewers)
    assert Endorsement.objects.count() == 2


def test_two_reviewers_open_a_supplement_at_once_and_one_is_opened(year_2014, district, two_reviewers):
    of = report(year_2014, district, ReportState.ACCEPTED)
    outcomes = at_once(
        *(lambda actor=actor: open_supplement(of, reason="漏报", by=By(actor)) for actor in two_reviewers)
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["MoveRefused", "Report"]
    assert list(Report.objects.order_by("number").values_list("number", flat=True)) == [0, 1]
