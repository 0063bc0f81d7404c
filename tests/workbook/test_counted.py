"""What a case is counted by is copied when it becomes approved, and stays whatever comes in later."""

import pytest

from aid.models import AidCase
from tests.workbook.sheets import CASE, CHILD, HOUSEHOLD, HUA, day, id_number

APPROVED = {
    "公示开始日期": day("2014-07-07"),
    "公示结束日期": day("2014-07-14"),
    "审批日期": day("2014-07-15"),
    "审批结果": "通过",
}


WRITTEN = ("审批时职工类别", "审批时单亲")


def counted(number: str) -> tuple:
    case = AidCase.objects.get(number=number)
    return case.counted_stage, case.counted_category, case.counted_single_mother


def test_approved_cases_are_counted_and_others_are_not_yet(on_file):
    assert counted("A001") == ("junior", "worker", False)
    assert counted("A002") == ("bachelor", "migrant", True)
    assert counted("A005") == ("primary", "worker", False)
    for number in ("A003", "A004", "A006"):
        assert counted(number) == ("", "", False)


def test_single_father_is_no_single_mother(accepted, book):
    book.row(CASE, "A003").update(APPROVED)
    accepted(book)
    assert counted("A003") == ("senior", "worker", False)


def unwritten(book):
    """Without the two columns: what is counted is what the household says."""
    for heading in WRITTEN:
        book = book.without(CASE, heading)
    return book


@pytest.mark.parametrize("written", [None, unwritten], ids=["empty cells", "no columns"])
def test_what_is_not_written_is_copied_from_the_household(accepted, book, written):
    for row in book[CASE]:
        row.update(dict.fromkeys(WRITTEN))
    accepted(written(book) if written else book)
    assert counted("A001") == ("junior", "worker", False)
    assert counted("A002") == ("bachelor", "migrant", True)
    assert AidCase.objects.get(number="A002").counted_single is True


def test_what_is_written_goes_before_the_household(accepted, book):
    book.row(CASE, "A001").update({"审批时职工类别": "困难农民工", "审批时单亲": "是"})
    book.row(CASE, "A002").update({"审批时职工类别": "困难职工", "审批时单亲": "否"})
    accepted(book)
    assert counted("A001") == ("junior", "migrant", False)  # a single father
    assert counted("A002") == ("bachelor", "worker", False)


def test_one_of_the_two_is_written(accepted, book):
    book.row(CASE, "A002").update({"审批时职工类别": "困难职工", "审批时单亲": None})
    book.row(CASE, "A005").update({"审批时职工类别": None, "审批时单亲": "是"})
    accepted(book)
    assert counted("A002") == ("bachelor", "worker", True)
    assert counted("A005") == ("primary", "worker", False)
    assert AidCase.objects.get(number="A005").counted_single is True


def test_empty_cells_leave_an_approved_case_as_it_is_counted(accepted, on_file):
    on_file.put(HOUSEHOLD, "D002", "职工类别", "困难职工")
    on_file.put(HOUSEHOLD, "D002", "单亲", "否")
    on_file.row(CASE, "A002").update(dict.fromkeys(WRITTEN))
    assert accepted(on_file).updated[CASE] == 0
    assert counted("A002") == ("bachelor", "migrant", True)


def test_what_a_case_is_counted_by_is_corrected_by_its_cells(accepted, on_file):
    on_file.row(CASE, "A002").update({"审批时职工类别": "困难职工", "审批时单亲": "否"})
    assert accepted(on_file).updated[CASE] == 1
    assert counted("A002") == ("bachelor", "worker", False)
    on_file.put(CASE, "A002", "审批时单亲", "是")
    accepted(on_file)
    assert counted("A002") == ("bachelor", "worker", True)


def test_cells_of_a_case_that_is_not_approved_say_nothing(accepted, on_file):
    for number in ("A003", "A004", "A006"):
        on_file.row(CASE, number).update({"审批时职工类别": "困难农民工", "审批时单亲": "是"})
    assert accepted(on_file).updated[CASE] == 0
    assert {counted(number) for number in ("A003", "A004", "A006")} == {("", "", False)}


@pytest.mark.parametrize("whole", [False, True], ids=["household alone", "whole workbook"])
def test_category_of_the_household_changed_later(accepted, on_file, whole):
    on_file.put(HOUSEHOLD, "D002", "职工类别", "困难职工")
    on_file.put(HOUSEHOLD, "D002", "单亲", "否")
    accepted(on_file if whole else on_file.only(HOUSEHOLD, "D002"))
    assert counted("A002") == ("bachelor", "migrant", True)


def test_case_changed_in_another_cell_after_the_household(accepted, on_file):
    on_file.put(HOUSEHOLD, "D002", "职工类别", "困难职工")
    on_file.put(CASE, "A002", "结对方", "另一位")
    on_file.put(CASE, "A002", "审批日期", day("2014-06-21"))
    accepted(on_file)
    assert counted("A002") == ("bachelor", "migrant", True)


def test_stage_of_an_approved_case_changed_later(accepted, on_file):
    on_file.put(CASE, "A002", "学段", "研究生")
    accepted(on_file)
    assert AidCase.objects.get(number="A002").stage == "postgraduate"
    assert counted("A002") == ("bachelor", "migrant", True)


def test_stage_of_the_child_changed_later(accepted, on_file):
    on_file.put(CHILD, HUA, "学段", "研究生")
    accepted(on_file)
    assert counted("A002") == ("bachelor", "migrant", True)


def test_child_that_moves_to_another_household_later(accepted, on_file):
    on_file.put(CHILD, HUA, "档案编号", "D001")
    accepted(on_file)
    assert counted("A002") == ("bachelor", "migrant", True)


def test_worker_corrected_later(accepted, on_file):
    """The new number is a man's."""
    on_file.put(HOUSEHOLD, "D002", "身份证号", id_number(23, "19720809"))
    accepted(on_file)
    assert counted("A002") == ("bachelor", "migrant", True)


def test_approval_that_comes_later_copies_what_holds_then(accepted, on_file):
    on_file.put(HOUSEHOLD, "D001", "职工类别", "困难农民工")
    accepted(on_file.only(HOUSEHOLD, "D001"))
    on_file.row(CASE, "A004").update(APPROVED)
    accepted(on_file.only(CASE, "A004"))
    assert counted("A004") == ("primary", "migrant", False)
    assert counted("A001") == ("junior", "worker", False)


def test_approval_and_new_category_in_one_workbook(accepted, on_file):
    """The case sees the household as the workbook leaves it."""
    on_file.put(HOUSEHOLD, "D001", "职工类别", "困难农民工")
    on_file.row(CASE, "A004").update(APPROVED)
    accepted(on_file, turned=True)
    assert counted("A004") == ("primary", "migrant", False)


def test_case_given_to_another_child_before_it_is_approved(accepted, on_file):
    on_file.put(CASE, "A006", "子女身份证号", on_file.fresh(CHILD, {"档案编号": "D001"})["身份证号"])
    on_file.row(CASE, "A006").update(APPROVED)
    accepted(on_file)
    assert counted("A006") == ("senior", "worker", False)
