"""One cause is told once: a misspelt sheet or heading without its followers, one sentence with all its cells."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from portal.workbook.errors import WorkbookError, causes
from tests.workbook.sheets import (
    CASE,
    CELLS,
    CHILD,
    FUNDS,
    HOUSEHOLD,
    PAYMENT,
    POST,
    REQUIRED_CELLS,
    SHEETS,
    VISIT,
    day,
    write,
)

OPTIONAL_CELLS = [cell for cell in CELLS if cell not in REQUIRED_CELLS]


def misheaded(book, title, heading, wrong):
    """The same workbook with one heading written otherwise."""
    book[title] = [{wrong if each == heading else each: value for each, value in row.items()} for row in book[title]]
    return book


def name(cell) -> str:
    return f"{SHEETS.index(cell[0])}-{cell[1]}"


@pytest.mark.parametrize("title", SHEETS, ids=range(len(SHEETS)))
def test_misspelt_sheet_is_the_one_fault_if_anything_refers_to_it(bring, book, title):
    book[title + "表"] = book.pop(title)
    outcome = bring(book, dry_run=True)
    needed = title in {HOUSEHOLD, CHILD, CASE, FUNDS, "高校毕业生"}
    reason = f"找不到工作表“{title}”，“{title}表”与它相近，请改正工作表名称"
    assert outcome.errors == ([WorkbookError(title, None, None, f"{title}表", reason)] if needed else [])
    assert f"已忽略不认识的工作表“{title}表”（名称与“{title}”相近，如果就是它，请改正名称）" in outcome.notices


@pytest.mark.parametrize(("title", "heading"), REQUIRED_CELLS, ids=map(name, REQUIRED_CELLS))
def test_misspelt_required_heading_is_the_one_fault(bring, book, title, heading):
    wrong = heading + "栏"
    reason = f"缺少此列，表头“{wrong}”与它相近，如果就是它，请改正表头"
    outcome = bring(misheaded(book, title, heading, wrong), dry_run=True)
    assert outcome.errors == [WorkbookError(title, None, heading, wrong, reason)]


@pytest.mark.parametrize(("title", "heading"), OPTIONAL_CELLS, ids=map(name, OPTIONAL_CELLS))
def test_misspelt_optional_heading_is_noticed_or_the_one_fault(bring, book, title, heading):
    """It is a fault where cells of the column are asked for by others, and then it alone."""
    wrong = heading + "栏"
    outcome = bring(misheaded(book, title, heading, wrong), dry_run=True)
    assert f"“{title}”的表头“{wrong}”与“{heading}”相近，如果就是它，请改正表头" in outcome.notices
    asked_for = (title, heading) in {
        (CASE, "公示开始日期"), (CASE, "公示结束日期"), (CASE, "审批日期"), (CASE, "审批结果"),
        ("就业帮扶", "金额(元)"), ("就业活动与岗位", "渠道"),
    }  # fmt: skip
    assert [(error.sheet, error.row, error.column) for error in outcome.errors] == [(title, None, heading)] * asked_for


def test_reasons_are_told_once_in_the_order_of_their_first_cell():
    def error(row, column, value, reason):
        return WorkbookError("家庭", row, column, value, reason)

    found = causes(
        [
            error(2, "甲", None, "必须填写"),
            error(2, "乙", "x", "不是日期"),
            error(3, "甲", None, "必须填写"),
            error(4, "甲", None, "必须填写"),
            error(6, "甲", None, "必须填写"),
            error(6, "丙", None, "必须填写"),
        ]
    )
    assert [(cause.reason, cause.count, [cells.where for cells in cause.cells]) for cause in found] == [
        ("必须填写", 5, ["家庭 2–4、6 甲", "家庭 6 丙"]),
        ("不是日期", 1, ["家庭 2 乙"]),
    ]
    assert found[1].as_json() == {
        "reason": "不是日期",
        "count": 1,
        "cells": [{"sheet": "家庭", "column": "乙", "value": "x", "rows": (2,)}],
    }


@pytest.fixture
def said(tmp_path, district, grassroots):
    """What the command says of a workbook that it refuses."""

    def said(book, *options):
        out, err = StringIO(), StringIO()
        path = str(write(book, tmp_path / "book.xlsx"))
        with pytest.raises(SystemExit):
            call_command("import_workbook", path, "--unit", district.code, *options, stdout=out, stderr=err)
        return out.getvalue() + err.getvalue()

    return said


def test_command_tells_a_reason_once_with_its_cells(said, book):
    for _turn in range(35):
        book.fresh(POST, {"联系日期": "昨天"})
    rows = len(book[POST])
    words = f"社会实践岗位 {rows - 33}–{rows + 1} 联系日期：不是日期，请填写如 2014-08-25 的日期\n"
    assert said(book) == words


def test_json_carries_causes_and_notices_beside_every_error(said, book):
    book[VISIT][0]["走访日期"] = "昨天"
    book["备注说明"] = [{"随便": 1}]
    book[CHILD + "表"] = book.pop(CHILD)
    answer = json.loads(said(book, "--json"))
    assert answer["ok"] is False
    assert [(each["reason"], each["count"]) for each in answer["causes"]] == [
        ("找不到工作表“子女”，“子女表”与它相近，请改正工作表名称", 1),
        ("不是日期，请填写如 2014-08-25 的日期", 1),
    ]
    assert len(answer["errors"]) == 2
    assert "已忽略不认识的工作表“备注说明”" in answer["notices"]


def test_overdraft_names_source_balance_and_what_is_missing(bring, book):
    book[FUNDS] = [dict(book[FUNDS][0], **{"金额(元)": 100, "收款日期": day("2014-01-01"), "来源": "社会捐助"})]
    payment = dict(book[PAYMENT][0], **{"金额(元)": 130.5, "发放日期": day("2014-07-01"), "资金来源": "社会捐助"})
    book[PAYMENT] = [payment]
    (error,) = bring(book).errors
    words = "发放超出该来源截至当日已筹集的资金：“社会捐助”截至 2014-07-01 余额 100.00 元，还差 30.50 元"
    assert (error.sheet, error.row, error.column, error.reason) == (PAYMENT, 2, "金额(元)", words)
