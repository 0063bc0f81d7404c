"""Several clerks decide on one proposal in the same moment: on PostgreSQL, with real threads, and without the lock."""

import pytest
from django.db import IntegrityError

from employment.models import DeclinedProposal, Graduate
from employment.proposals.services import decline_proposal
from portal.audit import By
from portal.enums import Role
from portal.workflow import MoveRefused
from tests.employment import builders as work
from tests.employment.proposals.test_proposals import ASKED, confirm_address
from tests.factories import UserFactory
from tests.forms import opened
from tests.reports.handed_in.test_races import at_once, meeting_at, without_locks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
CROWD = 8


@pytest.fixture
def clerks(district):
    return [UserFactory(role=Role.CLERK, union=district) for _turn in range(CROWD)]


def declining(child, clerk, reason):
    return lambda: decline_proposal(child, year=2014, reason=reason, by=By(clerk))


def test_two_clerks_decline_for_two_reasons_and_one_is_told(district, clerks):
    child = work.student(district)
    outcomes = at_once(declining(child, clerks[0], "left_school"), declining(child, clerks[1], "unreachable"))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["DeclinedProposal", "MoveRefused"]
    assert DeclinedProposal.objects.count() == 1


def test_without_the_lock_only_the_constraint_stops_the_second(monkeypatch, district, clerks):
    child = work.student(district)
    without_locks(monkeypatch)
    met = meeting_at(monkeypatch, DeclinedProposal, "place_with")
    outcomes = at_once(declining(child, clerks[0], "left_school"), declining(child, clerks[1], "unreachable"))
    assert met == [True, True]
    assert not any(isinstance(outcome, MoveRefused) for outcome in outcomes)
    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 1


def test_eight_clerks_confirm_one_child_and_it_is_a_graduate_once(client_of, district, clerks):
    child = work.student(district)
    clients = [client_of(clerk) for clerk in clerks]
    forms = [opened(client, confirm_address(child)) | ASKED for client in clients]
    sent = [
        lambda client=client, form=form: client.post(confirm_address(child), form).status_code
        for client, form in zip(clients, forms, strict=True)
    ]
    assert sorted(at_once(*sent)) == [200] * (CROWD - 1) + [302]
    assert Graduate.objects.count() == 1
