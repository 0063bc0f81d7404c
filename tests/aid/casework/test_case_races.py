"""Aid cases under many hands at once, on PostgreSQL with real threads; each race also with its guard taken away."""

import contextlib
import threading

import pytest
from django.utils.timezone import localdate

from aid.casework import moving, objections
from aid.casework.moving import move_case
from aid.casework.objections import raise_objection
from aid.models import AidCase, CaseEvent, NoticedCase, Objection
from aid.workflow import AID_CASE_WORKFLOW
from portal.audit import By
from portal.enums import Role
from portal.workflow import MoveRefused, Workflow
from tests.aid import cases as casework
from tests.factories import UserFactory
from tests.reports.handed_in.test_races import at_once, without_locks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
MANY = 16
MEETING = 1.0  # seconds in which those who are not kept apart meet; well below the database's lock_timeout


def meeting_before(monkeypatch, owner, name, parties: int) -> None:
    """Let `parties` threads wait for one another right before `name` runs, as long as nobody keeps them apart."""
    barrier, plain = threading.Barrier(parties), getattr(owner, name)

    def wrapped(*args, **kwargs):
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(MEETING)
        return plain(*args, **kwargs)

    monkeypatch.setattr(owner, name, wrapped)


@pytest.fixture
def leads(district):
    return [UserFactory(role=Role.LEAD, union=district) for _turn in range(MANY)]


def approvals(of: AidCase, leads) -> list:
    return [lambda lead=lead: move_case(AidCase.objects.get(pk=of.pk), "approve", by=By(lead)) for lead in leads]


def test_sixteen_approvals_at_once_have_one_effect(district, leads):
    of = casework.on_notice(district)
    outcomes = at_once(*approvals(of, leads))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AidCase", *["MoveRefused"] * (MANY - 1)]
    assert CaseEvent.objects.filter(case=of, move="approve").count() == 1
    assert of.history.count() == 1
    assert AidCase.objects.get(pk=of.pk).version == of.version + 1


def unguarded(workflow: Workflow, record, name, *, actor, reason="", also=()):
    """`Workflow.apply` as it would be without the conditional update."""
    move = workflow.by_name[name]
    if hindrance := move.hindrance(record, actor):
        raise MoveRefused(hindrance)
    record.status = move.target_of(record)
    return move


def test_without_lock_and_conditional_update_several_approve(monkeypatch, district, leads):
    """The race is real: with both guards off more than one approval is made."""
    of = casework.on_notice(district)
    without_locks(monkeypatch)
    monkeypatch.setattr(Workflow, "apply", unguarded)
    meeting_before(monkeypatch, moving, "keep", 4)
    at_once(*approvals(of, leads[:4]))
    assert CaseEvent.objects.filter(case=of, move="approve").count() > 1


def objection_and_approval(of: AidCase, clerk, lead) -> list:
    shown = NoticedCase.objects.get(case=of)
    return at_once(
        lambda: raise_objection(
            NoticedCase.objects.select_related("notice__union", "case").get(pk=shown.pk),
            raised_on=localdate(),
            text="收入不符",
            by=By(clerk),
        ),
        lambda: move_case(AidCase.objects.get(pk=of.pk), "approve", by=By(lead)),
    )


def test_an_objection_and_an_approval_do_not_both_pass(monkeypatch, district, clerk, leads):
    of = casework.on_notice(district)
    meeting_before(monkeypatch, moving, "_set_fields", 2)
    meeting_before(monkeypatch, objections, "_keep", 2)
    objection_and_approval(of, clerk, leads[0])
    approved = AidCase.objects.get(pk=of.pk).is_approved
    assert approved != Objection.objects.filter(noticed__case=of).exists()


def test_without_the_lock_an_approval_passes_beside_an_open_objection(monkeypatch, district, clerk, leads):
    of = casework.on_notice(district)
    without_locks(monkeypatch)
    barrier = threading.Barrier(2)

    def together(plain):
        def wrapped(*args, **kwargs):
            result = plain(*args, **kwargs)
            barrier.wait(5)
            return result

        return wrapped

    monkeypatch.setattr(objections, "locked_case", together(objections.locked_case))
    plain_apply = AID_CASE_WORKFLOW.by_name["approve"].guard.refusal
    checked = together(plain_apply)
    guard = AID_CASE_WORKFLOW.by_name["approve"].guard
    monkeypatch.setitem(guard.__dict__, "refusal", checked)
    objection_and_approval(of, clerk, leads[0])
    assert AidCase.objects.get(pk=of.pk).is_approved
    assert Objection.objects.filter(noticed__case=of, outcome="").exists()
