"""A file stays with its union while a case or a payment of the family is under way."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.timezone import localdate

from aid.enums import BatchState, LineResult, PaymentState
from aid.guards import against_resuming
from aid.models import Disbursement, Household, Transfer
from aid.payments.batches import reissue_failed
from aid.transfers.unfinished import in_words, unfinished
from portal.audit import By
from tests import builders
from tests.aid import cases as casework
from tests.aid.paying import batch_in, case_to_pay
from tests.reports import builders as make

pytestmark = pytest.mark.django_db
DRAFT, SUBMITTED = "草稿，请提交并办结，或者撤回", "已提交，请办结或者撤回"
ON_NOTICE, UNPAID = "公示中，请办结或者撤回", "已审批通过、尚未发放，请先发放或者撤回"
BOUNCED = "发放失败、尚未重发，请先更正银行卡后重发"


def home_of(case) -> Household:
    return Household.objects.select_related("union").get(pk=case.child.household_id)


def told(case, user) -> str:
    return in_words(unfinished(home_of(case)), user)


def bounced(union):
    """A batch whose only payment came back."""
    batch = batch_in(union, BatchState.SETTLED)
    batch.items.update(result=LineResult.FAILED)
    Disbursement.objects.update(status=PaymentState.FAILED)
    return batch


@pytest.mark.parametrize(
    ("status", "words"), [("draft", DRAFT), ("submitted", SUBMITTED), ("on_notice", ON_NOTICE), ("approved", UNPAID)]
)
def test_case_under_way_keeps_the_file(district, clerk, status, words):
    case = casework.case(district, status)
    assert told(case, clerk) == f"助学申请 {case.number}（{words}）"


@pytest.mark.parametrize("status", ["rejected", "withdrawn", "followed_up", "closed"])
def test_case_that_has_ended_lets_the_file_go(district, clerk, status):
    case = casework.case(district, status)
    if status in ("followed_up", "closed"):
        make.payment(district, case=case)
    assert told(case, clerk) == ""


def test_case_that_is_paid_lets_the_file_go(district, clerk):
    case = casework.case(district, "approved")
    payment = make.payment(district, case=case, status="failed")
    assert told(case, clerk) == f"助学申请 {case.number}（{UNPAID}）"
    Disbursement.objects.filter(pk=payment.pk).update(status="paid")
    assert told(case, clerk) == ""


@pytest.mark.parametrize(
    ("state", "result", "is_told"),
    [
        (BatchState.DRAFT, LineResult.PENDING, True),
        (BatchState.RELEASED, LineResult.PENDING, True),
        (BatchState.SENT, LineResult.PENDING, True),
        (BatchState.SETTLED, LineResult.PAID, False),
    ],
)
def test_payment_without_a_result_keeps_the_file_of_a_case_paid_in_part(district, clerk, state, result, is_told):
    batch = batch_in(district, state)
    batch.items.update(result=result)
    case = batch.items.get().case
    make.payment(district, case=case, amount=1)
    words = f"助学申请 {case.number}（款项在发放批次 {batch.number} 中，请先办结或者取消该批次）"
    assert told(case, clerk) == (words if is_told else "")


def test_batch_of_the_unit_is_not_named_to_who_works_below_it(district, grassroots, grassroots_clerk):
    case = case_to_pay(grassroots)
    batch = batch_in(district, BatchState.DRAFT, case=case)
    assert told(case, grassroots_clerk) == f"助学申请 {case.number}（款项在填报单位的发放批次中，请先办结）"
    assert batch.number not in told(case, grassroots_clerk)


def test_bounced_payment_keeps_the_file_until_the_new_one_arrives(campaign, district, clerk):
    batch = bounced(district)
    case = batch.items.get().case
    assert told(case, clerk) == f"助学申请 {case.number}（{BOUNCED}）"
    again, _added = reissue_failed(batch, by=By(clerk))
    assert f"发放批次 {again.number} 中" in told(case, clerk)
    again.items.update(result=LineResult.PAID)
    make.payment(district, case=case, amount=case.standard)
    assert told(case, clerk) == ""


def test_case_of_another_union_is_told_by_that_unions_name(district, sibling, grassroots, grassroots_clerk, clerk):
    home = builders.household(grassroots)
    case = casework.case(sibling, "submitted", child=builders.child(grassroots, household=home))
    assert told(case, grassroots_clerk) == f"“{sibling}”有助学申请没有办结，请联系该工会"
    assert told(case, clerk) == f"助学申请 {case.number}（{SUBMITTED}）"


def test_case_of_another_unit_does_not_keep_the_file_from_going_back(district, foreign_district, clerk):
    case = casework.case(foreign_district, "submitted", child=builders.child(district))
    assert told(case, clerk) == ""


@pytest.fixture
def case(district):
    return casework.on_notice(district, last=localdate() + timedelta(days=5))


def refusal(case) -> str:
    return f"该户还有没有办结的事项，不能转出。请先办理：助学申请 {case.number}（{ON_NOTICE}）。"


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_file_is_not_offered_while_a_case_is_on_notice(client_of, clerk, foreign_district, case):
    address = reverse("household_transfer", args=[case.child.household_id])
    answer = client_of(clerk).post(address, {"to": foreign_district.code, "reason": "职工调动"})
    assert answer.context["form"].non_field_errors() == [refusal(case)]
    assert not Transfer.objects.exists()


def test_file_may_be_asked_for_but_is_not_agreed_to(client_of, clerk, foreign_district, case):
    asked = builders.transfer(home_of(case), foreign_district, state="requested")
    client, address = client_of(clerk), reverse("transfer_move", args=[asked.pk, "offer"])
    assert said(client.post(address)) == [refusal(case)]
    type(case).objects.update(status="withdrawn")
    assert said(client.post(address))[-1] == "已办理。"
    asked.refresh_from_db()
    assert asked.state == "offered"


def test_file_with_a_case_begun_since_the_offer_is_not_taken(client_of, foreign_clerk, foreign_district, case):
    home = home_of(case)
    offered = builders.transfer(home, foreign_district)
    address = reverse("transfer_take", args=[offered.pk])
    typed = {"union": foreign_district.code, "number": ""}
    answer = client_of(foreign_clerk).post(address, typed)
    words = "转出单位还有该户没有办结的助学申请或款项，暂时不能接收，请联系对方办结。"
    assert answer.context["form"].non_field_errors() == [words]
    assert case.number not in answer.content.decode()
    type(case).objects.update(status="rejected", decision="rejected", decided_on=localdate())
    assert client_of(foreign_clerk).post(address, typed).status_code == 302
    home.refresh_from_db()
    assert home.union == foreign_district


def test_withdrawn_case_is_not_reopened_where_the_file_is_no_more(client_of, clerk, district, foreign_district):
    """Else the family would be stranded by the back door."""
    moved = casework.case(district, "withdrawn", child=builders.child(foreign_district))
    stayed = casework.case(district, "withdrawn")
    words = "该户的档案已转到其他单位，不能在本单位重新办理。"
    assert (against_resuming(moved, clerk), against_resuming(stayed, clerk)) == (words, "")
    client = client_of(clerk)
    for case in (moved, stayed):
        client.post(reverse("case_move", args=[case.pk, "reopen"]), {"comment": ""})
        case.refresh_from_db()
    assert (moved.status, stayed.status) == ("withdrawn", "draft")
