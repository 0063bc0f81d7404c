"""All or nothing: whatever fails, at whichever write, every table holds what it held."""

import itertools

import pytest
from django.db.models import QuerySet

from aid.models import AidCase, Household
from portal import audit
from tests.workbook.outcomes import row_counts
from tests.workbook.sheets import CHILD, FUNDS, GRADUATE, HOUSEHOLD, MING, PAYMENT, POST, SHEETS, TAO

BULK_WRITES = ("bulk_create", "bulk_update", "update")


class WriteFailed(Exception):  # noqa: N818  it is what happens
    pass


def fail_at(monkeypatch, number: int) -> itertools.count:
    """Let the `number`-th write in bulk fail; the counter of writes."""
    writes = itertools.count(1)
    for name in BULK_WRITES:
        monkeypatch.setattr(QuerySet, name, failing(getattr(QuerySet, name), writes, number))
    return writes


def failing(write, writes, number):
    def wrapped(queryset, *args, **kwargs):
        if next(writes) == number:
            raise WriteFailed
        return write(queryset, *args, **kwargs)

    return wrapped


def failures(monkeypatch, bring, book) -> int:
    """Import with a failure at the first write, at the second, … until none is left; how many there were."""
    before = row_counts()
    for number in itertools.count(1):
        with monkeypatch.context() as patch:
            fail_at(patch, number)
            try:
                assert bring(book).ok
            except WriteFailed:
                pass
            else:
                return number - 1
        assert row_counts() == before, f"write {number}"
    return 0


def test_failure_at_any_write_of_new_records_leaves_nothing(monkeypatch, bring, book):
    assert failures(monkeypatch, bring, book) >= 2 * len(SHEETS)


def test_failure_at_any_write_of_changes_leaves_all_as_it_was(monkeypatch, bring, on_file):
    on_file.put(HOUSEHOLD, "D001", "工作单位", "新单位")
    on_file.put(HOUSEHOLD, "D001", "工会编码", "310001001")
    on_file.put(CHILD, MING, "就读学校", "新学校")
    on_file.put(FUNDS, "Z003", "金额(元)", 1001)
    on_file.put(PAYMENT, "F003", "状态", "已发放")
    on_file.put(GRADUATE, TAO, "姓名", "王晓涛")
    on_file.fresh(POST)
    assert failures(monkeypatch, bring, on_file) >= 6


def test_failure_leaves_values_as_they_were(monkeypatch, bring, on_file):
    on_file.put(HOUSEHOLD, "D001", "工作单位", "新单位")
    on_file.put(PAYMENT, "F003", "状态", "已发放")
    monkeypatch.setattr(audit, "record", failing(audit.record, itertools.count(1), 1))
    with pytest.raises(WriteFailed):
        bring(on_file)
    assert Household.objects.get(number="D001").employer == "第一纺织厂"
    assert Household.objects.get(number="D001").version == 1


def test_failure_at_the_audit_row_leaves_nothing(monkeypatch, bring, book):
    before = row_counts()
    monkeypatch.setattr(audit, "record", failing(audit.record, itertools.count(1), 1))
    with pytest.raises(WriteFailed):
        bring(book)
    assert row_counts() == before


def test_one_wrong_cell_in_the_last_row_leaves_nothing(refused, book):
    place = book.put(FUNDS, "Z003", "来源", "政府")
    assert refused(book) == [place]
    assert not AidCase.objects.exists()


def test_dry_run_writes_nothing_and_tells_the_same(bring, book):
    before = row_counts()
    rehearsed = bring(book, dry_run=True)
    assert row_counts() == before
    done = bring(book)
    assert (rehearsed.ok, rehearsed.dry_run, done.dry_run) == (True, True, False)
    assert (rehearsed.created, rehearsed.updated, rehearsed.unchanged) == (done.created, done.updated, done.unchanged)


def test_dry_run_of_changes_writes_nothing(bring, on_file):
    on_file.put(HOUSEHOLD, "D001", "工作单位", "新单位")
    on_file.fresh(POST)
    before = row_counts()
    outcome = bring(on_file, dry_run=True)
    assert (outcome.updated[HOUSEHOLD], outcome.created[POST]) == (1, 1)
    assert row_counts() == before
    assert Household.objects.get(number="D001").employer == "第一纺织厂"


def test_dry_run_lists_the_same_faults(bring, book):
    book.put(FUNDS, "Z003", "来源", "政府")
    book.put(HOUSEHOLD, "D004", "单亲", "Y")
    assert bring(book, dry_run=True).errors == bring(book).errors
