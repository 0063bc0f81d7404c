"""The counts of coverage: worked out here by hand, kept of each unit, and within the scope of who asks."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from aid.enums import PaymentMethod, PaymentState
from aid.payments.coverage import BY_SLUG, COVERAGE, cases_of, coverage
from portal.audit import By
from portal.enums import Role
from portal.keeping import keep_along
from portal.models import KeptCount, Union
from tests.aid.paying import card
from tests.factories import UserFactory
from tests.reports import builders as make

IN_TIME = {"paid_on": date(2014, 7, 1), "method": PaymentMethod.CARD}
# By unit, of each case of 1 000 yuan what was paid and how otherwise than in time and by card.
PAID: tuple[list[list[tuple[int, dict]]], ...] = (
    [[(1000, {})], [(999, {})], []],
    [
        [(400, {}), (600, {"paid_on": date(2014, 9, 1) + timedelta(days=1)})],
        [(1000, {"method": PaymentMethod.CASH})],
        [(1000, {"status": PaymentState.FAILED})],
    ],
    [],
)
# What stands on file of each: the family's kind of card, the child's where it has a card, what was said of the money.
ON_FILE = (
    [("grant_card", None, (True, date(2014, 9, 1))), ("grant_card", "member_card", (False, None)), ("other", None, ())],
    [("", None, (True, date(2014, 9, 2))), ("grant_card", None, None), ("", "other", (True, date(2014, 7, 1)))],
    [],
)
BY_HAND = (
    {"approved": 3, "in_full": 1, "on_time": 1, "partly": 1, "unpaid": 1, "paid": 2, "by_card": 2, "off_card": 0}
    | {"grant_card": 1, "member_card": 1, "other_card": 0, "unknown_card": 0}
    | {"asked": 2, "received": 1, "received_late": 0, "received_short": 1},
    {"approved": 3, "in_full": 2, "on_time": 1, "partly": 0, "unpaid": 1, "paid": 2, "by_card": 1, "off_card": 1}
    | {"grant_card": 0, "member_card": 0, "other_card": 0, "unknown_card": 1}
    | {"asked": 1, "received": 0, "received_late": 1, "received_short": 0},
)


@pytest.fixture
def year(db):
    return make.campaign()


@pytest.fixture
def units(year):
    units = make.small_city(3)
    for unit, cases, files in zip(units, PAID, ON_FILE, strict=True):
        street = Union.objects.get_children(unit).get()
        for payments, (family, own, said) in zip(cases, files, strict=True):
            child = make.child(street, household=make.household(street, bank_card=card(), card_kind=family))
            if own is not None:
                make.change(child, bank_card=card(), card_kind=own)
            in_full, on = said or (None, None)
            case = make.case(street, child=child, standard=Decimal(1000), received_in_full=in_full, received_on=on)
            for amount, terms in payments:
                make.payment(street, case=case, amount=Decimal(amount), **IN_TIME | terms)
    make.case(units[2], status="draft")
    return units


def counts(user, year) -> dict:
    return {path: found.counts for path, found in coverage(user, year).items()}


def test_counts_are_those_worked_out_by_hand_and_those_of_the_lists(units, year):
    reviewer = UserFactory(role=Role.REVIEWER, union=Union.objects.get(depth=1))
    expected = {unit.path: found for unit, found in zip(units, BY_HAND, strict=False)}
    for _turn in range(2):
        assert counts(reviewer, year) == expected
    lists = {slug: cases_of(reviewer, year, group).count() for slug, group in BY_SLUG.items()}
    assert lists == {slug: sum(found[slug] for found in BY_HAND) for slug in BY_SLUG}


def test_a_unit_and_a_union_within_it_see_their_own(units, year):
    street = Union.objects.get_children(units[1]).get()
    for union in (units[1], street):
        assert counts(UserFactory(union=union), year) == {units[1].path: BY_HAND[1]}
    make.case(units[1])  # not of the street
    assert counts(UserFactory(union=street), year) == {units[1].path: BY_HAND[1]}
    assert counts(UserFactory(union=units[1]), year)[units[1].path]["unpaid"] == 2
    assert counts(UserFactory(union=units[2]), year) == {}
    assert counts(UserFactory(role=Role.ADMIN, union=units[1]), year) == {}


def test_another_due_date_is_another_question(units, year):
    clerk = UserFactory(union=units[1])
    counts(clerk, year)
    year.due_on = date(2014, 9, 30)
    keep_along(year, By(clerk))
    assert counts(clerk, year)[units[1].path]["on_time"] == 2


def test_kept_counts_are_read_by_one_query(units, year, django_assert_num_queries):
    reviewer = UserFactory(role=Role.REVIEWER, union=Union.objects.get(depth=1))
    counts(reviewer, year)
    assert set(KeptCount.objects.values_list("what", flat=True)) == {COVERAGE.what}
    with django_assert_num_queries(3):  # the units, their revisions, what is kept
        counts(reviewer, year)
