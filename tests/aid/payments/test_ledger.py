"""The ledger by source: what stands on its page, and what a contribution may not be corrected to."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from aid.enums import FundSource, PaymentState
from aid.models import Contribution
from aid.payments.confirming import confirm_contribution
from aid.payments.contributions import CONTRIBUTION_FORM
from aid.payments.ledger import balance_of, balances
from aid.payments.receipts import sign_payment
from portal.audit import By
from portal.models import AuditEntry
from portal.records.editing import RecordRefused, change_record, create_record
from portal.workflow import MoveRefused
from tests.aid.paying import SOURCE, case_to_pay, raised, released
from tests.reports import builders as make

pytestmark = pytest.mark.django_db


def money(union, source=SOURCE, **fields):
    return make.payment(union, source=source, **fields)


def test_balance_is_raised_less_paid_less_reserved_by_unit_and_source(district, grassroots, foreign_district):
    raised(district, "1000.10")
    raised(grassroots, 500)
    raised(district, 77, FundSource.UNION)
    raised(foreign_district, 9999)
    money(grassroots, amount=Decimal("300.03"))
    money(district, amount=Decimal(200), status=PaymentState.PENDING)
    money(district, amount=Decimal(50), status=PaymentState.FAILED)
    found = balance_of(district, SOURCE)
    assert (found.raised, found.paid, found.reserved) == (Decimal("1500.10"), Decimal("300.03"), Decimal(200))
    assert found.left == Decimal("1000.07")
    assert balance_of(district, FundSource.UNION).left == 77
    assert balance_of(district, FundSource.GOVERNMENT).left == 0


def test_all_balances_of_the_city_are_one_query(city, district, foreign_district):
    for unit in (district, foreign_district):
        raised(unit, 100)
        money(unit, amount=Decimal(40))
    with CaptureQueriesContext(connection) as asked:
        found = balances(city)
    assert len(asked) == 1
    assert {path: by_source[SOURCE].left for path, by_source in found.items()} == {
        district.path: 60,
        foreign_district.path: 60,
    }


def test_balance_below_zero_is_said_in_words(client_of, clerk, district):
    money(district, amount=Decimal(100))
    page = client_of(clerk).get(reverse("ledger")).content.decode()
    assert "-100.00" in page
    assert "已超出筹集资金 100.00 元" in page


def test_every_number_on_the_page_opens_rows_that_add_up_to_it(client_of, clerk, district, grassroots):
    raised(district, 700)
    raised(grassroots, 300)
    money(district, amount=Decimal(250))
    client = client_of(clerk)
    page = client.get(reverse("ledger"))
    row = next(row for row in page.context["units"][0].rows if row.balance.source == SOURCE)
    listed = client.get(row.raised_url).context["listing"].records
    assert sum(record.amount for record in listed) == row.balance.raised == 1000
    assert sum(record.amount for record in client.get(row.paid_url).context["listing"].records) == 250
    assert not client.get(row.reserved_url).context["listing"].records.exists()


def test_person_below_the_unit_sees_no_balance(client_of, grassroots_clerk, district, grassroots):
    raised(district, 700)
    raised(grassroots, 300)
    page = client_of(grassroots_clerk).get(reverse("ledger")).content.decode()
    assert "300.00" in page
    assert "700.00" not in page
    assert "余额由填报单位统一计算" in page


def entered(district, clerk, **values) -> Contribution:
    """By hand, and confirmed by somebody."""
    made = unconfirmed(district, clerk, **values)
    Contribution.objects.filter(pk=made.pk).update(confirmed_amount=made.amount)
    return made


def unconfirmed(district, clerk, **values) -> Contribution:
    typed = {"source": SOURCE, "amount": Decimal(1000), "received_on": make.IN_WINDOW, "union": district.code}
    typed |= {"donor": "", "voucher": "", "number": ""}
    return create_record(CONTRIBUTION_FORM, values=typed | values, by=By(clerk)).record


def refusal(contribution, clerk, **values) -> str:
    with pytest.raises(RecordRefused) as refused:
        change_record(CONTRIBUTION_FORM, contribution, values=values, by=By(clerk))
    return "；".join(reason for reasons in refused.value.by_field.values() for reason in reasons)


def test_contribution_entered_by_hand_gets_a_number_and_counts_when_it_is_confirmed(district, clerk, lead):
    made = unconfirmed(district, clerk)
    assert (balance_of(district, SOURCE).left, balance_of(district, SOURCE).waiting) == (0, 1000)
    confirm_contribution(made, without_voucher="已核对原件", by=By(lead))
    assert made.number.startswith("F")
    assert made.union == district
    assert balance_of(district, SOURCE).left == 1000


def test_contribution_cannot_shrink_below_what_was_paid_and_reserved(campaign, district, clerk, lead):
    made = entered(district, clerk)
    money(district, amount=Decimal(300))
    released(campaign, clerk, lead, [case_to_pay(district, 500)])
    told = refusal(made, clerk, amount=Decimal("799.99"))
    assert "只筹集 799.99 元，少于已发放的 300.00 元和待发放的 500.00 元，还差 0.01 元" in told
    assert "还差 800.00 元" in refusal(made, clerk, source=FundSource.UNION)
    assert change_record(CONTRIBUTION_FORM, made, values={"amount": Decimal(800)}, by=By(clerk)).record.amount == 800


def test_contribution_cannot_come_after_what_it_paid_for(district, clerk):
    made = entered(district, clerk)
    money(district, amount=Decimal(300))
    later = make.IN_WINDOW + timedelta(days=1)
    told = refusal(made, clerk, received_on=later)
    assert "截至 2014-07-01 的余额是 -300.00 元，还差 300.00 元" in told
    raised(district, 300)
    assert (
        change_record(CONTRIBUTION_FORM, made, values={"received_on": later}, by=By(clerk)).record.received_on == later
    )


def test_history_that_is_overdrawn_may_still_be_improved(district, clerk):
    made = entered(district, clerk)
    money(district, amount=Decimal(5000))
    change_record(CONTRIBUTION_FORM, made, values={"amount": Decimal(3000)}, by=By(clerk))
    assert (balance_of(district, SOURCE).left, balance_of(district, SOURCE).waiting) == (-4000, 2000)


def test_pending_payment_of_a_workbook_is_signed_for_once(district, clerk):
    raised(district, 1000)
    payment = money(district, amount=Decimal(400), status=PaymentState.PENDING)
    sign_payment(payment, on=make.IN_WINDOW, voucher="S-1", by=By(clerk))
    assert (balance_of(district, SOURCE).paid, balance_of(district, SOURCE).left) == (400, 600)
    with pytest.raises(MoveRefused):
        sign_payment(payment, on=make.IN_WINDOW, voucher="S-1", by=By(clerk))


def test_pending_payment_that_the_funds_do_not_cover_is_not_made(district, clerk):
    payment = money(district, amount=Decimal(400), status=PaymentState.PENDING)
    with pytest.raises(MoveRefused, match="余额不足"):
        sign_payment(payment, on=make.IN_WINDOW, voucher="S-1", by=By(clerk))


def test_export_holds_what_the_page_shows(client_of, auditor, district):
    raised(district, "700.10")
    answer = client_of(auditor).get(reverse("ledger_export"))
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert ("东湖区总工会", "社会捐助", 700.1, 0, 0, 700.1) in rows
    assert AuditEntry.objects.get(action="exported").detail["count"] == 3
