"""Decided on the last day of the notice: history may be, what is decided here may not (aid/record_rules.py)."""

from datetime import date, timedelta

import pytest

from aid.casework.moving import Why, move_case
from aid.enums import Decision
from aid.models import AidCase
from aid.record_rules import CASE_RULES
from portal.audit import By
from portal.workflow import MoveRefused
from tests.aid import cases as casework
from tests.clock import Clock

LAST = date(2014, 6, 12)  # a Thursday
BEFORE, AFTER = LAST - timedelta(days=1), LAST + timedelta(days=1)


def refusals(case) -> list[str]:
    """What the rules, by which the importer and every form check, have against the dates of the case."""
    return [str(rule.message) for rule in CASE_RULES if rule.fields[0] == "decided_on" and rule.breaks(case)]


@pytest.mark.parametrize(("on", "said"), [(BEFORE, ["审批日期不能早于公示结束日期"]), (LAST, []), (AFTER, [])])
def test_history_may_be_decided_on_the_last_day(on, said):
    case = AidCase(notice_from=date(2014, 6, 3), notice_to=LAST, decided_on=on, decision=Decision.APPROVED)
    assert refusals(case) == said


@pytest.mark.parametrize(("on", "may"), [(BEFORE, False), (LAST, False), (AFTER, True)])
def test_an_approval_here_waits_for_the_morning_after(monkeypatch, district, lead, on, may):
    case = casework.on_notice(district, first=date(2014, 6, 3), last=LAST)
    Clock(monkeypatch).set(on)
    if may:
        assert refusals(move_case(case, "approve", by=By(lead))) == []
    else:
        with pytest.raises(MoveRefused, match="公示到 2014-06-12 为止，次日起才能审批通过"):
            move_case(case, "approve", by=By(lead))


def test_a_rejection_ends_the_notice_that_day_and_the_rules_accept_it(monkeypatch, district, lead):
    case = casework.on_notice(district, first=date(2014, 6, 3), last=LAST)
    Clock(monkeypatch).set(BEFORE)
    rejected = move_case(case, "reject", by=By(lead), why=Why("objected"))
    assert (rejected.decided_on, rejected.notice_to, refusals(rejected)) == (BEFORE, BEFORE, [])
