"""A bank reads the batches and says what became of them: by the rules of its return file."""

import pytest
from django.utils.timezone import localdate

from aid.models import PaymentBatch, ReturnFile
from portal.enums import AuditAction
from portal.models import AuditEntry
from tests.aid.paying import case_to_pay, items, lines_of, raised, released
from tests.portal.api.calling import Outside

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(campaign, district, clerk, lead) -> PaymentBatch:
    raised(district, 10_000)
    return released(campaign, clerk, lead, [case_to_pay(district, 1000), case_to_pay(district, 500)])


@pytest.fixture
def bank(district, admin):
    return Outside(district, admin, resources=("batches",), name="bank")


def told(batch: PaymentBatch, failed: dict | None = None, **change) -> dict:
    """What the bank says of every line."""
    lines = [
        {"number": line.number, "name": line.name, "card": line.card, "amount": str(line.amount), "result": "成功"}
        | ({"result": "失败", "reason": failed[line.number]} if failed and line.number in failed else {})
        | change
        for line in lines_of(batch)
    ]
    return {"paid_on": str(localdate()), "voucher": "V-1", "lines": lines}


def reasons(response) -> list[str]:
    assert response.status_code == 422
    return [error["reason"] for error in response.json()["error"]["errors"]]


def test_batches_are_listed_without_names_and_cards(bank, batch):
    (shown,) = bank.get("batches").json()["records"]
    assert shown == {
        "id": batch.pk,
        "union": "310001",
        "number": batch.number,
        "year": 2014,
        "source": "社会捐助",
        "method": "银行卡",
        "state": "已复核发放",
        "released_on": str(localdate()),
        "lines": 2,
    }


def test_paid_and_failed(bank, batch):
    response = bank.send(f"batches/{batch.pk}/results", told(batch, {2: "账户 6222001234567890123 已销户"}))
    assert response.status_code == 200, response.json()
    assert response.json() == {"paid": 1, "failed": 1, "again": False, "notice": ""}
    first, second = items(batch)
    assert (first.result, first.disbursement.status, first.disbursement.voucher) == ("paid", "paid", "V-1")
    assert (second.result, second.disbursement.status) == ("failed", "failed")
    assert "6222001234567890123" not in second.reason
    kept = ReturnFile.objects.get()
    assert (kept.read_by, kept.paid, kept.failed) == (bank.system, 1, 1)
    assert AuditEntry.objects.get(action=AuditAction.RETURN_READ).actor == bank.system


def test_said_again_under_another_key_it_changes_nothing(bank, batch):
    body = told(batch)
    bank.send(f"batches/{batch.pk}/results", body)
    response = bank.send(f"batches/{batch.pk}/results", body)
    assert response.json() == {"paid": 0, "failed": 0, "again": True, "notice": ""}


def test_what_does_not_fit_is_refused_whole_in_the_words_of_the_file(bank, batch):
    address, (first, second) = f"batches/{batch.pk}/results", lines_of(batch)
    assert reasons(bank.send(address, told(batch, amount="1.00")))[:1] == [
        "第 1 行：金额是 1.00 元，批次中是 1,000.00 元"
    ]
    assert reasons(bank.send(address, told(batch, card=second.card)))[:1] == ["第 1 行：账号与批次第 1 笔不同"]
    assert reasons(bank.send(address, told(batch, name="张三")))[:1] == ["第 1 行：户名与批次第 1 笔不同"]
    assert reasons(bank.send(address, told(batch, result="也许"))) == [
        f"第 {row} 行：“处理结果”应为“成功、交易成功、处理成功”或“失败、交易失败、处理失败”之一" for row in (1, 2)
    ]
    one = told(batch)
    one["lines"].pop()
    assert reasons(bank.send(address, one)) == [
        "笔数不符：文件中 1 笔，送出 2 笔",
        "金额合计不符：文件中 1,000.00 元，送出 1,500.00 元",
    ]
    assert first.card not in str([reasons(bank.send(address, told(batch, name="x")))])
    assert {item.result for item in items(batch)} == {"pending"}
    assert not ReturnFile.objects.exists()


@pytest.mark.parametrize("day", ["2014-02-30", "", None, 20140801, "2014/08/01", [], "2013-01-01", "2099-01-01"])
def test_the_day(bank, batch, day):
    response = bank.send(f"batches/{batch.pk}/results", told(batch) | {"paid_on": day})
    assert response.status_code in {409, 422}
    assert {item.result for item in items(batch)} == {"pending"}


@pytest.mark.parametrize(
    "change",
    [
        {"card": True},
        {"card": ["1"]},
        {"amount": {}},
        {"amount": None},
        {"amount": 1e308},
        {"number": 10**30},
        {"number": "x"},
        {"number": -1},
        {"evil": 1},
        {"card": ""},
        {"result": None},
    ],
)
def test_lines_that_are_none(bank, batch, change):
    assert bank.send(f"batches/{batch.pk}/results", told(batch, **change)).status_code == 422


def test_the_batch_of_others(batch, foreign_district, grassroots, admin):
    for union in (foreign_district, grassroots):
        stranger = Outside(union, admin)
        assert stranger.get("batches").json()["records"] == []
        assert stranger.send(f"batches/{batch.pk}/results", told(batch)).status_code == 404


def test_a_draft_has_no_answer(bank, batch):
    PaymentBatch.objects.filter(pk=batch.pk).update(state="draft", released_on=None, released_by=None)
    response = bank.send(f"batches/{batch.pk}/results", told(batch))
    assert response.status_code in {409, 422}
    assert {item.result for item in items(batch)} == {"pending"}
