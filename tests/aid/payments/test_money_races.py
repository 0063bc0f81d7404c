"""Money under fire, on PostgreSQL with real threads; each race is also shown with its guard taken away.

Sixteen at once press the same release, read the same return file, spend the same balance, pay the same case.
"""

import threading
from collections import Counter
from contextlib import suppress
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection
from django.utils.timezone import localdate

from aid.enums import BatchState, PaymentState
from aid.models import BatchItem, Contribution, Disbursement, FundBalance, PaymentBatch, ReturnFile
from aid.payments import ledger, release
from aid.payments.bank import returns
from aid.payments.bank.returns import take_return
from aid.payments.batches import add_cases
from aid.payments.contributions import CONTRIBUTION_FORM
from aid.payments.ledger import balance_of, taken_by_items
from aid.payments.release import release_batch
from portal.audit import By
from portal.enums import Role
from portal.records.editing import RecordRefused, change_record
from tests.aid.paying import SOURCE, case_to_pay, draft, handed_over, layout, raised, released, return_file
from tests.factories import UserFactory
from tests.reports.handed_in.test_races import PATIENCE, at_once, without_locks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
CROWD = 16


@pytest.fixture
def leads(district):
    return [UserFactory(role=Role.LEAD, union=district) for _turn in range(CROWD)]


@pytest.fixture
def clerks(district):
    return [UserFactory(role=Role.CLERK, union=district) for _turn in range(CROWD)]


def names(outcomes) -> Counter:
    return Counter(type(outcome).__name__ for outcome in outcomes)


def all_meet_at(monkeypatch, module, name):
    """Whoever reaches `module.name` waits there for the whole crowd; whoever is kept away lets it go on."""
    barrier, plain = threading.Barrier(CROWD), getattr(module, name)

    def wrapped(*args, **kwargs):
        with suppress(threading.BrokenBarrierError):
            barrier.wait(PATIENCE)
        return plain(*args, **kwargs)

    monkeypatch.setattr(module, name, wrapped)


def releasing(batch, lead):
    return lambda: release_batch(PaymentBatch.objects.get(pk=batch.pk), by=By(lead), confirmed=True)


def test_sixteen_leads_release_one_batch_and_it_is_released_once(campaign, district, clerk, leads):
    raised(district, 9000)
    batch = handed_over(campaign, clerk, [case_to_pay(district) for _turn in range(3)])
    outcomes = at_once(*(releasing(batch, lead) for lead in leads))
    assert names(outcomes) == {"PaymentBatch": 1, "MoveRefused": CROWD - 1}
    assert Disbursement.objects.count() == 3
    assert FundBalance.objects.get().taken == 300000


def test_release_without_lock_and_condition_reaches_the_constraints(monkeypatch, campaign, district, clerk, leads):
    """The race: several freeze the same lines, and only the constraints on them stop all but one."""
    raised(district, 99000)
    batch = handed_over(campaign, clerk, [case_to_pay(district)])
    without_locks(monkeypatch)
    monkeypatch.setattr(release.PAYMENT_WORKFLOW.__class__, "apply", lambda *_args, **_kwargs: None)
    all_meet_at(monkeypatch, release, "take")
    outcomes = at_once(*(releasing(batch, lead) for lead in leads))
    assert any(isinstance(outcome, IntegrityError) for outcome in outcomes)
    assert Disbursement.objects.count() == 1


@pytest.fixture
def rivals(campaign, district, clerk):
    """Sixteen batches of 100 yuan each, and 500 yuan to pay them from."""
    raised(district, 500)
    balance = FundBalance(source=SOURCE)
    balance.place_in(district)
    balance.save()
    return [handed_over(campaign, clerk, [case_to_pay(district, 100)]) for _turn in range(CROWD)]


def spend_at_once(rivals, leads):
    return at_once(*(releasing(batch, lead) for batch, lead in zip(rivals, leads, strict=True)))


def test_sixteen_batches_on_one_balance_spend_what_is_there_and_no_more(district, rivals, leads):
    assert names(spend_at_once(rivals, leads)) == {"PaymentBatch": 5, "MoveRefused": CROWD - 5}
    assert balance_of(district, SOURCE).left == 0
    assert ledger.fen(taken_by_items(district, SOURCE)) == FundBalance.objects.get().taken == 50000


def test_without_the_lock_the_database_still_refuses_what_is_not_there(monkeypatch, district, rivals, leads):
    without_locks(monkeypatch)
    all_meet_at(monkeypatch, ledger, "_elsewhere")
    assert names(spend_at_once(rivals, leads)) == {"PaymentBatch": 5, "IntegrityError": CROWD - 5}
    assert balance_of(district, SOURCE).left == 0


def test_without_lock_and_check_more_is_spent_than_was_raised(monkeypatch, district, rivals, leads):
    """The race itself: everybody saw the same 500 yuan."""
    constraint = next(each for each in FundBalance._meta.constraints if each.name == "fundbalance_never_below_zero")
    with connection.schema_editor() as editor:
        editor.remove_constraint(FundBalance, constraint)
    try:
        without_locks(monkeypatch)
        all_meet_at(monkeypatch, ledger, "_elsewhere")
        spend_at_once(rivals, leads)
        assert balance_of(district, SOURCE).left < 0
    finally:
        FundBalance.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(FundBalance, constraint)


@pytest.fixture
def sent(campaign, district, clerk, lead):
    raised(district, 9000)
    return released(campaign, clerk, lead, [case_to_pay(district) for _turn in range(3)])


def reading(monkeypatch, batch, clerks):
    """The same file, read by everybody; it is opened once, for sixteen processes more would only take time."""
    content, format_ = return_file(batch, {2: "账户已销户"}), layout()
    rows = returns.read_return(content, batch, format_)
    monkeypatch.setattr(returns, "read_return", lambda *_args: rows)
    terms = {"content": content, "name": "r.xlsx", "layout": format_, "paid_on": localdate()}
    fresh = [PaymentBatch.objects.select_related("union").get(pk=batch.pk) for _clerk in clerks]
    return [lambda b=b, c=c: take_return(b, by=By(c), **terms) for b, c in zip(fresh, clerks, strict=True)]


def paid_versions() -> list[int]:
    history = Disbursement.history.filter(status=PaymentState.PAID)
    return sorted(Counter(history.values_list("id", flat=True)).values())


def test_sixteen_read_one_return_file_and_it_counts_once(monkeypatch, district, sent, clerks):
    outcomes = at_once(*reading(monkeypatch, sent, clerks))
    assert sorted((outcome.paid, outcome.failed, outcome.again) for outcome in outcomes) == sorted(
        [(2, 1, False)] + [(0, 0, True)] * (CROWD - 1)
    )
    assert ReturnFile.objects.count() == 1
    assert paid_versions() == [1, 1]
    assert FundBalance.objects.get().taken == 200000
    assert balance_of(district, SOURCE).paid == 2000
    assert PaymentBatch.objects.get().state == BatchState.SETTLED


def test_return_file_without_the_lock_is_settled_by_several_until_a_constraint_stops_them(
    monkeypatch, district, sent, clerks
):
    without_locks(monkeypatch)
    works = reading(monkeypatch, sent, clerks)
    all_meet_at(monkeypatch, returns, "_settle")
    outcomes = at_once(*works)
    assert any(isinstance(outcome, Exception) for outcome in outcomes)
    assert balance_of(district, SOURCE).left >= 0


def test_sixteen_drafts_ask_for_one_case_and_one_gets_it(campaign, district, clerks):
    case = case_to_pay(district)
    drafts = [draft(campaign, clerk, []) for clerk in clerks]
    pairs = list(zip(drafts, clerks, strict=True))
    outcomes = at_once(*(lambda b=b, c=c: add_cases(b, [case.pk], by=By(c)) for b, c in pairs))
    assert sorted(outcome.count for outcome in outcomes) == [0] * (CROWD - 1) + [1]
    assert BatchItem.objects.count() == 1


def test_contribution_shrinks_while_it_is_spent_and_one_of_both_is_refused(campaign, district, clerk, clerks, leads):
    raised(district, 100)
    contribution = Contribution.objects.get()
    batch = handed_over(campaign, clerk, [case_to_pay(district, 100)])
    shrink = lambda: change_record(CONTRIBUTION_FORM, contribution, values={"amount": Decimal(50)}, by=By(clerk))  # noqa: E731
    outcomes = at_once(shrink, releasing(batch, leads[0]))
    assert sum(isinstance(outcome, Exception) for outcome in outcomes) == 1
    assert isinstance(outcomes[0], RecordRefused) or type(outcomes[1]).__name__ == "MoveRefused"
    assert balance_of(district, SOURCE).left >= 0
