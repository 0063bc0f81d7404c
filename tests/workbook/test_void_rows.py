"""A workbook that names what was taken back: the same row stays void, another one is a new record."""

import pytest

from aid.models import Household
from employment.models import JobEvent
from portal.audit import By
from portal.models import VoidableRecord
from portal.records.voiding import Voiding, ask_to_void
from tests.workbook.outcomes import row_counts
from tests.workbook.sheets import CHILD, EVENT, HOUSEHOLD, LEI

pytestmark = pytest.mark.django_db


def void(record: VoidableRecord, clerk) -> None:
    ask_to_void(record, Voiding(), reason="not_done", by=By(clerk))


def event_row(book) -> tuple[str, int]:
    """The number of the first event, and the row in which it stands."""
    number = book[EVENT][0]["业务编号"]
    return number, book.place(EVENT, number, "业务编号")[1]


def test_same_workbook_again_changes_nothing_and_says_why(on_file, accepted, clerk):
    number, row = event_row(on_file)
    void(JobEvent.objects.get(number=number), clerk)
    before = row_counts()
    outcome = accepted(on_file)
    assert (sum(outcome.created.values()), sum(outcome.updated.values())) == (0, 0)
    assert outcome.unchanged[EVENT] == len(on_file[EVENT])
    told = f"“{EVENT}”第 {row} 行：此行与一条已作废的记录相同（事情没有发生），没有再登记；确需登记请先更正内容"
    assert told in outcome.notices
    assert row_counts() == before | {"portal.AuditEntry": before["portal.AuditEntry"] + 1}
    assert JobEvent.everything.get(number=number).is_voided


def test_corrected_row_is_a_new_record_beside_the_void_one(on_file, accepted, clerk):
    number, row = event_row(on_file)
    void(JobEvent.objects.get(number=number), clerk)
    on_file.put(EVENT, number, "岗位数", 77)
    outcome = accepted(on_file)
    assert outcome.created[EVENT] == 1
    told = f"“{EVENT}”第 {row} 行：这个编号的记录已作废（事情没有发生），此行作为新记录登记"
    assert told in outcome.notices
    assert JobEvent.objects.get(number=number).posts == 77
    assert JobEvent.everything.filter(number=number).count() == 2


def test_reference_to_a_void_record_is_refused_as_such(on_file, bring, clerk):
    void(Household.objects.get(number="D004"), clerk)
    on_file[HOUSEHOLD].remove(on_file.row(HOUSEHOLD, "D004"))
    place = on_file.put(CHILD, LEI, "档案编号", "D004")
    outcome = bring(on_file)
    found = [((each.sheet, each.row, each.column), each.reason) for each in outcome.errors]
    assert (place, "所指的记录已作废") in found
