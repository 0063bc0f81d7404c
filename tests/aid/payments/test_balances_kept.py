"""The ledger as it is kept: what is counted, after every kind of write, and at every level of unions."""

from datetime import date
from decimal import Decimal

import pytest

from aid.enums import FundSource, PaymentState
from aid.ledger.moving import LedgerGuard
from aid.models import CarriedFunds
from aid.payments.balances import LEDGER, kept_balances
from aid.payments.ledger import Balance, balances
from portal.audit import By
from portal.keeping import keep_along
from portal.models import Campaign, KeptCount, Union
from portal.unions.moves import move_union
from tests.factories import UserFactory
from tests.reports import builders as make

UNION, SOCIAL = FundSource.UNION, FundSource.SOCIAL


@pytest.fixture
def year_2014(db):
    return make.campaign()


@pytest.fixture
def units(year_2014):
    """The first unit raised 7 979.40 and 100, of which 60 wait, and paid or reserved 520.48 and 30."""
    units = make.small_city(3)
    make.contribution(units[0])
    make.contribution(units[0], source=SOCIAL, amount=Decimal(100), confirmed_amount=Decimal(40))
    make.payment(units[0])
    make.payment(units[0], source=SOCIAL, amount=Decimal(30), status=PaymentState.PENDING)
    make.payment(units[0], status=PaymentState.FAILED)
    make.contribution(Union.objects.get_children(units[1]).get(), amount=Decimal(5))
    return units


def test_kept_balances_are_those_worked_out_by_hand(units, django_assert_num_queries):
    by_hand = {
        units[0].path: {
            UNION: Balance(UNION, raised=Decimal("7979.40"), paid=Decimal("520.48")),
            SOCIAL: Balance(SOCIAL, raised=Decimal(40), reserved=Decimal(30), waiting=Decimal(60)),
        },
        units[1].path: {UNION: Balance(UNION, raised=Decimal(5))},
    }
    city = Union.objects.get(depth=1)
    for _turn in range(2):
        assert kept_balances(city) == by_hand
    assert kept_balances(units[1]) == {units[1].path: by_hand[units[1].path]}
    assert kept_balances(units[2]) == {}
    with django_assert_num_queries(3):  # the campaign, the revision, what is kept
        kept_balances(units[0])


def test_who_writes_sees_the_balance_that_the_write_left(units):
    assert kept_balances(units[0]) == balances(units[0])
    record = make.contribution(units[0], amount=Decimal(11))
    assert kept_balances(units[0])[units[0].path][UNION].raised == Decimal("7990.40")
    record.confirmed_amount = record.amount = Decimal(12)
    keep_along(record, By(UserFactory(union=units[0])))
    assert kept_balances(units[0])[units[0].path][UNION].raised == Decimal("7991.40")
    assert kept_balances(Union.objects.get(depth=1)) == balances(Union.objects.get(depth=1))


def test_within_a_unit_nothing_is_kept(units):
    street = Union.objects.get_children(units[1]).get()
    assert kept_balances(street) == {units[1].path: {UNION: Balance(UNION, raised=Decimal(5))}}
    assert not KeptCount.objects.filter(what=LEDGER.what).exists()


def test_before_there_is_a_campaign_balances_are_counted(db):
    (unit,) = make.small_city(1)
    make.contribution(unit)
    assert not Campaign.objects.exists()
    assert kept_balances(unit) == balances(unit)


def test_funds_that_are_carried_along_raise_both_units(units):
    street = Union.objects.get_children(units[0]).get()
    make.payment(street, paid_on=date(2014, 8, 1))  # of what the unit raised itself
    kept_balances(Union.objects.get(depth=1))
    move_union(street, under=units[2], watching=[LedgerGuard()], with_funds=True)
    assert CarriedFunds.objects.exists()
    assert kept_balances(Union.objects.get(depth=1)) == balances(Union.objects.get(depth=1))
