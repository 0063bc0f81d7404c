"""A walk over contributions, batches, releases, returns and cancellations in any order.

After every step the ledger is what a plain model in memory says, the sum of its parts, and nobody got more than the
standard. The suite walks 24 times 50 steps on SQLite, where a step is quick; on PostgreSQL a part of it, as the rules
are the same there and the races have tests of their own. `LEDGER_WALKS=2000 LEDGER_STEPS=25` walks for longer:
docs/benchmarks.md tells what came of it.
"""

import os
from collections import Counter
from contextlib import suppress
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.utils.timezone import localdate
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from aid.enums import BatchState, FundSource, LineResult, PaymentMethod
from aid.models import BatchItem, Contribution, Disbursement, FundBalance, PaymentBatch
from aid.payments.bank import returns
from aid.payments.bank.return_rows import ReturnRow
from aid.payments.bank.returns import take_return
from aid.payments.batches import add_cases, cancel_batch, open_batch, reissue_failed
from aid.payments.confirming import confirm_contribution
from aid.payments.contributions import CONTRIBUTION_FORM
from aid.payments.handing_over import hand_over
from aid.payments.ledger import RESERVING, balances, fen, taken_by_items
from aid.payments.receipts import sign_items
from aid.payments.release import recall_batch, release_batch
from portal.audit import By
from portal.records.editing import RecordRefused, change_record
from portal.workflow import MoveRefused
from tests.aid.paying import case_to_pay, layout
from tests.reports import builders as make

WALKS = int(os.environ.get("LEDGER_WALKS", "24" if connection.vendor == "sqlite" else "8"))
STEPS = int(os.environ.get("LEDGER_STEPS", "50"))
SOURCES = (FundSource.SOCIAL, FundSource.UNION)
AMOUNTS = st.decimals(min_value="0.01", max_value="900", places=2)
CASES = 6
any_source = st.sampled_from(SOURCES)
any_turn = st.integers(min_value=0, max_value=99)


class Walk(RuleBasedStateMachine):
    """The model: for each source, what was raised, paid and reserved; for each case, what it got."""

    cast: dict = {}

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.union, self.campaign = self.cast["union"], self.cast["campaign"]
        self.clerk, self.lead = self.cast["clerk"], self.cast["lead"]
        self.layout, self.files = layout(), 0
        self.cases = [case_to_pay(self.union, amount) for amount in ("100", "250.50", "33.33", "500", "0.07", "120")]
        self.raised = dict.fromkeys(SOURCES, Decimal())
        self.paid = dict.fromkeys(SOURCES, Decimal())
        self.reserved = dict.fromkeys(SOURCES, Decimal())

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def left(self, source) -> Decimal:
        return self.raised[source] - self.paid[source] - self.reserved[source]

    def one(self, turn: int, *states) -> PaymentBatch:
        found = list(PaymentBatch.objects.filter(state__in=states).order_by("pk"))
        return found[turn % len(found)] if found else None

    @rule(source=any_source, amount=AMOUNTS)
    def raise_money(self, source, amount):
        make.contribution(self.union, source=source, amount=amount)
        self.raised[source] += amount

    @precondition(lambda self: any(self.raised.values()))
    @rule(turn=any_turn, amount=AMOUNTS)
    def correct(self, turn, amount):
        found = list(Contribution.objects.select_related("union").order_by("pk"))
        record = found[turn % len(found)]
        difference = min(amount, record.confirmed_amount) - record.confirmed_amount  # what is more waits
        try:
            change_record(CONTRIBUTION_FORM, record, values={"amount": amount}, by=By(self.clerk))
        except RecordRefused:
            assert self.left(record.source) + difference < 0
        else:
            assert self.left(record.source) + difference >= 0
            self.raised[record.source] += difference

    @precondition(lambda self: any(self.raised.values()))
    @rule(turn=any_turn)
    def confirm(self, turn):
        found = list(Contribution.objects.select_related("union").order_by("pk"))
        record = found[turn % len(found)]
        confirm_contribution(record, without_voucher="已核对原件", by=By(self.lead))
        self.raised[record.source] += record.amount - record.confirmed_amount

    @rule(source=any_source, amount=AMOUNTS)
    def pay_elsewhere(self, source, amount):
        """A fact that a workbook brings, as far as it is covered."""
        if amount <= self.left(source):
            make.payment(self.union, source=source, amount=amount)
            self.paid[source] += amount

    @rule(source=any_source, method=st.sampled_from(PaymentMethod), chosen=st.sets(st.integers(0, CASES - 1)))
    def begin(self, source, method, chosen):
        batch = open_batch(campaign=self.campaign, source=source, method=method, purpose="助学款", by=By(self.clerk))
        add_cases(batch, [self.cases[place].pk for place in chosen], by=By(self.clerk))

    @rule(turn=any_turn)
    def let_go(self, turn):
        if batch := self.one(turn, BatchState.DRAFT):
            total = sum(batch.items.values_list("amount", flat=True))
            try:
                if not batch.handed_over_at:  # one that was not covered waits on
                    hand_over(batch, by=By(self.clerk))
                release_batch(batch, by=By(self.lead), confirmed=True)
            except MoveRefused:
                assert not total or total > self.left(batch.source)
            else:
                assert total <= self.left(batch.source)
                self.reserved[batch.source] += total

    @rule(turn=any_turn)
    def cancel(self, turn):
        if batch := self.one(turn, BatchState.DRAFT):
            cancel_batch(batch, reason="不发了", by=By(self.clerk))

    @rule(turn=any_turn)
    def recall(self, turn):
        batch = self.one(turn, BatchState.RELEASED)
        if batch and not batch.items.exclude(result=LineResult.PENDING).exists():
            total = sum(batch.items.values_list("amount", flat=True))
            recall_batch(batch, reason="撤回", by=By(self.lead))
            self.reserved[batch.source] -= total

    @rule(turn=any_turn, failing=st.sets(st.integers(0, CASES)), again=st.booleans())
    def settle(self, turn, failing, again):
        """The bank answers, or people sign; the same answer twice is one answer."""
        batch = self.one(turn, BatchState.RELEASED)
        if batch is None:
            return
        items = list(batch.items.select_related("line").order_by("line__number"))
        pending = [item for item in items if item.is_pending]
        self.answer(batch, items, failing)
        if again:
            self.answer(batch, items, failing)
        for place, item in enumerate(items):
            if item in pending:
                self.reserved[batch.source] -= item.amount
                self.paid[batch.source] += item.amount if place not in failing else 0

    def answer(self, batch, items, failing):
        if batch.method == PaymentMethod.CARD:
            rows = [
                ReturnRow(2 + place, item.line.number, "", "", item.amount, place not in failing, "退回", item.line)
                for place, item in enumerate(items)
            ]
            self.cast["patch"].setattr(returns, "read_return", lambda *_args: rows)
            content = f"{batch.pk} {sorted(failing)}".encode()
            terms = {"name": "r.xlsx", "layout": self.layout, "paid_on": localdate()}
            take_return(batch, content=content, by=By(self.clerk), **terms)
            return
        results = {LineResult.PAID: [], LineResult.FAILED: []}
        for place, item in enumerate(items):
            results[LineResult.FAILED if place in failing else LineResult.PAID].append(item.pk)
        for result, keys in results.items():
            sign_items(batch, keys, result=result, on=localdate(), voucher="S-1", reason="未到场", by=By(self.clerk))

    @rule(turn=any_turn)
    def reissue(self, turn):
        if batch := self.one(turn, BatchState.SETTLED):
            with suppress(MoveRefused):  # nothing failed, or all of it is on its way again
                reissue_failed(batch, by=By(self.clerk))

    @invariant()
    def the_ledger_is_the_sum_of_its_parts(self):
        found = balances(self.union).get(self.union.path, {})
        taken = dict(FundBalance.objects.values_list("source", "taken"))
        for source in SOURCES:
            balance = found.get(source)
            stated = (balance.raised, balance.paid, balance.reserved) if balance else (0, 0, 0)
            assert stated == (self.raised[source], self.paid[source], self.reserved[source])
            assert self.left(source) >= 0
            assert taken.get(source, 0) == fen(taken_by_items(self.union, source))

    @invariant()
    def nobody_gets_more_than_the_standard(self):
        live = Counter(BatchItem.objects.filter(result=LineResult.PENDING).values_list("case", flat=True))
        given = Counter()
        for case, amount in Disbursement.objects.filter(status__in=RESERVING).values_list("case", "amount"):
            given[case] += amount
        assert [case.pk for case in self.cases if given[case.pk] > case.standard or live[case.pk] > 1] == []


@pytest.mark.django_db
def test_ledger_holds_whatever_happens_in_whatever_order(monkeypatch, campaign, district, clerk, lead):
    Walk.cast = {"union": district, "clerk": clerk, "lead": lead, "campaign": campaign, "patch": monkeypatch}
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=WALKS,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
