"""Every state × act × role of a payment batch, against a table written by hand from domain.md."""

from contextlib import suppress

import pytest
from django.utils.timezone import localdate

from aid.enums import BatchState, PaymentMethod
from aid.models import PaymentBatch
from aid.payments.amounts import set_amounts
from aid.payments.bank.outgoing import send_batch
from aid.payments.batches import add_cases, cancel_batch, reissue_failed, remove_items
from aid.payments.handing_over import hand_over, return_batch
from aid.payments.receipts import sign_items
from aid.payments.release import recall_batch, release_batch
from aid.payments.workflow import PAYMENT_WORKFLOW
from portal.audit import By
from portal.enums import Role
from portal.workflow import MoveRefused
from tests.aid.paying import batch_in, layout, raised
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
REASON = {"reason": "有误"}

ACTS = {
    "add": lambda batch, actor: add_cases(batch, [], by=By(actor)),
    "remove": lambda batch, actor: remove_items(batch, [], by=By(actor)),
    "amounts": lambda batch, actor: set_amounts(batch, {}, shown={}, by=By(actor)),
    "cancel": lambda batch, actor: cancel_batch(batch, by=By(actor), **REASON),
    "release": lambda batch, actor: release_batch(batch, by=By(actor)),
    "hand_over": lambda batch, actor: hand_over(batch, by=By(actor)),
    "return": lambda batch, actor: return_batch(batch, reason="wrong_card", by=By(actor)),
    "recall": lambda batch, actor: recall_batch(batch, by=By(actor), **REASON),
    "send": lambda batch, actor: send_batch(batch, layout=layout(), by=By(actor), **REASON),
    "sign": lambda batch, actor: sign_items(batch, [], result="paid", on=localdate(), voucher="V", by=By(actor)),
    "reissue": lambda batch, actor: reissue_failed(batch, by=By(actor)),
}
# Who may do what in which state; a batch by card but for `sign`, nothing of it failed.
ALLOWED = {
    ("draft", "add", "clerk"),
    ("draft", "remove", "clerk"),
    ("draft", "amounts", "clerk"),
    ("draft", "cancel", "clerk"),
    ("draft", "release", "lead"),
    ("draft", "hand_over", "clerk"),
    ("draft", "return", "lead"),
    ("released", "recall", "lead"),
    ("released", "send", "clerk"),
    ("sent", "send", "clerk"),
    ("settled", "send", "clerk"),  # looked up again; it stays settled
    ("released", "sign", "clerk"),
    ("sent", "sign", "clerk"),
    ("settled", "sign", "clerk"),  # nothing is pending: it does nothing
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", BatchState.values)
def test_act_is_done_or_refused_by_state_and_role(district, city, state, act):
    raised(district, 100_000)
    method = PaymentMethod.CASH if act == "sign" else PaymentMethod.CARD
    done = set()
    for role in Role.values:
        batch = batch_in(district, state, method)
        if act == "hand_over":  # as `batch_in` makes it a draft waits for the second person already
            PaymentBatch.objects.filter(pk=batch.pk).update(handed_over_at=None)
        union = district if role in {"clerk", "lead"} else city
        before = PaymentBatch.objects.values().get(pk=batch.pk)
        with suppress(MoveRefused):
            ACTS[act](batch, UserFactory(role=role, union=union))
            done.add((state, act, role))
        if (state, act, role) not in done:
            assert PaymentBatch.objects.values().get(pk=batch.pk) == before
    assert done == {allowed for allowed in ALLOWED if allowed[:2] == (state, act)}


def test_buttons_are_those_of_the_table(district, clerk, lead):
    batch = batch_in(district)
    assert [move.name for move in PAYMENT_WORKFLOW.open_to(batch, clerk)] == ["cancel"]
    assert [move.name for move in PAYMENT_WORKFLOW.open_to(batch, lead)] == ["release", "return"]
    assert [move.name for move in PAYMENT_WORKFLOW.open_to(batch, batch.made_by)] == ["cancel"]
