"""Sheets as people keep them: titles above, totals and notes below, headings and cells in their own spelling."""

from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from aid.models import Contribution, Household
from employment.models import Graduate
from employment.workbook import CASE_WORKBOOK
from portal.workbook.importing.service import import_workbook
from tests.workbook.outcomes import places
from tests.workbook.sheets import CHILD, FUNDS, HEADINGS, HOUSEHOLD, POST, SHEETS, valid_book, write

TALLY = {title: len(rows) for title, rows in valid_book().items()}


@pytest.fixture
def bring_changed(tmp_path, district, grassroots, sibling):
    """Import the valid workbook after `change(spreadsheet)`."""

    def bring(change):
        path = write(valid_book(), tmp_path / "changed.xlsx")
        spreadsheet = openpyxl.load_workbook(path)
        change(spreadsheet)
        spreadsheet.save(path)
        return import_workbook(path, workbook=CASE_WORKBOOK, unit=district)

    return bring


def every_tab(change):
    def change_all(spreadsheet):
        for tab in spreadsheet:
            change(tab)

    return change_all


def add_titles(tab):
    tab.insert_rows(1, 3)
    tab["A1"] = "困难职工情况表"
    tab.merge_cells("A1:F1")
    tab["A2"] = "填报单位：区总工会"


def add_running_numbers(tab):
    tab.insert_cols(1)
    tab["A1"] = "序号"
    for row in range(2, 40):
        tab.cell(row, 1, row - 1)


def add_end(tab):
    tab.append([None, "合　计", None, 12])
    tab.append(["填表人：张三", None, "审核人：李四"])
    tab.append(["说明：本表一式两份"])
    last = tab.max_row
    tab.merge_cells(start_row=last, end_row=last + 2, start_column=1, end_column=5)


def spell_headings(tab):
    for place, cell in enumerate(tab[1]):
        text = str(cell.value).strip("*").replace("(", "（").replace(")", "）")
        cell.value = (f"*{text}", f"{text}：", f"{text[:2]}\n{text[2:]}", f" {text} ﹡", "\u3000".join(text))[place % 5]


def shift_right(tab):
    tab.insert_cols(1, 2)


def format_far_below(tab):
    for row in range(60, 400):
        tab.cell(row, 2).font = openpyxl.styles.Font(bold=True)
    tab.merge_cells("A70:C75")
    tab["A500"].comment = openpyxl.comments.Comment("空", "某")


CHANGES = [add_titles, add_running_numbers, add_end, spell_headings, shift_right, format_far_below]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_sheet_is_read_as_it_is_kept(bring_changed, change):
    outcome = bring_changed(every_tab(change))
    assert places(outcome) == []
    assert outcome.created == TALLY


def test_what_was_passed_over_is_said_once_a_sheet(bring_changed):
    plain = bring_changed(lambda _spreadsheet: None).notices
    told = bring_changed(lambda spreadsheet: [change(spreadsheet[POST]) for change in (add_end, add_titles)]).notices
    end = 4 + TALLY[POST]
    assert [notice for notice in told if notice not in plain] == [
        f"“{POST}”的表头在第 4 行，上面的内容没有读入",
        f"“{POST}”第 {end + 1} 行是合计，已跳过",
        f"“{POST}”第 {end + 2}–{end + 3} 行是说明或签名，已跳过",
    ]


def test_days_without_a_format_count_from_1904_where_the_workbook_does(bring_changed):
    def from_1904(spreadsheet):
        spreadsheet.epoch = CALENDAR_MAC_1904
        for tab in spreadsheet:
            for row in tab.iter_rows(min_row=2):
                for cell in row:
                    if cell.is_date:
                        cell.value = (cell.value.date() - date(1904, 1, 1)).days
                        cell.number_format = "General"

    assert bring_changed(from_1904).created == TALLY
    told = {home.number: home.filed_on for home in Household.objects.all()}
    assert told == {row["档案编号"]: row["建档日期"] for row in valid_book()[HOUSEHOLD]}


NOTHING = ("无", "/", "-", "—", "暂无", "不详", "／", "－", " 无 ")


@pytest.mark.parametrize("word", NOTHING)
def test_words_for_nothing_leave_an_optional_cell_blank(word, accepted, book):
    for heading in ("致困原因", "联系电话", "家庭人口", "家庭月收入(元)", "银行卡号", "注销日期"):
        book.put(HOUSEHOLD, "D001", heading, word)
    accepted(book)
    home = Household.objects.get(number="D001")
    assert (home.cause, home.telephone, home.bank_card) == ("", "", "")
    assert (home.family_size, home.monthly_income, home.closed_on) == (None, None, None)


@pytest.mark.parametrize("word", NOTHING)
def test_words_for_nothing_do_not_fill_a_required_cell(word, refused, book):
    place = book.put(HOUSEHOLD, "D001", "建档日期", word)
    assert refused(book) == [place]


def test_pasted_marks_and_noise(accepted, book):
    book.put(FUNDS, book[FUNDS][0]["业务编号"], "金额(元)", "\u202d900,000.10\u202c")
    book.put(FUNDS, book[FUNDS][1]["业务编号"], "金额(元)", 900330.00000000012)
    accepted(book)
    assert {row.amount for row in Contribution.objects.all()} >= {Decimal("900000.10"), Decimal("900330.00")}


def test_names_are_stored_folded_and_lost_characters_noticed(accepted, book):
    book[HOUSEHOLD][0]["职工姓名"] = "王　建 国"
    book[HOUSEHOLD][1]["职工姓名"] = "李?华"
    outcome = accepted(book)
    names = dict(Household.objects.values_list("number", "worker_name"))
    assert names[book[HOUSEHOLD][0]["档案编号"]] == "王建国"
    assert names[book[HOUSEHOLD][1]["档案编号"]] == "李?华"
    assert f"“{HOUSEHOLD}”第 3 行：姓名“李?华”可能缺字或有无法显示的字，请核对" in outcome.notices


def test_misspelt_sheet_is_the_one_cause(bring_changed):
    def misspell(spreadsheet):
        spreadsheet[HOUSEHOLD].title = "困难职工家廷"

    [error] = bring_changed(misspell).errors
    assert (error.sheet, error.row, error.column, error.value) == (HOUSEHOLD, None, None, "困难职工家廷")
    assert "相近" in error.reason


def test_misspelt_sheet_of_receipts_is_the_one_cause_of_an_overdraft(bring_changed):
    def misspell(spreadsheet):
        spreadsheet[FUNDS].title = "资金筹措"

    [error] = bring_changed(misspell).errors
    assert (error.sheet, error.row, error.value) == (FUNDS, None, "资金筹措")


@pytest.mark.parametrize("title", SHEETS)
def test_misspelt_required_heading_is_the_one_cause(title, bring_changed):
    heading = HEADINGS[title][0]
    wrong = heading[:-1] + "吗"

    def misspell(spreadsheet):
        for cell in spreadsheet[title][1]:
            if str(cell.value).strip("*") == heading:
                cell.value = wrong

    [error] = bring_changed(misspell).errors
    assert (error.sheet, error.row, error.column, error.value) == (title, None, heading, wrong)
    assert f"“{wrong}”" in error.reason


def test_contents_without_a_heading_are_ignored_with_one_notice(bring_changed):
    def write_beside(spreadsheet):
        width = spreadsheet[CHILD].max_column
        for row in (2, 3):
            spreadsheet[CHILD].cell(row, width + 2, "随手记")
            spreadsheet[CHILD].cell(row, width + 3, "又一个")

    outcome = bring_changed(write_beside)
    assert outcome.ok
    assert [notice for notice in outcome.notices if "没有表头" in notice] == [
        f"“{CHILD}”的 I、J 列没有表头，其中的内容已忽略"
    ]
    assert Graduate.objects.count() == TALLY["高校毕业生"]
