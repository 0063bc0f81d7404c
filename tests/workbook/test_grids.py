"""A grid refuses what the workbook refuses, at the same cell and in the same words: every column of every kind."""

import pytest

from employment.records import FINAL
from portal.models import User
from portal.records.grid.form import GridForm
from portal.workbook.cells import (
    AmountCell,
    CellFault,
    CodeCell,
    DateCell,
    IdNumberCell,
    TextCell,
    WholeCell,
    YearCell,
    YesNoCell,
)
from portal.workbook.sheets import Column
from tests import grids
from tests.workbook.sheets import HEADINGS, CaseBook, fresh_id, valid_book

pytestmark = pytest.mark.django_db

GRIDS = {name: kind for name, kind in FINAL.items() if kind.grid}
IN_WORKBOOK = [name for name, kind in GRIDS.items() if kind.editing.sheet.title in HEADINGS]
TOO_LONG = "长" * 3000
# A right row of a kind that no workbook carries.
LINES = {
    "助学活动": {"活动类型": "座谈", "活动名称": "秋季座谈会", "活动日期": "2014-08-20", "活动地点": "职工活动中心"},
}


def bad_text(column: Column) -> str:
    """What no cell of the column may hold."""
    match column.cell:
        case DateCell() | AmountCell() | WholeCell() | YearCell():
            return "没有数"
        case IdNumberCell():
            return fresh_id() if column.refers else "310101199002300000"
        case YesNoCell() | CodeCell():
            return "没有这个词"
        case TextCell():
            return "没有这个编号" if column.refers or column.attribute == "union" else TOO_LONG
    raise AssertionError(column.heading)


def required(form: GridForm) -> list[Column]:
    """The columns that may not be left blank."""
    unsaid = {**form.defaults, **form.grid.told}
    return [column for column in form.columns if form.is_required(column) and column.attribute not in unsaid]


def spoilt(form: GridForm) -> list[tuple[Column, str]]:
    """Each column with what is wrong in it."""
    blanks = [(column, "") for column in required(form)]
    return [(column, bad_text(column)) for column in form.columns] + blanks


def in_the_workbook(book: CaseBook, form: GridForm) -> tuple[list[dict], list[tuple[Column, str]]]:
    """A right row for every column of the sheet that is spoilt in one cell; rows of the book come to be the last."""
    title = form.editing.sheet.title
    of_sheet = [(column, text) for column, text in spoilt(form) if column.heading in HEADINGS[title]]
    return [book.fresh(title) for _spoilt in of_sheet], of_sheet


def typed(form: GridForm, row: dict, column: Column, text: str) -> dict[str, object]:
    """A row of the workbook as it is typed into the grid, one cell of it wrong."""
    line = {own.attribute: row.get(own.heading) for own in form.columns}
    return line | {"number": None} | {column.attribute: text}


def test_kinds_that_have_a_grid():
    assert sorted(GRIDS) == ["activity", "aidcase", "assistance", "child", "contribution", "visit"]


@pytest.mark.parametrize("name", IN_WORKBOOK)
def test_every_column_is_refused_in_the_words_of_the_workbook(name, on_file, bring, accepted, client_of, clerk: User):
    form = GridForm(GRIDS[name].editing, GRIDS[name].grid, clerk, is_new=True)
    title, book = form.editing.sheet.title, valid_book()
    rows, wrong = in_the_workbook(book, form)
    children = CaseBook({"子女": book["子女"]})
    accepted(children)  # those whom fresh cases are about
    if title == "子女":
        rows = [dict(row, 身份证号=fresh_id()) for row in rows]
    for row, (column, text) in zip(rows, wrong, strict=True):
        row[column.heading] = text or None
    outcome = bring(CaseBook({title: rows}), dry_run=True)
    by_workbook = {(error.row - 2, error.column): error.reason for error in outcome.errors}
    assert len(by_workbook) == len(outcome.errors) == len(rows)

    lines = [typed(form, row, column, text) for row, (column, text) in zip(rows, wrong, strict=True)]
    answer = grids.send(client_of(clerk), name, *lines, button="rows")
    by_grid = grids.faults(answer)
    headings = {column.attribute: column.heading for column in form.columns}
    found = {}
    for cell, reasons in by_grid.items():
        attribute, _dash, number = cell.partition("-")
        (found[int(number) - 1, headings[attribute]],) = reasons
    assert found == by_workbook
    assert {heading for _row, heading in found} == {column.heading for column, _text in wrong}
    for line in lines:  # nothing typed is lost
        for text in line.values():
            assert text is None or str(text) in answer.text


@pytest.mark.parametrize("name", GRIDS)
def test_columns_that_no_workbook_has_are_refused_in_the_words_of_their_cells(name, on_file, client_of, clerk):
    form = GridForm(GRIDS[name].editing, GRIDS[name].grid, clerk, is_new=True)
    title = form.editing.sheet.title
    own = [column for column in form.columns if column.heading not in HEADINGS.get(title, ("工会编码",))]
    row = on_file.fresh(title) if title in HEADINGS else LINES[title]
    lines = [typed(form, row, column, bad_text(column)) for column in own]
    found = grids.faults(grids.send(client_of(clerk), name, *lines, button="rows")) if lines else {}
    for number, column in enumerate(own, start=1):
        with pytest.raises(CellFault) as fault:
            column.cell.clean_optional(bad_text(column))
        assert found[f"{column.attribute}-{number}"] == [str(fault.value)]
