"""What of money waits for whom; each number is that of the list it opens."""

import pytest

from aid.enums import BatchState
from portal.todos import waiting_for
from tests.aid.paying import batch_in, case_to_pay, raised, released

TO_SEND = "已放款、等待送银行或登记签领的批次"
TO_READ = "已送银行、等待回盘的批次"
TO_RELEASE = "等待复核放款的发放批次"
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
    assert [version.act for version in versions] == ["复核放款", "加入申请 2 件", "建立"]
