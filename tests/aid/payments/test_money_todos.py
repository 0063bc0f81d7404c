"""What of money waits for whom; each number is that of the list it opens."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from aid.enums import BatchState, LineResult, PaymentState
from aid.models import Disbursement
from aid.payments.bank.returns import take_return
from aid.payments.batches import cancel_batch, reissue_failed
from aid.payments.handing_over import hand_over
from portal.audit import By
from portal.desk.todos import waiting_for
from tests import builders
from tests.aid.paying import batch_in, card, case_to_pay, draft, items, layout, raised, released, return_file

TO_SEND = "已复核发放、等待送银行或登记签领的批次"
TO_READ = "已送银行、等待回盘的批次"
TO_RELEASE = "等待复核发放的发放批次"
UNPAID = "审批通过、尚未发放的助学申请"


def of_money(user) -> dict[str, int]:
    return {str(todo.label): todo.count for todo in waiting_for(user) if "batch" in todo.url or "coverage" in todo.url}


@pytest.fixture
def season(campaign, district, foreign_district):
    """One batch in each state that waits, and a case in none; the same in another unit."""
    for union in (district, foreign_district):
        for state in (BatchState.DRAFT, BatchState.RELEASED, BatchState.SENT, BatchState.SETTLED):
            batch_in(union, state)
        case_to_pay(union)


def test_clerk_is_told_what_to_send_to_read_and_to_pay(season, clerk):
    """Five cases: four in batches that the bank has not answered, one in none."""
    assert of_money(clerk) == {TO_SEND: 1, TO_READ: 1, UNPAID: 5}


def test_lead_is_told_what_to_release(season, lead):
    assert of_money(lead) == {TO_RELEASE: 1}


def to_release(client, lead) -> list:
    """The batches of the list that the to-do opens, which are as many as it counts."""
    counts = [(todo.count, todo.url) for todo in waiting_for(lead) if str(todo.label) == TO_RELEASE]
    rows = client.get(reverse("paymentbatch_list"), {"todo": "to_release"}).context["listing"].page.records
    assert counts == ([(len(rows), f"{reverse('paymentbatch_list')}?todo=to_release")] if rows else [])
    return list(rows)


def test_empty_draft_waits_for_nobody(client_of, campaign, district, clerk, lead):
    draft(campaign, clerk, [])
    assert to_release(client_of(lead), lead) == []


@pytest.mark.parametrize(
    ("home", "method", "waits"),
    [
        ({}, "card", True),
        ({"bank_card": ""}, "card", False),
        ({"bank_name": ""}, "card", False),
        ({"bank_card": "", "bank_name": ""}, "cash", True),
    ],
)
def test_draft_waits_for_the_lead_when_its_cards_are_there(
    client_of, campaign, district, clerk, lead, home, method, waits
):
    batch = draft(campaign, clerk, [case_to_pay(district), case_to_pay(district, **home)], method=method)
    assert to_release(client_of(lead), lead) == []
    hand_over(batch, by=By(clerk))
    assert to_release(client_of(lead), lead) == ([batch] if waits else [])


def test_reissue_waits_for_the_lead_when_the_card_is_corrected(client_of, campaign, district, clerk, lead):
    batch = batch_in(district, BatchState.SETTLED)
    batch.items.update(result=LineResult.FAILED)
    Disbursement.objects.update(status=PaymentState.FAILED)
    answer = client_of(clerk).post(reverse("paymentbatch_reissue", args=[batch.pk]), follow=True)
    words = "已建立重发批次，含 1 笔。请在家庭或子女的档案中更正银行卡或户名，更正后由单位审核人复核发放。"
    assert [str(message) for message in answer.context["messages"]] == [words]
    assert to_release(client_of(lead), lead) == []
    home = batch.items.get().case.child.household
    home.bank_card = card()
    home.save()
    (again,) = to_release(client_of(lead), lead)
    assert (again.state, again.items.get().reissue_of) == (BatchState.DRAFT, batch.items.get())


def test_who_works_below_the_unit_is_not_told_to_pay(season, grassroots, grassroots_clerk):
    case_to_pay(grassroots)
    assert of_money(grassroots_clerk) == {}


def test_each_number_is_that_of_its_list(season, client_of, clerk):
    for todo in waiting_for(clerk):
        if str(todo.label) in (TO_SEND, TO_READ, UNPAID):
            assert len(client_of(clerk).get(todo.url).context["table"].rows) == todo.count


def test_without_a_campaign_nothing_is_owed(clerk):
    assert of_money(clerk) == {}


def test_batch_tells_what_was_done_with_it(client_of, campaign, district, clerk, lead):
    raised(district, 9000)
    batch = released(campaign, clerk, lead, [case_to_pay(district), case_to_pay(district)])
    versions = client_of(clerk).get(f"/batches/{batch.pk}/").context["versions"]
    assert [version.act for version in versions] == ["复核发放", "送复核", "加入申请 2 件", "编制"]


def test_bounced_item_leads_to_the_card_until_it_is_issued_again(client_of, campaign, district, clerk, lead):
    raised(district, 9000)
    batch = released(campaign, clerk, lead, [case_to_pay(district), case_to_pay(district)])
    take_return(
        batch,
        content=return_file(batch, {2: "账户已销户"}),
        name="r.xlsx",
        layout=layout(),
        paid_on=localdate(),
        by=By(clerk),
    )
    paid, failed = items(batch)
    client = client_of(clerk)
    assert "变更记录" not in client.get(reverse("batchitem_detail", args=[paid.pk])).text  # it has none of its own

    def offered(item) -> list[tuple[str, str]]:
        return client.get(reverse("batchitem_detail", args=[item.pk])).context["links"]

    edit = reverse("household_edit", args=[failed.case.child.household_id])
    assert (offered(paid), offered(failed)) == ([], [("更正银行卡或户名", edit)])
    assert client.get(edit).status_code == 200
    again, _added = reissue_failed(batch, by=By(clerk))
    assert offered(failed) == []
    cancel_batch(again, reason="卡号还没有更正", by=By(clerk))
    assert offered(failed) == [("更正银行卡或户名", edit)]


def waiting_again(client, user) -> tuple[int, int]:
    """How many bounced payments the home page counts, and how many its list has."""
    found = [todo for todo in waiting_for(user) if str(todo.label) == "发放失败、尚未重发的款项"]
    rows = client.get(reverse("batchitem_list"), {"result": "failed", "reissued": "no"}).context["table"].rows
    return sum(todo.count for todo in found), len(rows)


def test_bounced_payment_waits_again_when_its_new_batch_is_given_up(client_of, campaign, district, clerk):
    batch, client = batch_in(district, BatchState.SETTLED), client_of(clerk)
    batch.items.update(result=LineResult.FAILED)
    Disbursement.objects.update(status=PaymentState.FAILED)
    assert waiting_again(client, clerk) == (1, 1)
    again, _added = reissue_failed(batch, by=By(clerk))
    assert waiting_again(client, clerk) == (0, 0)
    cancel_batch(again, reason="卡号还没有更正", by=By(clerk))
    assert waiting_again(client, clerk) == (1, 1)
    assert client.get(reverse("paymentbatch_detail", args=[batch.pk])).context["to_reissue"] == 1


def test_bounced_item_of_a_family_that_moved_leads_nowhere(client_of, district, foreign_district, clerk):
    batch = batch_in(district, BatchState.SETTLED)
    item = batch.items.get()
    batch.items.update(result=LineResult.FAILED)
    address = reverse("batchitem_detail", args=[item.pk])
    assert len(client_of(clerk).get(address).context["links"]) == 1
    home = item.case.child.household
    builders.transfer(home, foreign_district, "taken")
    home.place_in(foreign_district)
    home.save()
    assert client_of(clerk).get(address).context["links"] == []
