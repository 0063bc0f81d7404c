"""Other amounts for the items of a draft: up to what the standard leaves, within the balance, of a draft alone."""

from decimal import Decimal

import pytest
from django.utils.timezone import localdate

from aid.enums import PaymentMethod
from aid.models import BatchItem, PaymentBatch
from aid.payments.amounts import AmountsRefused, set_amounts
from aid.payments.dues import payable
from aid.payments.handing_over import hand_over
from aid.payments.receipts import sign_items
from aid.payments.release import release_batch
from portal.audit import By
from portal.enums import AuditAction
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from tests.aid.paying import SOURCE, case_to_pay, draft, handed_over, raised, released
from tests.factories import UserFactory
from tests.reports import builders as make

pytestmark = pytest.mark.django_db


def change(batch, amounts, actor, shown=None) -> int:
    """Set amounts, in the order of the items."""
    items = list(batch.items.order_by("pk"))
    keyed = {item.pk: Decimal(amount) for item, amount in zip(items, amounts, strict=True)}
    return set_amounts(batch, keyed, shown=shown or {item.pk: item.amount for item in items}, by=By(actor))


def amounts_of(batch) -> list[str]:
    return [str(amount) for amount in batch.items.order_by("pk").values_list("amount", flat=True)]


def test_amounts_of_a_draft_are_changed_and_told(campaign, district, clerk, lead):
    raised(district, 2000)
    batch = draft(campaign, clerk, [case_to_pay(district), case_to_pay(district)])
    assert change(batch, ["600.50", "1000"], clerk) == 1
    assert amounts_of(batch) == ["600.50", "1000.00"]
    row = AuditEntry.objects.filter(action=AuditAction.MOVED).latest("pk")
    assert (row.actor, row.subject, row.detail) == (
        clerk,
        f"发放批次 {batch.number}",
        {"act": "修改金额 1 笔", "count": 1},
    )
    assert batch.history.latest().history_change_reason == "修改金额 1 笔"
    release_batch(hand_over(batch, by=By(clerk)), by=By(lead))
    assert [str(line.amount) for line in batch.lines.order_by("number")] == ["600.50", "1000.00"]


def test_what_was_not_paid_can_be_paid_by_another_batch(campaign, district, clerk, lead):
    raised(district, 2000)
    batch = draft(campaign, clerk, [case_to_pay(district)], method=PaymentMethod.CASH)
    change(batch, ["600"], clerk)
    release_batch(hand_over(batch, by=By(clerk)), by=By(lead))
    keys = batch.items.values_list("pk", flat=True)
    sign_items(batch, list(keys), result="paid", on=localdate(), voucher="V1", by=By(clerk))
    assert payable(clerk, campaign).get().due == Decimal(400)


@pytest.mark.parametrize(
    ("amount", "reason"),
    [("600.01", "最多还可发放 600.00 元"), ("0", "金额应大于 0"), ("-1", "金额应大于 0")],
)
def test_amount_beyond_what_the_standard_leaves_is_refused(campaign, district, clerk, amount, reason):
    raised(district, 5000)
    part = case_to_pay(district)
    make.payment(district, case=part, amount=Decimal(400), source=SOURCE)
    batch = draft(campaign, clerk, [part, case_to_pay(district)])
    assert amounts_of(batch) == ["600.00", "1000.00"]
    with pytest.raises(AmountsRefused, match=reason) as refused:
        change(batch, [amount, "900"], clerk)
    assert list(refused.value.by_item) == [batch.items.get(case=part).pk]
    assert amounts_of(batch) == ["600.00", "1000.00"]  # the other line is not changed either


def test_amounts_beyond_the_balance_are_refused_and_may_come_down(campaign, district, clerk):
    raised(district, 1500)
    batch = draft(campaign, clerk, [case_to_pay(district), case_to_pay(district)])  # 2 000: picked beyond the source
    assert change(batch, ["900", "1000"], clerk) == 1
    with pytest.raises(MoveRefused, match=r"还可发放 1,500.00 元；本次需要 1,900.01"):
        change(batch, ["900.01", "1000"], clerk)
    assert change(batch, ["500", "1000"], clerk) == 1
    with pytest.raises(MoveRefused, match=r"本次需要 1,500.01"):
        change(batch, ["500.01", "1000"], clerk)
    assert amounts_of(batch) == ["500.00", "1000.00"]


def test_released_batch_refuses(campaign, district, clerk, lead):
    raised(district, 1000)
    batch = released(campaign, clerk, lead, [case_to_pay(district)])
    with pytest.raises(MoveRefused, match="已复核发放"):
        change(batch, ["500"], clerk)
    assert amounts_of(batch) == ["1000.00"]


def test_item_of_another_batch_is_left_alone(campaign, district, clerk):
    first = draft(campaign, clerk, [case_to_pay(district)])
    second = draft(campaign, clerk, [case_to_pay(district)])
    key = second.items.get().pk
    assert set_amounts(first, {key: Decimal(1)}, shown={key: Decimal(1000)}, by=By(clerk)) == 0
    assert amounts_of(second) == ["1000.00"]


def test_amount_that_another_changed_meanwhile_is_refused_and_the_same_again_is_nothing(campaign, district, clerk):
    raised(district, 1000)
    batch = draft(campaign, clerk, [case_to_pay(district)])
    shown = {batch.items.get().pk: Decimal(1000)}
    assert change(batch, ["700"], clerk, shown) == 1
    with pytest.raises(AmountsRefused, match=r"已被别人改为 700\.00 元"):
        change(batch, ["800"], clerk, shown)
    assert change(batch, ["700"], clerk, shown) == 0  # pressed twice
    assert PaymentBatch.objects.get().history.filter(history_change_reason__startswith="修改金额").count() == 1


def send(client, batch, **typed):
    """Type over amounts on the page as it is shown; `typed` by the number of the item."""
    address = f"/batches/{batch.pk}/items/"
    form = client.get(address).context["form"]
    data = {"amounts": "1"}
    for name in form.fields:
        data |= {name: form[name].value(), f"initial-{name}": form[name].value()}
    items = list(batch.items.order_by("pk"))
    data |= {f"amount_{items[int(name[1:])].pk}": value for name, value in typed.items()}
    return lambda: client.post(address, data)


def test_page_changes_what_was_typed_over_and_shows_faults_beside_it(client_of, campaign, district, clerk):
    raised(district, 5000)
    client, batch = client_of(clerk), draft(campaign, clerk, [case_to_pay(district), case_to_pay(district)])
    refused = send(client, batch, n0="1000.01", n1="500")()
    first, second = (f"amount_{key}" for key in batch.items.order_by("pk").values_list("pk", flat=True))
    assert refused.context["form"].errors == {first: ["按帮扶标准和资助来源，最多还可发放 1,000.00 元。"]}
    assert refused.context["form"][first].value() == "1000.01"
    assert refused.context["form"][second].value() == "500"  # nothing typed is lost
    assert amounts_of(batch) == ["1000.00", "1000.00"]
    assert send(client, batch, n0="", n1="500")().context["form"].errors.keys() == {first}
    done = send(client, batch, n0="999.99", n1="500")()
    assert done.url == f"/batches/{batch.pk}/items/"
    assert amounts_of(batch) == ["999.99", "500.00"]


def test_second_editor_overwrites_only_what_was_typed(client_of, campaign, district, clerk):
    raised(district, 5000)
    colleague = UserFactory(role="clerk", union=district)
    batch = draft(campaign, clerk, [case_to_pay(district), case_to_pay(district)])
    late, client = send(client_of(colleague), batch, n0="900", n1="800"), client_of(clerk)
    apart = send(client_of(colleague), batch, n1="700")
    send(client, batch, n0="600")()
    assert apart().status_code == 302
    assert amounts_of(batch) == ["600.00", "700.00"]
    told = late()
    assert "在您修改时已被别人改为 600.00 元" in told.text
    form = told.context["form"]
    again = {"amounts": "1"} | {name: form.data[name] for name in form.data if "amount_" in name}
    assert client.post(f"/batches/{batch.pk}/items/", again).status_code == 302
    assert amounts_of(batch) == ["900.00", "800.00"]


def test_page_of_a_released_batch_offers_nothing_and_refuses(client_of, campaign, district, clerk, lead):
    raised(district, 5000)
    client, batch = client_of(clerk), handed_over(campaign, clerk, [case_to_pay(district)])
    late = send(client, batch, n0="900")
    release_batch(batch, by=By(lead), confirmed=True)
    assert "不能修改明细" in late().text
    page = client.get(f"/batches/{batch.pk}/items/")
    assert "保存金额" not in page.text
    assert f'name="amount_{BatchItem.objects.get().pk}"' not in page.text
    assert amounts_of(batch) == ["1000.00"]
