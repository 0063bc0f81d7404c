"""One enquiry under many hands at once: on PostgreSQL, with real threads, and without the lock."""

from collections import Counter

import pytest

from aid.models import Household
from employment.enquiries.services import Told, move_enquiry
from employment.models import Enquiry
from portal.audit import By
from portal.enums import Role
from tests.employment.builders import enquiry
from tests.employment.enquiries.test_enquiry_becomes import typed
from tests.factories import UserFactory
from tests.forms import opened
from tests.reports.handed_in.test_races import at_once, meeting_at, without_locks
from tests.workbook.sheets import fresh_id

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
CROWD = 8


@pytest.fixture
def clerks(district):
    return [UserFactory(role=Role.CLERK, union=district) for _turn in range(CROWD)]


def moving(of, clerk, move, told):
    return lambda: move_enquiry(Enquiry.objects.select_related("union").get(pk=of.pk), move, by=By(clerk), told=told)


def names(outcomes) -> Counter:
    return Counter(type(outcome).__name__ for outcome in outcomes)


def test_enquiry_handed_over_by_many_arrives_once(district, foreign_district, clerks):
    of = enquiry(district)
    told = Told("请核实", to=foreign_district)
    outcomes = at_once(*(moving(of, clerk, "refer", told) for clerk in clerks))
    assert names(outcomes) == {"Enquiry": 1, "MoveRefused": CROWD - 1}
    assert Enquiry.objects.filter(referred_from=of).count() == 1
    assert of.history.count() == 2


def test_without_the_lock_the_conditional_update_alone_lets_one_through(monkeypatch, district, clerks):
    of = enquiry(district)
    without_locks(monkeypatch)
    met = meeting_at(monkeypatch, Enquiry._meta.default_manager._queryset_class, "update")
    outcomes = at_once(*(moving(of, clerk, "answer", Told("已告知")) for clerk in clerks[:2]))
    assert met == [True, True]
    assert names(outcomes) == {"Enquiry": 1, "MoveRefused": 1}
    assert of.history.count() == 2


def test_two_units_that_hand_over_to_each_other_do_not_wait_in_a_ring(district, foreign_district, clerks):
    there = UserFactory(role=Role.CLERK, union=foreign_district)
    works = [moving(enquiry(district), clerk, "refer", Told("请核实", to=foreign_district)) for clerk in clerks[:4]]
    works += [moving(enquiry(foreign_district), there, "refer", Told("请核实", to=district)) for _turn in range(4)]
    assert names(at_once(*works)) == {"Enquiry": 8}
    assert Enquiry.objects.filter(referred_from__isnull=False).values("union_path", "number").distinct().count() == 8


def test_eight_clerks_make_a_file_of_one_enquiry_and_it_is_one(client_of, district, clerks):
    of = enquiry(district, id_number=fresh_id())
    address = f"/households/new/?enquiry={of.pk}"
    clients = [client_of(clerk) for clerk in clerks]
    forms = [opened(client, address) | typed(district) for client in clients]
    sent = [
        lambda client=client, form=form: client.post(address, form).status_code
        for client, form in zip(clients, forms, strict=True)
    ]
    assert sorted(at_once(*sent)) == [200] * (CROWD - 1) + [302]
    assert Enquiry.objects.get().household == Household.objects.get()
