"""The revision of a unit: raised by every write of a record that the unit counts, and by no other."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from aid.enums import DocumentKind
from aid.households.papers import note_seen, remove_document
from aid.transfers.services import offer_household
from employment.models import Assistance
from portal.audit import By
from portal.keeping import keep_alike, keep_along, keep_many, keep_new
from portal.kept.revisions import FOLDED_FROM, fold, raise_units, raising, revisions
from portal.models import Union, UnitChange, UnitRevision
from portal.unions.moves import move_union
from tests.builders import visit
from tests.employment.builders import retention_check
from tests.reports import builders as make

TURNS = 60


class Raised:
    """Which units a write raised, of those of a city."""

    def __init__(self, units):
        self.units = units
        self.before = revisions()

    def __call__(self) -> list[int]:
        now, before = revisions(), self.before
        self.before = now
        return [place for place, unit in enumerate(self.units) if now.get(unit.path, 0) > before.get(unit.path, 0)]


@pytest.fixture
def units(db):
    return make.small_city(3)


def test_a_write_raises_the_unit_of_the_record_alone(units, clerk):
    below = Union.objects.get_children(units[1]).get()
    record = make.contribution(below)
    raised = Raised(units)
    keep_along(record, By(clerk))
    assert raised() == [1]
    keep_many([record, make.contribution(units[2])], clerk, fields=["amount"])
    assert raised() == [1, 2]
    keep_alike([record], clerk, donor="某公司")
    assert raised() == [1]


def test_a_record_that_goes_to_another_unit_raises_both(units, clerk):
    record = make.event(units[0])
    raised = Raised(units)
    record.place_in(units[2])
    keep_along(record, By(clerk))
    assert raised() == [0, 2]


@pytest.mark.parametrize("kind", ["household", "child"])
def test_a_family_raises_the_units_of_its_cases(units, clerk, kind):
    """The family has moved on; its cases stay with the union that handled them."""
    child = make.child(units[1])
    make.case(units[0], child=child)
    raised = Raised(units)
    keep_along(child if kind == "child" else child.household, By(clerk))
    assert raised() == [0, 1]


def test_a_visit_raises_the_units_of_the_person_and_the_family(units, clerk):
    case = make.case(units[1])
    raised = Raised(units)
    seen = visit(units[0], person=case.person)
    keep_along(seen, By(clerk))
    assert raised() == [0, 1]
    seen.person = make.person()
    keep_along(seen, By(clerk))
    assert raised() == [0, 1]  # of the person whom it no longer is to
    seen.person = case.child.household.worker
    keep_along(seen, By(clerk))
    assert raised() == [0, 1]


def test_help_raises_the_unit_of_the_graduate_and_a_graduate_the_units_that_helped(units, clerk):
    graduate, other = make.graduate(units[0]), make.graduate(units[1])
    help_ = make.assistance(units[2], graduate=graduate)
    raised = Raised(units)
    keep_along(graduate, By(clerk))
    assert raised() == [0, 2]
    help_.graduate = other
    keep_along(help_, By(clerk))
    assert raised() == [0, 1, 2]
    new = Assistance(number="Z1", graduate=graduate, given_on=date(2014, 5, 1), kind="training")
    new.place_in(units[2])
    keep_new([new], clerk)
    assert raised() == [0, 2]


def test_a_question_about_a_placement_raises_the_unit_of_the_graduate(units):
    raised = Raised(units)
    placement = make.assistance(units[1], graduate=make.graduate(units[0]), kind="placement")
    raised()
    with raising([check := retention_check(units[1], placement=placement)]):
        check.save()
    assert raised() == [0, 1]


def test_a_union_that_moves_raises_the_unit_it_leaves_and_the_one_it_comes_to(units):
    below = Union.objects.get_children(units[1]).get()
    make.contribution(below)
    raised = Raised(units)
    move_union(below, under=units[2])
    assert raised() == [1, 2]


def test_a_household_that_is_offered_raises_both_sides(units, clerk):
    home = make.household(units[0])
    clerk.union = units[0]
    clerk.save()
    raised = Raised(units)
    offer_household(home, to=units[2], reason="职工调动", by=By(clerk))
    assert raised() == [0, 2]


def test_a_paper_of_a_family_raises_its_unit(units, clerk):
    home, raised = make.household(units[1]), Raised(units)
    (paper,) = note_seen(home, [DocumentKind.IDENTITY], by=By(clerk))
    assert raised() == [1]
    remove_document(paper, by=By(clerk))
    assert raised() == [1]


def test_what_is_rolled_back_raises_nothing(units, clerk):
    record, raised = make.contribution(units[0]), Raised(units)
    with transaction.atomic():
        keep_along(record, By(clerk))
        transaction.set_rollback(True)
    assert raised() == []


def test_folding_leaves_every_revision_what_it_is(units):
    for turn in range(FOLDED_FROM * 2):
        raise_units([units[0].path, *([units[1].path] if turn % 2 else [])])
    raise_units([units[2].path])
    before = revisions()
    fold()
    assert revisions() == before
    assert set(UnitChange.objects.values_list("path", flat=True)) == {units[2].path}
    raise_units([units[0].path])
    fold()
    assert revisions()[units[0].path] == before[units[0].path] + 1


def _in_thread(act, faults):
    def run():
        try:
            act()
        except Exception as fault:  # noqa: BLE001  told by the test
            faults.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def _write(*paths):
    for _turn in range(TURNS):
        with transaction.atomic():
            for path in paths:
                raise_units([path])


def _fold_until(done):
    while not done.is_set():
        fold()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_no_raise_is_lost_or_waited_for_while_others_fold_and_raise():
    """Two who write two units in contrary order, and two who fold all the time."""
    done, faults = threading.Event(), []
    folders = [_in_thread(lambda: _fold_until(done), faults) for _each in range(2)]
    orders = (("00010001", "00010002"), ("00010002", "00010001"))
    for writer in [_in_thread(lambda order=order: _write(*order), faults) for order in orders]:
        writer.join()
    done.set()
    for folder in folders:
        folder.join()
    assert faults == []
    assert dict(revisions()) == {"00010001": 2 * TURNS, "00010002": 2 * TURNS}
    assert UnitRevision.objects.exists()
