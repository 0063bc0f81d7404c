"""A union that moves under another unit: its numbers, its money, its versions. Sums are worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from aid.enums import FundSource
from aid.ledger.days import overdrafts
from aid.models import AidCase, CarriedFunds, Contribution, Household
from aid.payments.ledger import balance_of
from portal.models import AuditEntry, Union
from reports.counting.derive import derive_units
from tests.aid.paying import case_to_pay, released
from tests.reports import builders as make
from tests.workbook.sheets import PAYMENT, day, valid_book

pytestmark = pytest.mark.django_db
STREET_ELSEWHERE = "310001001,东湖纺织厂工会,grassroots,310002"
SOCIAL = FundSource.SOCIAL


@pytest.fixture(autouse=True)
def _tree(city, district, foreign_district, grassroots, sibling):
    """The whole cast is there before anything moves."""


def paid_from_the_pool(district, grassroots) -> None:
    """The district raised 5 000 and 700 in June; the street below it paid 2 000 in July and 300 in August."""
    make.contribution(district, source=SOCIAL, amount=Decimal(5000), received_on=date(2014, 6, 1))
    make.contribution(district, source=FundSource.UNION, amount=Decimal(700), received_on=date(2014, 6, 1))
    make.payment(grassroots, source=SOCIAL, amount=Decimal(2000), paid_on=date(2014, 7, 1))
    make.payment(grassroots, source=SOCIAL, amount=Decimal(300), paid_on=date(2014, 8, 1))


def test_move_that_would_open_an_overdraft_is_refused_with_source_and_sum(load, city, district, grassroots):
    paid_from_the_pool(district, grassroots)
    before = AuditEntry.objects.count()
    code, said = load(STREET_ELSEWHERE)
    assert code == 1
    assert "移动后“西山区总工会”的“社会捐助”台账截至 2014-07-01 超支 2,000.00 元" in said or "超支 2,300.00 元" in said
    grassroots.refresh_from_db()
    assert grassroots.path.startswith(district.path)
    assert AuditEntry.objects.count() == before
    assert overdrafts(city) == []


def test_move_that_leaves_the_old_unit_short_is_refused(load, district, grassroots):
    make.contribution(grassroots, source=SOCIAL, amount=Decimal(500), received_on=date(2014, 6, 1))
    make.payment(district, source=SOCIAL, amount=Decimal(120), paid_on=date(2014, 7, 1))
    code, said = load(STREET_ELSEWHERE)
    assert code == 1
    assert "移动后“东湖区总工会”的“社会捐助”台账截至 2014-07-01 超支 120.00 元" in said


def test_money_carried_along_covers_both_ledgers_and_counts_in_no_figure(
    load,
    city,
    district,
    grassroots,
    foreign_district,
    campaign,
):
    paid_from_the_pool(district, grassroots)
    total = derive_units(campaign).total
    assert load(STREET_ELSEWHERE, options=("--with-funds",))[0] == 0
    assert overdrafts(city) == []
    rows = CarriedFunds.objects.order_by("carried_on", "amount").values_list("union__code", "carried_on", "amount")
    assert list(rows) == [
        ("310001", date(2014, 7, 1), -2000),
        ("310002", date(2014, 7, 1), 2000),
        ("310001", date(2014, 8, 1), -300),
        ("310002", date(2014, 8, 1), 300),
    ]
    here, there = balance_of(district, SOCIAL), balance_of(foreign_district, SOCIAL)
    assert (here.raised, here.carried, here.paid, here.left) == (5000, -2300, 0, 2700)
    assert (there.raised, there.carried, there.paid, there.left) == (0, 2300, 2300, 0)
    assert derive_units(campaign).total == total


def test_money_is_carried_back_where_the_street_had_raised_it(load, city, district, grassroots):
    """500 raised by the street, of which the district spent 120: 120 stay with the district."""
    make.contribution(grassroots, source=SOCIAL, amount=Decimal(500), received_on=date(2014, 6, 1))
    make.payment(district, source=SOCIAL, amount=Decimal(120), paid_on=date(2014, 7, 1))
    assert load(STREET_ELSEWHERE, options=("--with-funds",))[0] == 0
    assert overdrafts(city) == []
    assert balance_of(district, SOCIAL).left == 0
    assert balance_of(Union.objects.get(code="310002"), SOCIAL).left == 380


def test_payment_after_the_move_is_refused_as_before_it(load, bring, district, grassroots, foreign_district):
    """The case of a street that was moved does not let its new unit pay 9 999 999 yuan."""
    book = valid_book()
    assert bring(book).errors == []
    assert load(STREET_ELSEWHERE)[0] == 0  # the street has raised 3 000.50 and paid 1 500.25
    book.add(PAYMENT, "F002", {"金额(元)": 9999999, "业务编号": "F100"})
    book.put(PAYMENT, "F100", "发放日期", day("2014-08-01"))
    outcome = bring(book.only(PAYMENT, "F100"), union=foreign_district)
    assert [(error.row, error.column) for error in outcome.errors] == [(2, "金额(元)")]
    assert "“社会捐助”截至 2014-08-01 余额 1,500.25 元，还差 9,998,498.75 元" in outcome.errors[0].reason


def test_overdraft_opened_before_there_was_a_guard_is_no_leave_to_pay(bring, foreign_district):
    book = valid_book()
    make.payment(foreign_district, source=SOCIAL, amount=Decimal(1000), paid_on=date(2014, 6, 1))
    case = make.case(foreign_district)
    book.add(PAYMENT, "F002", {"金额(元)": 1, "业务编号": "F100", "助学申请编号": case.number})
    outcome = bring(book.only(PAYMENT, "F100"), union=foreign_district)
    assert [(error.row, error.column) for error in outcome.errors] == [(2, "金额(元)")]


def test_numbers_that_clash_get_the_old_code_in_front(load, grassroots):
    foreign = Union.objects.get(code="310002")
    for union in (grassroots, foreign):
        make.contribution(union, number="Z2026-000001").save()  # with a version, as every way to write leaves one
        make.household(union, number="D2026-000001").save()
    make.household(grassroots, number="D2026-000002")
    ours = Household.objects.get(union=grassroots, number="D2026-000001")
    assert load(STREET_ELSEWHERE)[0] == 0
    ours.refresh_from_db()
    assert ours.number == "310001-D2026-000001"
    assert Household.objects.get(union=foreign).number == "D2026-000001"
    assert set(Household.objects.filter(union=grassroots).values_list("number", flat=True)) == {
        "310001-D2026-000001",
        "D2026-000002",
    }
    assert set(Contribution.objects.values_list("number", flat=True)) == {"Z2026-000001", "310001-Z2026-000001"}


def test_every_record_keeps_a_version_that_says_so(load, bring, grassroots):
    assert bring(valid_book()).errors == []
    case = AidCase.objects.get(number="A002")
    version, versions = case.version, case.history.count()
    assert load(STREET_ELSEWHERE)[0] == 0
    case.refresh_from_db()
    latest = case.history.first()
    assert (case.version, case.history.count()) == (version + 1, versions + 1)
    assert (latest.union_path, latest.version) == (case.union_path, version + 1)
    assert latest.history_change_reason == "“东湖纺织厂工会”由“东湖区总工会”划入“西山区总工会”"
    assert AidCase.objects.get(number="A001").version == 1


def test_two_units_that_paid_and_reported_become_one(load, city, campaign, district, clerk, lead, foreign_district):
    """Lines of a released batch only grow; they go along by their batch."""
    make.contribution(district, source=SOCIAL, amount=Decimal(1000))
    batch = released(campaign, clerk, lead, [case_to_pay(district, 400)])
    assert load("310001,东湖区总工会,district,310002")[0] == 0
    assert overdrafts(city) == []
    balance = balance_of(foreign_district, SOCIAL)
    assert (balance.raised, balance.reserved, balance.left) == (1000, 400, 600)
    assert list(batch.lines.model.objects.in_union(foreign_district)) == list(batch.lines.all())


def test_union_with_a_payment_on_its_way_waits_for_it(load, campaign, district, grassroots, clerk, lead):
    make.contribution(district, source=SOCIAL, amount=Decimal(1000))
    released(campaign, clerk, lead, [case_to_pay(grassroots, 400)])
    code, said = load(STREET_ELSEWHERE)
    assert code == 1
    assert "还有 1 笔助学款在“东湖区总工会”的发放批次中没有办结" in said


def test_person_in_both_units_is_refused_in_words(load, grassroots, foreign_district):
    person = make.child(grassroots, household=make.household(grassroots, closed_on=date(2014, 6, 1))).person
    make.child(foreign_district, person=person)
    code, said = load(STREET_ELSEWHERE)
    assert code == 1
    assert "与新的上级单位重复" in said
