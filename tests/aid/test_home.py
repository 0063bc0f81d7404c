"""The money of a unit on the first page, and the days of its year."""

import datetime
from decimal import Decimal

import pytest

from aid.home import BAR, money_by_source, season_days
from aid.models import PaymentBatch
from tests.aid import cases as casework
from tests.aid import paying
from tests.clock import Clock
from tests.reports import builders as make


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch)


def test_money_of_a_unit_is_that_of_its_ledger(clerk, district, foreign_district, reviewer, grassroots_clerk):
    for union in (district, foreign_district):
        make.contribution(union, source="social", amount=Decimal(8000))
    make.contribution(district, source="union", amount=Decimal(2000))
    case = make.case(district)
    make.payment(district, case=case, source="social", amount=Decimal(3000), status="paid")
    make.payment(district, case=case, source="social", amount=Decimal(1000), status="pending")
    rows = {row.label: row for row in money_by_source(clerk)["rows"]}
    social, own, none = rows["社会捐助"], rows["各级工会投入"], rows["各级党委政府资助"]
    assert (social.raised, social.paid) == ("8,000.00", "3,000.00")
    assert (social.reserved, social.left) == ("1,000.00", "4,000.00")
    assert (own.raised, own.left, none.raised) == ("2,000.00", "2,000.00", "0.00")
    assert (social.paid_length, social.reserved_length, social.left_length) == (BAR * 3 / 8, BAR / 8, BAR / 2)
    assert (social.reserved_from, social.left_from) == (BAR * 3 / 8, BAR / 2)
    assert own.left_length == BAR / 4
    assert {row.label: row.left for row in money_by_source(reviewer)["rows"]}["社会捐助"] == "12,000.00"
    assert money_by_source(grassroots_clerk) is None


def test_year_of_a_unit_has_its_notices_and_its_payments(clerk, reviewer, district, foreign_district, campaign, clock):
    clock.set(datetime.date(2014, 5, 1))
    last = datetime.date(2014, 5, 20)
    for union in (district, district, foreign_district):
        casework.on_notice(union, first=datetime.date(2014, 5, 5), last=last)
    casework.on_notice(district, first=datetime.date(2014, 4, 1), last=datetime.date(2014, 4, 20))
    batch = paying.batch_in(district)
    PaymentBatch.objects.filter(pk=batch.pk).update(campaign=campaign, released_on=datetime.date(2014, 3, 3))
    found = {(day.on, str(day.label)) for day in season_days(clerk, campaign)}
    school = (datetime.date(2014, 9, 1), "开学")
    assert found == {(last, "公示期满 2 份"), (datetime.date(2014, 3, 3), "发放 1 批"), school}
    assert [(day.on, str(day.label)) for day in season_days(reviewer, campaign)] == [school]
