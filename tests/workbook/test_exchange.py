"""Rows that change together: what holds before and after is accepted, whatever would be broken half-way."""

import pytest

from aid.models import AidCase, Entry, Household
from tests.workbook.sheets import (
    CASE,
    CHILD,
    ENTRY,
    FUNDS,
    HOUSEHOLD,
    MING,
    PAYMENT,
    QIAN,
    WANG,
    CaseBook,
    day,
    id_number,
    valid_book,
)


def test_file_closed_and_a_new_one_opened_for_the_same_worker(accepted, on_file):
    new = on_file.fresh(HOUSEHOLD, {"身份证号": QIAN, "建档日期": day("2014-08-01")})
    on_file.put(HOUSEHOLD, "D004", "注销日期", day("2014-08-01"))
    accepted(on_file)
    files = Household.objects.filter(worker=Household.objects.get(number="D004").worker)
    assert {(home.number, home.is_open) for home in files} == {("D004", False), (new["档案编号"], True)}


@pytest.mark.parametrize(("closed", "reopened"), [("D001", "D004"), ("D004", "D001")])
def test_file_closed_and_another_of_the_worker_reopened(accepted, on_file, closed, reopened):
    on_file.put(HOUSEHOLD, "D004", "身份证号", WANG)
    on_file.put(HOUSEHOLD, reopened, "注销日期", day("2014-08-01"))
    accepted(on_file)
    on_file.put(HOUSEHOLD, reopened, "注销日期", None)
    on_file.put(HOUSEHOLD, closed, "注销日期", day("2014-08-01"))
    accepted(on_file)
    assert Household.objects.get(number=reopened).is_open
    assert not Household.objects.get(number=closed).is_open


def test_workers_of_two_files_exchanged(accepted, on_file):
    on_file.put(HOUSEHOLD, "D004", "身份证号", WANG)
    on_file.put(HOUSEHOLD, "D001", "身份证号", QIAN)
    assert accepted(on_file).updated[HOUSEHOLD] == 2
    assert Household.objects.get(number="D001").worker.id_number == QIAN
    assert Household.objects.get(number="D004").worker.id_number == WANG


def test_campaigns_of_two_cases_exchanged(accepted, on_file):
    on_file.put(CASE, "A001", "活动年度", 2013)
    on_file.put(CASE, "A005", "活动年度", 2014)
    accepted(on_file)
    years = {case.number: case.campaign.year for case in AidCase.objects.filter(number__in=["A001", "A005"])}
    assert years == {"A001": 2013, "A005": 2014}


def test_case_moved_to_another_year_and_a_new_one_in_its_place(accepted, on_file):
    on_file.put(CASE, "A005", "活动年度", 2012)
    on_file.add(CASE, "A005", {"业务编号": "A100", "活动年度": 2013})
    assert accepted(on_file).created[CASE] == 1


def test_entries_of_a_child_exchanged(accepted, on_file):
    for key, other in (("S001", "S002"), ("S002", "S001")):
        row = valid_book().row(ENTRY, other)
        on_file.put(ENTRY, key, "升学日期", row["升学日期"])
        on_file.put(ENTRY, key, "升入学段", row["升入学段"])
    accepted(on_file)
    assert Entry.objects.get(number="S001").stage == "junior"


def test_entry_moved_and_a_new_one_on_its_day(accepted, on_file):
    on_file.put(ENTRY, "S001", "升学日期", day("2006-09-01"))
    on_file.add(ENTRY, "S001", {"升学日期": day("2007-09-01"), "升入学段": "初中"})
    on_file.put(ENTRY, "S002", "升入学段", "高中")
    assert accepted(on_file).created[ENTRY] == 1


def test_approval_comes_with_its_payment(accepted, on_file):
    on_file.row(CASE, "A006").update({"审批日期": day("2014-06-25"), "审批结果": "通过"})
    paid = on_file.add(PAYMENT, "F001", {"助学申请编号": "A006", "金额(元)": 10})
    book = CaseBook(on_file.only(PAYMENT, paid["业务编号"]) | on_file.only(CASE, "A006"))
    assert accepted(book).created[PAYMENT] == 1


def test_payment_and_approval_withdrawn_together(accepted, on_file):
    on_file.put(CASE, "A001", "审批结果", "不通过")
    on_file.put(PAYMENT, "F001", "状态", "发放失败")
    accepted(CaseBook(on_file.only(PAYMENT, "F001") | on_file.only(CASE, "A001")))


def test_household_and_application_dated_back_together(accepted, on_file):
    on_file.put(HOUSEHOLD, "D002", "建档日期", day("2012-01-01"))
    on_file.put(CASE, "A002", "申请日期", day("2012-01-01"))
    accepted(CaseBook(on_file.only(CASE, "A002") | on_file.only(HOUSEHOLD, "D002")))


def test_funds_of_two_sources_exchanged_with_their_payments(accepted, on_file):
    on_file.put(FUNDS, "Z001", "来源", "社会捐助")
    on_file.put(FUNDS, "Z002", "来源", "各级党委政府资助")
    for key, source in (("F001", "社会捐助"), ("F004", "社会捐助"), ("F002", "各级党委政府资助")):
        on_file.put(PAYMENT, key, "资金来源", source)
    accepted(on_file)


def test_child_and_worker_exchange_their_numbers(accepted, on_file):
    """A number typed in the wrong row: the file of the worker gets the child's, and a new child the worker's."""
    other = id_number(77, "20030303")
    on_file.put(HOUSEHOLD, "D004", "身份证号", other)
    on_file.fresh(CHILD, {"身份证号": QIAN, "档案编号": "D004"})
    accepted(on_file)
    assert Household.objects.get(number="D004").children.get().person.id_number == QIAN


def test_child_leaves_a_household_that_closes(accepted, on_file):
    on_file.put(HOUSEHOLD, "D001", "注销日期", day("2014-08-01"))
    on_file.put(HOUSEHOLD, "D004", "建档日期", day("2012-01-01"))
    on_file.put(CHILD, MING, "档案编号", "D004")
    accepted(on_file)
    assert [child.on_file for child in Household.objects.get(number="D004").children.all()] == [True]
    assert [child.on_file for child in Household.objects.get(number="D001").children.all()] == [False]
