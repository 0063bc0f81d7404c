"""The checks on real records: which days and whose visits count, what is carried over, how many questions it takes."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aid.enums import PaymentState
from portal.models import Union
from reports.checks import checks_for
from reports.checks.context import Preparation
from reports.checks.live import live_findings, live_values
from reports.counting import kept
from reports.counting.derive import derive
from reports.counting.lineage import lineage
from reports.counting.statements import unit_rows
from reports.figures import FIGURES
from tests.builders import visit
from tests.reports import builders as make

LAST_DAY = date(2014, 12, 31)


def listed(code, campaign, union, as_of=make.AS_OF):
    """The records that the check opens; their number must be the one in its sentence."""
    records = list(lineage(checks_for(FIGURES)[code].records, campaign, union, as_of))
    _values, context = live_values(campaign, union, as_of)
    assert context.records[code] == len(records)
    return records


def codes(campaign, union, as_of=make.AS_OF, **known) -> set[str]:
    return {finding.check.code for finding in live_findings(campaign, union, as_of, **known)}


@pytest.fixture
def aided(unit):
    return make.payment(unit).case


@pytest.mark.parametrize(
    ("day", "as_of", "visited"),
    [
        (date(2014, 6, 30), LAST_DAY, False),
        (date(2014, 7, 1), LAST_DAY, True),
        (date(2014, 8, 31), LAST_DAY, True),
        (date(2014, 9, 1), LAST_DAY, False),
        (date(2013, 7, 15), LAST_DAY, False),
        (date(2014, 8, 20), date(2014, 8, 20), True),
        (date(2014, 8, 21), date(2014, 8, 20), False),
    ],
)
def test_visit_counts_in_july_and_august_of_the_year(unit, year_2014, aided, day, as_of, visited):
    visit(unit, person=aided.person, visited_on=day)
    assert (listed("unvisited", year_2014, unit, as_of) == []) is visited
    assert ("unvisited" in codes(year_2014, unit, as_of)) is not visited


def test_visit_to_the_worker_counts_and_one_to_anybody_else_does_not(unit, year_2014, aided):
    sibling = make.child(unit, household=aided.child.household)
    visit(unit, person=sibling.person)
    visit(unit)
    assert listed("unvisited", year_2014, unit) == [aided]
    visit(unit, person=aided.child.household.worker)
    assert listed("unvisited", year_2014, unit) == []


def test_summer_is_that_of_the_campaign(unit, year_2014, aided):
    earlier = make.payment(unit, year=2013, paid_on=date(2013, 7, 1), child=aided.child).case
    visit(unit, person=aided.person, visited_on=date(2013, 8, 31))
    assert listed("unvisited", year_2014, unit) == [aided]
    assert listed("unvisited", earlier.campaign, unit) == []


def test_visit_by_another_union_counts(units, year_2014, aided):
    visit(units[1], person=aided.person)
    assert listed("unvisited", year_2014, units[0]) == []


def test_only_the_aided_are_asked_for(units, year_2014, aided):
    make.case(units[0])
    make.payment(units[0], status=PaymentState.PENDING)
    make.payment(units[1])
    assert listed("unvisited", year_2014, units[0]) == [aided]


@pytest.mark.parametrize(
    ("day", "outside"),
    [
        (date(2013, 12, 31), True),
        (date(2014, 1, 1), False),
        (date(2014, 9, 1), False),  # after the cut-off: it counts later
        (date(2014, 12, 31), False),
        (date(2015, 1, 1), True),
    ],
)
def test_payment_is_outside_the_days_of_its_campaign(unit, year_2014, day, outside):
    payment = make.payment(unit, paid_on=day)
    assert listed("paid_outside", year_2014, unit) == ([payment] if outside else [])


def test_payment_outside_a_campaign_with_days_of_its_own(unit, year_2014):
    year_2014.starts_on, year_2014.ends_on = date(2014, 2, 1), date(2014, 11, 30)
    year_2014.save()
    days = [date(2014, 1, 31), date(2014, 2, 1), date(2014, 11, 30), date(2014, 12, 1)]
    payments = [make.payment(unit, paid_on=day) for day in days]
    assert set(listed("paid_outside", year_2014, unit)) == {payments[0], payments[3]}


def test_payment_outside_is_paid_and_of_the_campaign_and_the_unit(units, year_2014):
    day = date(2015, 1, 1)
    make.payment(units[0], paid_on=day, status=PaymentState.PENDING)
    make.payment(units[0], paid_on=day, year=2013)
    make.payment(units[1], paid_on=day)
    assert listed("paid_outside", year_2014, units[0]) == []


def test_balance_is_all_money_before_the_first_day(units, year_2014):
    unit = units[0]
    eve, first = date(2013, 12, 31), date(2014, 1, 1)
    make.contribution(unit, received_on=eve, amount=Decimal("1000.10"), source="government")
    make.contribution(unit, received_on=date(2012, 5, 1), amount=Decimal("200.00"))
    make.contribution(unit, received_on=first, amount=Decimal("7.00"))
    make.contribution(units[1], received_on=eve, amount=Decimal("50000.00"))
    make.payment(unit, paid_on=eve, year=2013, amount=Decimal("300.05"))
    make.payment(unit, paid_on=eve, amount=Decimal("100.00"))  # of this campaign, before it began
    make.payment(unit, paid_on=eve, year=2013, amount=Decimal("9.00"), status=PaymentState.FAILED)
    make.payment(unit, paid_on=first, amount=Decimal("807.05"))
    values, context = live_values(year_2014, unit, make.AS_OF)
    assert (values["raised"], values["paid"], context.balance) == (Decimal(7), Decimal("807.05"), Decimal("800.05"))
    assert "paid_covered" not in codes(year_2014, unit)
    make.payment(unit, amount=Decimal("0.01"))
    assert "paid_covered" in codes(year_2014, unit)


def test_balance_of_the_city_is_that_of_its_units(units, year_2014):
    city = Union.objects.get(depth=1)
    for union, amount in ((units[0], 10), (units[1], 20), (city, 400)):
        make.contribution(union, received_on=date(2013, 12, 31), amount=Decimal(amount))
    assert live_values(year_2014, city, make.AS_OF)[1].balance == Decimal(30)


def test_mean_is_over_the_units_that_aided_anyone(year_2014):
    units = make.small_city(3)
    for amount in (1000, 2000):
        make.payment(units[0], amount=Decimal(amount))
    make.payment(units[1], amount=Decimal("500.00"))
    make.contribution(units[2])
    mean = live_values(year_2014, units[2], make.AS_OF)[1].per_child
    assert (mean.mean, mean.units) == (Fraction(1000), 2)  # (3000 / 2 + 500) / 2


def test_values_are_those_of_the_annexes(units, year_2014):
    make.payment(units[0])
    for union in (units[0], Union.objects.get(depth=1)):
        values, _context = live_values(year_2014, union, make.AS_OF)
        assert values == derive(year_2014, union, make.AS_OF)


def test_live_figures_break_no_hard_check(unit, year_2014):
    for fields in ({"stage": "primary", "category": "migrant"}, {"stage": "bachelor", "single_mother": True}):
        make.payment(unit, **fields)
    make.graduate(unit)
    make.graduate(unit, graduated_on=date(2013, 7, 1))
    make.assistance(unit, kind="microloan", amount=Decimal("30000.00"))
    hard = [finding.message for finding in live_findings(year_2014, unit, make.AS_OF) if finding.check.is_hard]
    assert hard == []


def test_last_year_and_preparation_are_checked_when_given(unit, year_2014):
    make.payment(unit)
    last_year = derive(year_2014, unit, make.AS_OF) | {"aided": 7}
    empty = Preparation("", "", has_summary=False)
    assert {"contact", "summary", "change_aided"}.isdisjoint(codes(year_2014, unit))
    assert codes(year_2014, unit, last_year=last_year, preparation=empty) >= {"contact", "summary", "change_aided"}


@pytest.mark.parametrize("count", [1, 5])
def test_checks_take_as_many_queries_for_many_units_as_for_one(db, year_2014, count):
    units = make.small_city(count)
    for unit in units:
        make.payment(unit)
        make.payment(unit, paid_on=date(2015, 1, 1))
    for union, expected in ((units[0], 14), (Union.objects.get(depth=1), 12)):
        with CaptureQueriesContext(connection) as queries:
            live_findings(year_2014, union, make.AS_OF)
        assert len(queries) == expected  # eight facts and three more questions; the units, and two facts of them


def test_mean_is_of_this_moment_though_other_units_are_not_counted_again(year_2014, monkeypatch):
    unit, other = make.small_city(2)

    def mean():
        return live_values(year_2014, unit)[1].per_child.mean

    make.payment(unit, amount=Decimal(1000))
    make.payment(other, amount=Decimal(5000))
    assert mean() == 3000
    make.payment(unit, amount=Decimal(3000))
    counted = []
    monkeypatch.setattr(kept, "unit_rows", lambda *asked: counted.append(asked[2]) or unit_rows(*asked))
    assert mean() == 3500
    assert set(counted) == {unit.path}
