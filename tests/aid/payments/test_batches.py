"""Payment batches: who may, what is frozen, what is reserved, what is refused, and that nothing is done twice."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from aid.enums import BatchState, CaseState, LineResult, PaymentMethod, PaymentState
from aid.models import BatchItem, CaseEvent, Disbursement, FundBalance, PayeeLine, PaymentBatch
from aid.payments.batches import add_cases, cancel_batch, open_batch, remove_items
from aid.payments.dues import payable
from aid.payments.ledger import balance_of
from aid.payments.preflight import preflight
from aid.payments.release import recall_batch, release_batch
from portal.audit import By
from portal.enums import Role
from portal.models import AuditEntry
from portal.models.append_only import REFUSAL
from portal.workflow import MoveRefused
from tests.aid.paying import SOURCE, case_to_pay, draft, handed_over, items, lines_of, raised, released
from tests.factories import UserFactory
from tests.reports import builders as make
from tests.tampering import TAMPERINGS

pytestmark = pytest.mark.django_db


def standing(union) -> tuple:
    balance = balance_of(union, SOURCE)
    return balance.raised, balance.paid, balance.reserved, balance.left


def test_release_freezes_lines_reserves_the_money_and_leaves_pending_payments(campaign, district, clerk, lead):
    raised(district, 5000)
    cases = [case_to_pay(district, 1000), case_to_pay(district, "2000.50")]
    batch = released(campaign, clerk, lead, cases)
    assert (batch.state, batch.released_by) == (BatchState.RELEASED, lead)
    assert [(line.number, line.amount) for line in lines_of(batch)] == [(1, Decimal(1000)), (2, Decimal("2000.50"))]
    assert [line.card for line in lines_of(batch)] == [case.child.household.bank_card for case in cases]
    payments = [item.disbursement for item in items(batch)]
    assert {(payment.status, payment.source) for payment in payments} == {(PaymentState.PENDING, SOURCE)}
    assert standing(district) == (Decimal(5000), 0, Decimal("3000.50"), Decimal("1999.50"))
    assert FundBalance.objects.get().taken == 300050
    assert Disbursement.history.filter(history_user=lead).count() == 2


@pytest.mark.parametrize("model", [CaseEvent, PayeeLine], ids=lambda model: model.__name__)
@pytest.mark.parametrize("tamper", TAMPERINGS.values(), ids=TAMPERINGS)
def test_moves_and_released_lines_refuse_every_change(campaign, district, clerk, lead, model, tamper):
    raised(district, 1000)
    case = case_to_pay(district)
    CaseEvent.objects.create(case=case, move="approve", state=case.status, actor=lead, batch=uuid4())
    released(campaign, clerk, lead, [case])
    before = list(model.objects.order_by("pk").values())
    assert before
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        tamper(model)
    assert list(model.objects.order_by("pk").values()) == before


def test_move_of_a_batch_cannot_be_put_in_the_place_of_another(district, lead):
    """Its key is an index over some rows only, which INSERT OR REPLACE heeds as well."""
    case = case_to_pay(district)
    CaseEvent.objects.create(case=case, move="approve", state=case.status, actor=lead, batch=uuid4())
    others = ", ".join(field.column for field in CaseEvent._meta.concrete_fields if field.name not in {"id", "move"})
    insert = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{insert} INTO aid_caseevent (move, {others}) SELECT 'return', {others} FROM aid_caseevent")  # noqa: S608
    assert CaseEvent.objects.get().move == "approve"


def test_released_line_stays_whatever_becomes_of_the_file(campaign, district, clerk, lead):
    raised(district, 1000)
    batch = released(campaign, clerk, lead, [case_to_pay(district)])
    home = items(batch)[0].case.child.household
    home.bank_card = ""
    home.save()
    assert lines_of(batch)[0].card


def test_release_is_refused_to_the_maker_to_a_clerk_and_twice(campaign, district, clerk, lead):
    raised(district, 1000)
    batch = handed_over(campaign, clerk, [case_to_pay(district)])
    with pytest.raises(MoveRefused, match="不能复核发放"):
        release_batch(batch, by=By(clerk))
    clerk.role = Role.LEAD  # the same person in another post
    clerk.save()
    with pytest.raises(MoveRefused, match="编制人以外"):
        release_batch(batch, by=By(clerk))
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentBatch.objects.update(released_by=clerk)
    release_batch(batch, by=By(lead))
    with pytest.raises(MoveRefused, match="已复核发放"):
        release_batch(batch, by=By(lead))
    assert Disbursement.objects.count() == 1


def test_release_beyond_what_is_left_is_refused_with_the_numbers(campaign, district, clerk, lead):
    raised(district, 1500)
    make.payment(district, amount=Decimal(600), source=SOURCE)
    batch = handed_over(campaign, clerk, [case_to_pay(district, 1000)])
    words = r"已筹集 1,500.00 元，已发放 600.00 元.*还可发放 900.00 元；本次需要 1,000.00 元，还差 100.00 元"
    with pytest.raises(MoveRefused, match=words):
        release_batch(batch, by=By(lead))
    assert PaymentBatch.objects.get().state == BatchState.DRAFT
    assert not Disbursement.objects.filter(status=PaymentState.PENDING).exists()
    raised(district, 100)
    release_batch(batch, by=By(lead))
    assert standing(district)[3] == 0


def test_database_refuses_to_take_what_is_not_there(district):
    balance = FundBalance(source=SOURCE, raised=100, elsewhere=60, taken=41)
    balance.place_in(district)
    with pytest.raises(IntegrityError), transaction.atomic():
        balance.save()
    balance.taken = 40
    balance.save()


def test_funds_of_another_source_or_unit_do_not_help(campaign, district, foreign_district, clerk, lead):
    raised(district, 5000, "union")
    raised(foreign_district, 5000)
    with pytest.raises(MoveRefused, match=r"已筹集 0.00 元"):
        release_batch(handed_over(campaign, clerk, [case_to_pay(district)]), by=By(lead))


def test_case_is_in_one_live_batch_only(campaign, district, clerk):
    case = case_to_pay(district)
    first = draft(campaign, clerk, [case])
    second = draft(campaign, clerk, [])
    assert add_cases(second, [case.pk], by=By(clerk)).refused == [(case.number, f"已在发放批次 {first.number} 中")]
    item = BatchItem(batch=second, case=case, amount=1)
    item.place_with(second)
    with pytest.raises(IntegrityError), transaction.atomic():
        item.save()
    assert remove_items(first, [first.items.get().pk], by=By(clerk)) == 1
    assert add_cases(second, [case.pk], by=By(clerk)).count == 1


def test_cases_are_added_each_for_itself_with_what_they_still_get(campaign, district, foreign_district, clerk):
    part = case_to_pay(district, 1000)
    make.payment(district, case=part, amount=Decimal(400))
    full = case_to_pay(district, 500)
    make.payment(district, case=full, amount=Decimal(500))
    waiting = case_to_pay(district)
    waiting.status = CaseState.SUBMITTED
    waiting.save()
    foreign = case_to_pay(foreign_district)
    batch = draft(campaign, clerk, [])
    added = add_cases(batch, [part.pk, full.pk, waiting.pk, foreign.pk], by=By(clerk))
    assert [(item.case, item.amount) for item in batch.items.all()] == [(part, Decimal(600))]
    reasons = dict(added.refused)
    assert reasons.keys() == {full.number, waiting.number}  # of the foreign one not a word
    assert "已足额" in reasons[full.number]
    assert "已提交" in reasons[waiting.number]


def test_all_that_a_filter_finds_is_added_at_once(campaign, district, grassroots, clerk):
    for union in (district, grassroots, grassroots):
        case_to_pay(union)
    batch = draft(campaign, clerk, [])
    assert add_cases(batch, payable(clerk, campaign).in_union(grassroots), by=By(clerk)).count == 2


def test_batch_is_for_the_reporting_unit(campaign, district, grassroots_clerk):
    with pytest.raises(MoveRefused, match="填报单位"):
        open_batch(campaign=campaign, source=SOURCE, method="card", purpose="助学款", by=By(grassroots_clerk))


def words_of(batch) -> dict:
    return {(found.item.case.number if found.item else ""): found.words for found in preflight(batch).findings}


def test_preflight_finds_missing_wrong_and_shared_cards(campaign, district, foreign_district, clerk):
    raised(district, 9000)
    good = case_to_pay(district)
    no_card = case_to_pay(district, bank_card="")
    no_bank = case_to_pay(district, bank_name="")
    wrong = case_to_pay(district, bank_card="6222000000000001")
    shared = case_to_pay(district, number="H-SHARED")
    make.household(foreign_district, bank_card=shared.child.household.bank_card)
    found = words_of(draft(campaign, clerk, [good, no_card, no_bank, wrong, shared]))
    assert good.number not in found
    assert found[no_card.number] == "没有登记银行卡号"
    assert found[no_bank.number] == "没有登记开户银行"
    assert "校验不通过" in found[wrong.number]
    assert found[shared.number] == "同一张银行卡还登记在“西山区总工会”的一个家庭"


def test_cash_batch_needs_no_card(campaign, district, clerk, lead):
    raised(district, 1000)
    batch = released(campaign, clerk, lead, [case_to_pay(district, bank_card="")], method=PaymentMethod.CASH)
    assert lines_of(batch)[0].card == ""


def test_preflight_finds_a_case_paid_or_undone_since_it_was_picked(campaign, district, clerk, lead):
    raised(district, 9000)
    paid, undone = case_to_pay(district), case_to_pay(district)
    batch = handed_over(campaign, clerk, [paid, undone])
    make.payment(district, case=paid, amount=Decimal(1))
    undone.status = CaseState.WITHDRAWN
    undone.save()
    found = words_of(batch)
    assert found[paid.number] == "金额 1,000.00 元超过按帮扶标准和资助来源还应发放的 999.00 元"
    assert "已撤回" in found[undone.number]
    with pytest.raises(MoveRefused, match="超过按帮扶标准"):
        release_batch(batch, by=By(lead))


def test_preflight_asks_as_much_for_three_as_for_one(campaign, district, clerk, django_assert_num_queries):
    raised(district, 9000)
    counts = []
    for size in (1, 3):
        batch = draft(campaign, clerk, [case_to_pay(district) for _turn in range(size)])
        with django_assert_num_queries(8) as asked:
            preflight(PaymentBatch.objects.select_related("union").get(pk=batch.pk))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_cancelled_and_recalled_batches_free_cases_and_money(campaign, district, clerk, lead):
    raised(district, 1000)
    case = case_to_pay(district)
    cancel_batch(draft(campaign, clerk, [case]), reason="选错年度", by=By(clerk))
    batch = released(campaign, clerk, lead, [case])
    with pytest.raises(MoveRefused, match="必须写明原因"):
        recall_batch(batch, reason=" ", by=By(lead))
    recall_batch(batch, reason="金额有误", by=By(lead))
    assert standing(district) == (Decimal(1000), 0, 0, Decimal(1000))
    assert FundBalance.objects.get().taken == 0
    assert batch.items.get().result == LineResult.CANCELLED
    assert list(payable(clerk, campaign)) == [case]
    assert released(campaign, clerk, lead, [case]).state == BatchState.RELEASED


def test_every_step_is_audited_without_a_card_number(campaign, district, clerk, lead):
    raised(district, 1000)
    case = case_to_pay(district)
    released(campaign, clerk, lead, [case])
    acts = [entry.detail["act"] for entry in AuditEntry.objects.filter(action="moved").order_by("pk")]
    assert acts == ["编制", "加入申请 1 件", "送复核", "复核发放"]
    assert case.child.household.bank_card not in str(list(AuditEntry.objects.values()))


def test_other_lead_of_another_unit_finds_no_batch(campaign, district, foreign_district, clerk):
    batch = draft(campaign, clerk, [])
    stranger = UserFactory(role=Role.LEAD, union=foreign_district)
    with pytest.raises(PaymentBatch.DoesNotExist):
        release_batch(batch, by=By(stranger))
