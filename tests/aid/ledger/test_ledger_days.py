"""The ledger day by day. Each ledger is a handful of days, and what must come of it was worked out by hand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import localdate

from aid.enums import PaymentState
from aid.ledger.days import balances, first_not_covered, nets, overdrafts
from aid.payments.receipts import sign_items, sign_payment
from portal.audit import By
from portal.workflow import MoveRefused
from tests.aid.paying import SOURCE, case_to_pay, raised, released
from tests.reports import builders as make


def july(day: int) -> date:
    return date(2014, 7, day)


def net(**days) -> dict:
    """`net(d1=100, d5=-30)`: what was raised less what was paid, in July 2014."""
    return {july(int(name[1:])): Decimal(str(amount)) for name, amount in days.items()}


def payments(**days) -> list:
    return [(day, amount) for day, amount in net(**days).items()]


# Before, after without the payments, the payments; the place, day and balance of the first that is not covered.
WALKS = {
    "covered to the last fen": (net(d1=100), net(d1=100), payments(d1="60.01", d2="39.99"), None),
    "a fen more": (net(d1=100), net(d1=100), payments(d1="60.01", d2=40), (1, july(2), Decimal("39.99"))),
    "before a later one on file": (net(d1=100, d9=-60), net(d1=100, d9=-60), payments(d5=41), (0, july(9), 40)),
    "second of two that go before one on file": (
        net(d1=100, d9=-60), net(d1=100, d9=-60), payments(d4=40, d5=1), (1, july(9), 0)),
    "overdrawn earlier, and paid again": (net(d1=-500), net(d1=-500), payments(d9="0.01"), (0, july(9), -500)),
    "overdrawn earlier, raised and paid again": (
        net(d1=-500), net(d1=-500, d8=600), payments(d9=100), None),
    "overdrawn earlier, paid before it was raised": (
        net(d1=-500), net(d1=-500, d8=600), payments(d7=100), (0, july(7), -500)),
    "overdrawn and made good since, paid before": (
        net(d3=-50, d6=50), net(d3=-50, d6=50), payments(d1=1), (0, july(1), 0)),
    "overdrawn and made good since, paid after": (net(d3=-50, d6=80), net(d3=-50, d6=80), payments(d7=30), None),
    "a receipt shrinks under an overdraft": (net(d1=10, d2=-60), net(d1=9, d2=-60), [], (-1, july(2), -51)),
    "a receipt comes later than what made it good": (
        net(d3=-50, d6=50), net(d3=-50, d9=50), [], (-1, july(6), -50)),
    "an overdraft becomes less": (net(d1=10, d2=-60), net(d1=20, d2=-60), [], None),
    "nothing at all": ({}, {}, [], None),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "paid", "found"), WALKS.values(), ids=WALKS)
def test_first_payment_that_is_not_covered(before, after, paid, found):
    assert first_not_covered(before, after, paid) == found


@pytest.mark.django_db
def test_nets_are_by_unit_and_source_and_count_what_was_paid(city, district, grassroots, foreign_district):
    raised(district, "1000.10")
    make.payment(grassroots, source=SOURCE, amount=Decimal("300.03"))
    make.payment(district, source=SOURCE, amount=Decimal(5), status=PaymentState.PENDING)
    make.payment(foreign_district, source=SOURCE, amount=Decimal(7), paid_on=make.IN_WINDOW + timedelta(days=1))
    found = nets(city)
    assert {key: list(balances(days)) for key, days in found.items()} == {
        (district.path, SOURCE): [(make.IN_WINDOW, Decimal("700.07"))],
        (foreign_district.path, SOURCE): [(make.IN_WINDOW + timedelta(days=1), Decimal(-7))],
    }
    assert [(each.unit_path, each.source, each.balance) for each in overdrafts(city)] == [
        (foreign_district.path, SOURCE, Decimal(-7))
    ]
    assert overdrafts(district) == []


@pytest.mark.django_db
def test_proof_names_the_overdrawn_ledger_its_first_day_and_sum(capsys, client_of, auditor, district, foreign_district):
    raised(district, 100)
    make.payment(district, source=SOURCE, amount=Decimal(100))
    call_command("check_ledger")
    assert "核对 1 本台账的 1 个收付日，超支 0 本" in capsys.readouterr().out
    make.payment(foreign_district, source=SOURCE, amount=Decimal(1200), paid_on=date(2014, 7, 3))
    with pytest.raises(SystemExit) as end:
        call_command("check_ledger")
    assert end.value.code == 1
    assert "西山区总工会，“社会捐助”：2014-07-03 超支 1,200.00 元" in capsys.readouterr().err
    page = client_of(auditor).get(reverse("ledger_proof")).content.decode()
    assert "共核对 2 本台账的 2 个收付日，超支 1 本。" in page
    assert ["西山区总工会" in page, "2014-07-03" in page, "1,200.00" in page] == [True, True, True]


@pytest.mark.django_db
def test_pending_payment_is_not_signed_for_on_a_day_before_the_money_came(district, clerk):
    raised(district, 500, received_on=make.IN_WINDOW)
    payment = make.payment(district, source=SOURCE, amount=Decimal(400), status=PaymentState.PENDING)
    early = make.IN_WINDOW - timedelta(days=1)
    with pytest.raises(MoveRefused, match=r"余额 0.00 元，不够发放 400.00 元，还差 400.00 元"):
        sign_payment(payment, on=early, voucher="S-1", by=By(clerk))
    sign_payment(payment, on=make.IN_WINDOW, voucher="S-1", by=By(clerk))


@pytest.mark.django_db
def test_batch_is_not_signed_for_on_a_day_whose_money_another_payment_took(campaign, district, clerk, lead):
    """What came in since covers both in the end, but not on the day."""
    yesterday = localdate() - timedelta(days=1)
    raised(district, 500, received_on=make.IN_WINDOW)
    batch = released(campaign, clerk, lead, [case_to_pay(district, 400)], method="cash")
    type(batch).objects.filter(pk=batch.pk).update(released_on=yesterday)
    raised(district, 400, received_on=localdate())
    make.payment(district, source=SOURCE, amount=Decimal(200), paid_on=yesterday)
    item = batch.items.get()
    with pytest.raises(MoveRefused, match=r"余额 300.00 元，不够发放 400.00 元，还差 100.00 元"):
        sign_items(batch, [item.pk], result="paid", on=yesterday, voucher="S-1", by=By(clerk))
    assert sign_items(batch, [item.pk], result="paid", on=localdate(), voucher="S-1", by=By(clerk)) == 1
