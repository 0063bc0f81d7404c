"""How far each unit is with its visits, kept: the same as the list of each unit says, for whoever sees all units."""

from datetime import date

import pytest

from aid.models import PracticePlacement
from aid.visits.counts import visits_of
from aid.visits.plan import AIDED, ON_PRACTICE, Covered
from employment.graduates.visit_plan import GRADUATES, GROUPS, count_ahead
from portal.audit import By
from portal.enums import Role
from portal.keeping import keep_along
from portal.models import KeptCount, Union
from tests.builders import visit
from tests.factories import UserFactory
from tests.reports import builders as make

SUMMER_DAY = date(2014, 7, 20)


@pytest.fixture
def year_2014(db):
    return make.campaign()


@pytest.fixture
def units(year_2014):
    """In the first unit two are aided, one visited at the door and one by telephone; in the second one waits."""
    units = make.small_city(3)
    visit(units[0], person=make.case(units[0]).person, visited_on=SUMMER_DAY)
    called = make.case(units[0])
    visit(units[2], person=called.child.household.worker, visited_on=SUMMER_DAY, by_telephone=True)
    make.case(units[1])
    make.graduate(units[1])
    return units


@pytest.fixture
def reviewer(units):
    return UserFactory(role=Role.REVIEWER, union=Union.objects.get(depth=1))


def told(user, campaign, group=AIDED):
    return visits_of(group, user, campaign, user.union)


def counted_of_each(reviewer, campaign, units, group):
    """What the list of each unit has, asked as the reviewer sees it."""
    people, moved = group.people(reviewer, campaign), group.moved_away(reviewer, campaign)
    found = {}
    for unit in units:
        states = list(people.in_union(unit).values_list("state", flat=True))
        if states:
            found[unit.path] = Covered.of({state: states.count(state) for state in states})
    return found, moved.count()


def test_kept_counts_are_those_worked_out_by_hand(units, reviewer, year_2014, django_assert_num_queries):
    by_hand = {units[0].path: Covered(people=2, reached=2, door=1), units[1].path: Covered(people=1)}
    for _turn in range(2):
        assert told(reviewer, year_2014) == (by_hand, 0)
    assert told(reviewer, year_2014, GRADUATES) == ({units[1].path: Covered(people=1)}, 0)
    with django_assert_num_queries(3):  # the units, their revisions, what is kept
        told(reviewer, year_2014)


def test_a_family_that_moves_away_is_told_apart_and_a_visit_elsewhere_counts(units, reviewer, year_2014, clerk):
    told(reviewer, year_2014)
    home = units[1].path
    case = make.case(units[1])
    child, household = case.child, case.child.household
    for record in (household, child):
        record.place_in(units[2])
        keep_along(record, By(clerk))
    assert told(reviewer, year_2014) == counted_of_each(reviewer, year_2014, units, AIDED)
    assert told(reviewer, year_2014)[1] == 1
    waiting = AIDED.people(reviewer, year_2014).get(union_path=home)
    visit(units[0], person=waiting.person, visited_on=SUMMER_DAY)
    assert told(reviewer, year_2014)[0][home] == Covered(people=1, reached=1, door=1)


def test_a_household_that_is_closed_counts_for_the_unit_of_its_graduate(units, reviewer, year_2014, clerk):
    graduate = make.graduate(units[0], household=make.household(units[0]))
    told(reviewer, year_2014, GRADUATES)
    graduate.household.closed_on = date(2013, 12, 1)
    keep_along(graduate.household, By(clerk))
    assert told(reviewer, year_2014, GRADUATES) == counted_of_each(reviewer, year_2014, units, GRADUATES)


def test_a_placement_of_practice_counts_as_soon_as_it_is_kept(units, reviewer, year_2014, clerk):
    child = make.child(units[1])
    assert told(reviewer, year_2014, ON_PRACTICE) == ({}, 0)
    placed = PracticePlacement(post=make.practice_post(units[1]), child=child, starts_on=SUMMER_DAY, ends_on=SUMMER_DAY)
    placed.place_in(units[1])
    keep_along(placed, By(clerk))
    assert told(reviewer, year_2014, ON_PRACTICE) == ({units[1].path: Covered(people=1)}, 0)


def test_of_one_unit_nothing_is_kept_and_the_night_counts_all(units, reviewer, year_2014):
    clerk = UserFactory(union=units[0])
    assert told(clerk, year_2014) == ({units[0].path: Covered(people=2, reached=2, door=1)}, 0)
    assert not KeptCount.objects.exists()
    count_ahead(year_2014)
    assert set(KeptCount.objects.values_list("what", flat=True)) == {f"visits_{group.slug}" for group in GROUPS}
