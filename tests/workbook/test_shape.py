"""Sheets and columns that are missing, unknown or in another order; keys, references, and many faults at once."""

import copy

import pytest

from aid.models import Contribution, Household
from employment.models import Graduate
from employment.workbook import CASE_WORKBOOK
from tests.workbook.outcomes import places
from tests.workbook.sheets import (
    CASE,
    CHILD,
    ENTRY,
    EVENT,
    FIRST_ROW,
    FUNDS,
    GRADUATE,
    HEADINGS,
    HELP,
    HONG,
    HOUSEHOLD,
    HUA,
    LEI,
    MING,
    PAYMENT,
    POST,
    REQUIRED,
    SHEETS,
    TAO,
    VISIT,
    CaseBook,
    day,
    id_number,
    valid_book,
)

OPTIONAL_CELLS = [(title, heading) for title in SHEETS for heading in HEADINGS[title] if heading not in REQUIRED[title]]
# Optional by its heading, demanded by another cell of the same row.
DEMANDED = {
    (CASE, "公示开始日期"), (CASE, "公示结束日期"), (CASE, "审批日期"), (CASE, "审批结果"),
    (HELP, "金额(元)"), (EVENT, "渠道"),
}  # fmt: skip
# An approved case is counted by something, always.
KEPT = {(CASE, "审批时职工类别"), (CASE, "审批时单亲")}
FREE_CELLS = [cell for cell in OPTIONAL_CELLS if cell not in DEMANDED]


def title_name(title: str) -> str:
    return CASE_WORKBOOK.by_title[title].model._meta.model_name


def values_on_file(title: str, heading: str) -> list:
    sheet = CASE_WORKBOOK.by_title[title]
    column = sheet.by_heading[heading]
    return [column.export(record) for record in sheet.model.objects.order_by("pk")]


def test_unknown_sheet_is_ignored_with_a_notice(accepted, book):
    plain = len(accepted(valid_book(), dry_run=True).notices)
    book["备注说明"] = [{"随便": 1}]
    notices = accepted(book).notices
    assert [notice for notice in notices if "备注说明" in notice]
    assert len(notices) == plain + 1


def test_unknown_column_is_ignored_with_a_notice(accepted, book):
    plain = len(accepted(valid_book(), dry_run=True).notices)
    for row in book[FUNDS]:
        row["经手人签字"] = "某某"
    notices = accepted(book).notices
    assert [notice for notice in notices if "经手人签字" in notice and FUNDS in notice]
    assert len(notices) == plain + 1


def test_workbook_of_unknown_sheets_changes_nothing(accepted):
    outcome = accepted(CaseBook({"封面": [{"标题": "说明"}]}))
    assert outcome.created == {}
    assert len(outcome.notices) == 1


@pytest.mark.parametrize("title", SHEETS, ids=title_name)
def test_missing_optional_columns_leave_what_is_on_file(title, accepted, on_file):
    optional = [heading for sheet, heading in OPTIONAL_CELLS if sheet == title]
    before = [values_on_file(title, heading) for heading in optional]
    for row in on_file[title]:
        for heading in optional:
            del row[heading]
    assert accepted(on_file).unchanged[title] == len(on_file[title])
    assert [values_on_file(title, heading) for heading in optional] == before


def test_missing_optional_column_leaves_it_beside_a_change(accepted, on_file):
    alone = on_file.only(HOUSEHOLD, "D001")
    row = alone[HOUSEHOLD][0]
    del row["联系电话"], row["银行卡号"], row["致困原因"]
    row["职工姓名"] = "王建华"
    assert accepted(alone).updated == {HOUSEHOLD: 1}
    home = Household.objects.get(number="D001")
    assert (home.worker_name, home.telephone) == ("王建华", "13812345678")
    assert (home.bank_card, home.cause) == ("6222021001116245702", "下岗失业")


@pytest.mark.parametrize("title", dict.fromkeys(title for title, _heading in FREE_CELLS), ids=title_name)
def test_empty_optional_cells_clear_what_is_on_file(title, accepted, on_file):
    free = [heading for sheet, heading in FREE_CELLS if sheet == title]
    for row in on_file[title]:
        row.update(dict.fromkeys(free))
    accepted(on_file)
    for heading in free:
        if (title, heading) in KEPT:
            continue
        assert set(values_on_file(title, heading)) == {None}, heading


def test_new_record_without_optional_columns(accepted, book):
    for title in (HOUSEHOLD, CHILD, FUNDS, POST, VISIT, GRADUATE):
        for row in book[title]:
            for heading in HEADINGS[title]:
                if heading not in REQUIRED[title]:
                    del row[heading]
    accepted(book)
    assert Household.objects.get(number="D001").telephone == ""


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "turned"])
def test_references_within_the_workbook_in_any_order_of_sheets(accepted, book, turned):
    assert sum(accepted(book, turned=turned).created.values()) == sum(len(rows) for rows in book.values())


@pytest.mark.parametrize("title", SHEETS, ids=title_name)
def test_references_to_records_on_file(title, accepted, on_file):
    row = on_file.fresh(title) if title not in {ENTRY, CASE} else on_file.fresh(title, {"子女身份证号": LEI})
    if title == CASE:
        row["活动年度"] = 2015
    alone = on_file.only(title, row[HEADINGS[title][0]])
    assert accepted(alone).created == {title: 1}


def test_references_half_on_file_half_in_the_workbook(accepted, on_file):
    child = on_file.fresh(CHILD)["身份证号"]
    case = on_file.fresh(CASE, {"子女身份证号": child})["业务编号"]
    payment = on_file.fresh(PAYMENT, {"助学申请编号": case})["业务编号"]
    book = CaseBook(on_file.only(PAYMENT, payment, "F001") | on_file.only(CASE, case) | on_file.only(CHILD, child))
    assert accepted(book).created == {PAYMENT: 1, CASE: 1, CHILD: 1}


@pytest.mark.parametrize("title", SHEETS, ids=title_name)
def test_key_used_twice_is_named_in_the_lower_row(title, refused, book):
    book[title].append(dict(book[title][0]))
    row = len(book[title]) - 1 + FIRST_ROW
    assert refused(book) == [(title, row, HEADINGS[title][0])]


@pytest.mark.parametrize("title", SHEETS, ids=title_name)
def test_key_used_three_times_is_named_in_both_lower_rows(title, refused, on_file):
    on_file[title].extend(dict(on_file[title][0]) for _turn in range(2))
    last = len(on_file[title]) - 1 + FIRST_ROW
    assert refused(on_file) == [(title, last - 1, HEADINGS[title][0]), (title, last, HEADINGS[title][0])]


def followers(book: CaseBook, key, *columns) -> list[tuple]:
    return [
        (title, number, heading)
        for title, heading in columns
        for number, row in enumerate(book[title], start=FIRST_ROW)
        if row[heading] == key
    ]


CHILD_REFERENCES = ((ENTRY, "子女身份证号"), (CASE, "子女身份证号"), (VISIT, "走访对象身份证号"))


@pytest.mark.parametrize("wrong", ["310101200103151013", None, 310101200103151000, "=1+1"])
def test_wrong_key_brings_along_every_cell_that_refers_to_it(refused, book, wrong):
    """A child's number mistyped in its own row: entries, cases and visits find nobody; payments find their case."""
    expected = followers(book, MING, *CHILD_REFERENCES)
    assert len(expected) == 5
    expected.append(book.put(CHILD, MING, "身份证号", wrong))
    assert refused(book) == sorted(expected)


@pytest.mark.parametrize("wrong", [None, True, "#N/A"])
def test_wrong_file_number_brings_along_children_and_graduates(refused, book, wrong):
    expected = followers(book, "D001", (CHILD, "档案编号"), (GRADUATE, "档案编号"))
    assert len(expected) == 3
    expected.append(book.put(HOUSEHOLD, "D001", "档案编号", wrong))
    assert refused(book) == sorted(expected)


def test_wrong_number_of_a_case_brings_along_its_payments(refused, book):
    expected = [*followers(book, "A001", (PAYMENT, "助学申请编号")), book.put(CASE, "A001", "业务编号", None)]
    assert refused(book) == sorted(expected)


def test_wrong_number_of_a_graduate_brings_along_help(refused, book):
    expected = followers(book, TAO, (HELP, "毕业生身份证号"), (VISIT, "走访对象身份证号"))
    expected.append(book.put(GRADUATE, TAO, "身份证号", "31010119920412"))
    assert len(expected) == 3
    assert refused(book) == sorted(expected)


def test_wrong_key_of_a_record_on_file_brings_nobody(refused, on_file):
    """The record they refer to is on file."""
    place = on_file.put(CHILD, MING, "身份证号", "310101200103151013")
    assert refused(on_file) == [place]


def test_missing_key_column_is_named_without_what_refers_to_it(refused, book):
    assert refused(book.without(CASE, "业务编号")) == [(CASE, None, "业务编号")]


def test_two_missing_columns_are_both_named(refused, book):
    found = refused(book.without(POST, "单位名称").without(VISIT, "走访人"))
    assert found == sorted([(POST, None, "单位名称"), (VISIT, None, "走访人")])


def test_missing_column_and_wrong_cells_are_listed_together(refused, book):
    wrong = book.put(EVENT, "E001", "岗位数", "许多")
    found = refused(book.without(POST, "单位名称"))
    assert set(found) == {(POST, None, "单位名称"), wrong}


@pytest.mark.parametrize("title", SHEETS, ids=title_name)
def test_sheet_without_headings_is_the_one_fault(title, refused, book):
    book[title] = [{"甲": 1, "乙": 2}]
    assert refused(book) == [(title, None, None)]


def test_five_hundred_wrong_cells_are_all_listed(bring, book):
    for _turn in range(250):
        book.fresh(POST, {"联系日期": "昨天", "岗位数": -1})
    outcome = bring(book)
    assert len(outcome.errors) == 500
    assert len(set(places(outcome))) == 500
    assert {error.column for error in outcome.errors} == {"联系日期", "岗位数"}


def test_errors_come_in_the_order_of_rows(bring, book):
    for _turn in range(20):
        book.fresh(POST, {"岗位数": -1})
    assert [error.row for error in bring(book).errors] == sorted(error.row for error in bring(book).errors)


def test_record_taken_out_of_the_workbook_stays_on_file(accepted, on_file):
    del on_file[FUNDS][2]
    accepted(on_file)
    assert Contribution.objects.count() == 3


def test_child_who_grows_into_a_graduate(accepted, on_file):
    """The same number, the same person, both records."""
    on_file.add(GRADUATE, HUA, {"身份证号": MING, "姓名": "王小明", "档案编号": "D001"})
    accepted(on_file)
    graduate = Graduate.objects.get(name="王小明")
    assert graduate.person.id_number == MING
    assert graduate.household.children.filter(person=graduate.person).exists()


def test_number_of_a_worker_corrected(accepted, on_file):
    right = id_number(45, "19751231")
    on_file.put(HOUSEHOLD, "D004", "身份证号", right)
    assert accepted(on_file).updated[HOUSEHOLD] == 1
    assert Household.objects.get(number="D004").worker.id_number == right


def test_same_child_in_two_households_of_a_workbook(refused, book):
    book[CHILD].append(copy.deepcopy(book.row(CHILD, HONG)) | {"档案编号": "D004"})
    assert refused(book) == [(CHILD, 7, "身份证号")]


def test_child_moves_to_another_household_with_all_it_has(accepted, on_file):
    on_file.put(HOUSEHOLD, "D004", "建档日期", day("2012-01-01"))
    on_file.put(CHILD, MING, "档案编号", "D004")
    accepted(on_file)
    assert Household.objects.get(number="D004").children.get().cases.count() == 2
