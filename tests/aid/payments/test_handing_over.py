"""A draft waits for the second person once it is handed over, is shown to them whole, and may go back for a reason."""

import pytest
from django.urls import reverse

from aid.models import Household, PaymentBatch
from aid.payments.amounts import set_amounts
from aid.payments.batches import add_cases, remove_items
from aid.payments.handing_over import hand_over, return_batch
from portal.audit import By
from portal.workflow import MoveRefused
from tests.aid.paying import case_to_pay, draft, raised


@pytest.fixture
def batch(campaign, district, clerk):
    raised(district, 10_000)
    return draft(campaign, clerk, [case_to_pay(district, 800), case_to_pay(district, 900, bank_name="")])


def waiting() -> list[PaymentBatch]:
    return list(PaymentBatch.objects.filter(handed_over_at__isnull=False))


def test_returned_with_a_reason_it_goes_back_and_comes_again(client_of, batch, clerk, lead):
    client, maker = client_of(lead), client_of(clerk)
    maker.post(reverse("paymentbatch_hand_over", args=[batch.pk]))
    assert waiting() == [batch]
    address = reverse("paymentbatch_return", args=[batch.pk])
    assert "请选择" in client.post(address, {"reason": "", "comment": ""}).text
    client.post(address, {"reason": "wrong_card", "comment": "请核对第二户"})
    assert waiting() == []
    page = maker.get(reverse("paymentbatch_detail", args=[batch.pk])).text
    assert "银行卡有误——请核对第二户" in page
    maker.post(reverse("paymentbatch_hand_over", args=[batch.pk]))
    batch.refresh_from_db()
    assert (batch.returned_reason, batch.returned_comment, batch.is_handed_over) == ("", "", True)
    acts = list(batch.history.order_by("history_id").values_list("history_change_reason", flat=True))
    assert acts[-3:] == ["送复核", "退回修改", "送复核"]


def test_what_cannot_be_handed_over_or_returned_is_refused(campaign, batch, clerk, lead):
    with pytest.raises(MoveRefused, match="还没有送复核"):
        return_batch(batch, reason="wrong_card", by=By(lead))
    with pytest.raises(MoveRefused, match="还没有申请"):
        hand_over(draft(campaign, clerk, []), by=By(clerk))
    hand_over(batch, by=By(clerk))
    with pytest.raises(MoveRefused, match="已送复核"):
        hand_over(batch, by=By(clerk))
    with pytest.raises(MoveRefused, match="请写明"):
        return_batch(batch, reason="other_reason", by=By(lead))
    for reason in ("", "other"):
        with pytest.raises(MoveRefused, match="请选择"):
            return_batch(batch, reason=reason, by=By(lead))


def test_draft_is_released_only_as_it_was_handed_over(client_of, batch, clerk, lead):
    """Whatever is changed after that is looked at anew: what was ticked on a page of before releases nothing."""
    client, address = client_of(lead), reverse("paymentbatch_release", args=[batch.pk])
    first, second = batch.items.order_by("pk")
    Household.objects.update(bank_name="工商银行东湖支行")
    for change in (
        lambda: None,
        lambda: set_amounts(batch, {first.pk: 700}, shown={first.pk: 800}, by=By(clerk)),
        lambda: remove_items(batch, [second.pk], by=By(clerk)),
        lambda: add_cases(batch, [second.case_id], by=By(clerk)),
    ):
        change()
        page = client.get(address).text
        assert "批次还没有送复核" in page
        assert "确认" not in page
        assert "没有送复核" in client.post(address, {"confirmed": "on"}).text
        assert PaymentBatch.objects.get().is_draft
        hand_over(batch, by=By(clerk))
    client.post(address, {"confirmed": "on"})
    assert sorted(batch.lines.values_list("amount", flat=True)) == [700, 900]


def test_release_shows_every_payee_with_amount_last_four_and_what_was_found_first(client_of, batch, lead):
    page = client_of(lead).get(reverse("paymentbatch_release", args=[batch.pk]))
    rows = page.context["found"].rows
    assert [(row.item.amount, [found.words for found in row.findings]) for row in rows] == [
        (900, ["没有登记开户银行"]),
        (800, []),
    ]
    for row in rows:
        home = row.item.case.child.household
        assert row.card == f"**** {home.bank_card[-4:]}"
        assert row.card in page.text
        assert home.bank_card not in page.text
