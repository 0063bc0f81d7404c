"""Cash that was signed for by mistake is pending again when the second person takes it back."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from aid.enums import BatchState, CaseState, LineResult, PaymentState
from aid.models import AidCase, Disbursement, FundBalance, PaymentBatch
from aid.payments.ledger import balance_of
from aid.payments.receipts import sign_items, unsign_items
from portal.audit import By
from portal.enums import AuditAction
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from tests.aid.paying import SOURCE, case_to_pay, items, raised, released, return_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(campaign, district, clerk, lead) -> PaymentBatch:
    """Two payments of 1 000 and 400, both signed for: the batch is settled."""
    raised(district, 2000)
    batch = released(campaign, clerk, lead, [case_to_pay(district), case_to_pay(district, 400)], method="cash")
    keys = [item.pk for item in batch.items.all()]
    sign_items(batch, keys, result=LineResult.PAID, on=localdate(), voucher="S-1", by=By(clerk))
    return PaymentBatch.objects.get(pk=batch.pk)


def test_lead_takes_one_back_and_it_is_signed_for_again(signed, district, clerk, lead):
    wrong = items(signed)[1]
    assert (signed.state, balance_of(district, SOURCE).paid) == (BatchState.SETTLED, 1400)
    assert unsign_items(signed, [wrong.pk], reason="签错了人", by=By(lead)) == 1
    signed.refresh_from_db()
    found = [(item.result, item.disbursement.status, item.disbursement.voucher) for item in items(signed)]
    assert found == [(LineResult.PAID, PaymentState.PAID, "S-1"), (LineResult.PENDING, PaymentState.PENDING, "")]
    standing = balance_of(district, SOURCE)
    assert (signed.state, standing.paid, standing.reserved) == (BatchState.RELEASED, 1000, 400)
    assert FundBalance.objects.get(source=SOURCE).taken == 140000
    changed = Disbursement.objects.get(pk=wrong.disbursement_id).history.latest()
    assert (changed.history_user, changed.status) == (lead, PaymentState.PENDING)
    told = AuditEntry.objects.filter(action=AuditAction.MOVED).latest("pk")
    assert (told.actor, told.detail["act"], told.detail["reason"]) == (lead, "撤回签领 1 笔", "签错了人")
    sign_items(signed, [wrong.pk], result=LineResult.PAID, on=localdate(), voucher="S-2", by=By(clerk))
    assert PaymentBatch.objects.get().state == BatchState.SETTLED
    assert balance_of(district, SOURCE).paid == Decimal(1400)


def test_neither_the_clerk_nor_without_a_reason_nor_after_a_follow_up(signed, clerk, lead):
    keys = [item.pk for item in items(signed)]
    with pytest.raises(MoveRefused, match="您的岗位不能"):
        unsign_items(signed, keys, reason="签错了人", by=By(clerk))
    with pytest.raises(MoveRefused, match="必须写明原因"):
        unsign_items(signed, keys, reason=" ", by=By(lead))
    with pytest.raises(MoveRefused, match="请选择要撤回签领的明细"):
        unsign_items(signed, [], reason="签错了人", by=By(lead))
    case = items(signed)[0].case
    AidCase.objects.filter(pk=case.pk).update(status=CaseState.FOLLOWED_UP)
    with pytest.raises(MoveRefused, match=f"申请 {case.number} 已登记回访或办结"):
        unsign_items(signed, keys, reason="签错了人", by=By(lead))
    assert {item.result for item in items(signed)} == {LineResult.PAID}


def test_what_the_bank_paid_is_told_by_its_file_alone(campaign, district, clerk, lead):
    raised(district, 2000)
    batch = released(campaign, clerk, lead, [case_to_pay(district)])
    assert return_file(batch)
    with pytest.raises(MoveRefused, match="以回盘文件为准"):
        unsign_items(batch, [item.pk for item in items(batch)], reason="签错了人", by=By(lead))


def test_page_of_the_lead_takes_back_and_the_clerks_shows_it_pending(client_of, signed, clerk, lead):
    detail, unsign = (reverse(f"paymentbatch_{name}", args=[signed.pk]) for name in ("detail", "unsign"))
    assert unsign not in client_of(clerk).get(detail).text
    client = client_of(lead)
    assert unsign in client.get(detail).text
    wrong = items(signed)[0]
    refused = client.post(unsign, {"item": wrong.pk, "reason": "other_reason"}).context["form"]
    assert refused.errors == {"comment": ["选了“其他原因”，请写明是什么原因。"]}
    said = {"item": wrong.pk, "reason": "wrong_payee", "comment": "签错了人"}
    page = client.post(unsign, said, follow=True).text
    assert "已撤回 1 笔签领，请重新登记。" in page
    assert AuditEntry.objects.latest("pk").detail["reason"] == "领款人有误：签错了人"
    assert "登记签领" in client_of(clerk).get(detail).text
