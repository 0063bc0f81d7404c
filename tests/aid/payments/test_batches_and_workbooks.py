"""Workbooks and batches side by side: an import leaves to a batch what is the batch's, and leaves its money alone."""

from decimal import Decimal

import pytest

from aid.models import Contribution, Disbursement
from aid.payments.ledger import balance_of
from employment.workbook import CASE_WORKBOOK
from portal.workbook.importing.service import import_workbook
from tests.aid.paying import SOURCE, case_to_pay, items, released, xlsx
from tests.reports import builders as make

pytestmark = pytest.mark.django_db
FUNDS = ["业务编号", "工会编码", "收款日期", "来源", "金额(元)"]
PAYMENTS = ["业务编号", "助学申请编号", "发放日期", "金额(元)", "资金来源", "发放方式", "状态"]


@pytest.fixture
def bring(tmp_path, district):
    def bring(title: str, headings: list, *row):
        path = tmp_path / "book.xlsx"
        path.write_bytes(xlsx([headings, list(row)], title))
        return import_workbook(path, workbook=CASE_WORKBOOK, unit=district)

    return bring


@pytest.fixture
def payment(campaign, district, clerk, lead) -> Disbursement:
    """A pending payment of 800 yuan by a batch, of 1 000 that were raised."""
    make.contribution(district, number="Z1", amount=Decimal(1000), source=SOURCE)
    return items(released(campaign, clerk, lead, [case_to_pay(district, 800)]))[0].disbursement


def row_of(payment, **changes) -> list:
    values = [payment.number, payment.case.number, payment.paid_on, payment.amount, "社会捐助", "银行卡", "待发放"]
    return [changes.get(heading, value) for heading, value in zip(PAYMENTS, values, strict=True)]


def reasons(outcome) -> list[str]:
    return [error.reason for error in outcome.errors]


def test_payment_of_a_batch_comes_back_unchanged_and_may_not_be_changed(bring, payment):
    assert bring("助学款发放", PAYMENTS, *row_of(payment)).ok
    refused = reasons(bring("助学款发放", PAYMENTS, *row_of(payment, 状态="已发放")))
    assert len(refused) == 1
    assert "由发放批次办理，不能用工作簿修改" in refused[0]
    assert Disbursement.objects.get().status == "pending"


def test_contribution_cannot_shrink_below_what_batches_have_reserved(bring, payment, district):
    row = ["Z1", district.code, make.IN_WINDOW, "社会捐助", 799.99]
    refused = reasons(bring("资金筹集", FUNDS, *row))
    assert refused == ["改动后“社会捐助”余额 799.99 元，不够支付已复核发放批次的待发放 800.00 元，还差 0.01 元"]
    assert bring("资金筹集", FUNDS, *row[:-1], 800).ok
    assert Contribution.objects.get().amount == 800
    assert balance_of(district, SOURCE).left == 0


def test_payment_of_a_workbook_cannot_use_what_batches_have_reserved(bring, payment, district):
    case = make.case(district)
    row = ["F9", case.number, make.IN_WINDOW, 200.01, "社会捐助", "现金", "已发放"]
    assert "还差 0.01 元" in reasons(bring("助学款发放", PAYMENTS, *row))[0]
    row[3] = 200
    assert bring("助学款发放", PAYMENTS, *row).ok


def test_history_without_batches_is_taken_as_it_is(bring, district):
    case = make.case(district)
    make.payment(district, amount=Decimal(5000), source=SOURCE)  # overdrawn already
    assert bring("助学款发放", PAYMENTS, "F9", case.number, make.IN_WINDOW, 10, "社会捐助", "现金", "待发放").ok
    assert balance_of(district, SOURCE).left == -5010
