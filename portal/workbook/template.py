"""The empty workbook to fill in: headings with notes, drop-downs, text format where digits would get lost."""

from typing import IO

from openpyxl import Workbook as Spreadsheet
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from portal.workbook.cells import CodeListCell
from portal.workbook.sheets import REQUIRED_MARK, Column, Sheet, Workbook
from portal.workbook.writing import put_heading

LAST_ROW = 20_000
LONGEST_LIST = 255  # characters of a drop-down that lists its words itself


def write_template(workbook: Workbook, file: IO[bytes]) -> None:
    """An .xlsx with every sheet of `workbook` and no rows."""
    spreadsheet = Spreadsheet()
    spreadsheet.remove(spreadsheet.active)
    for sheet in workbook.sheets:
        _add_sheet(spreadsheet, sheet)
    spreadsheet.save(file)


def _add_sheet(spreadsheet: Spreadsheet, sheet: Sheet) -> None:
    tab = spreadsheet.create_sheet(sheet.title)
    tab.freeze_panes = "A2"
    for place, column in enumerate(sheet.columns, start=1):
        heading = tab.cell(1, place)
        put_heading(heading, column.heading + REQUIRED_MARK * column.required, required=column.required)
        heading.comment = _note(column)
        letter = get_column_letter(place)
        dimension = tab.column_dimensions[letter]
        dimension.width = max(column.cell.width, 2 * len(column.heading) + 4)
        dimension.number_format = column.cell.number_format
        if column.cell.words:
            _add_choice(tab, column, letter)


def _note(column: Column) -> Comment:
    lines = [str(column.cell.help), str(column.note)]
    return Comment("\n".join(line for line in lines if line), "", height=120, width=260)


def _add_choice(tab: Worksheet, column: Column, letter: str) -> None:
    words = ",".join(column.cell.words)
    if len(words) + 2 > LONGEST_LIST:
        return
    choice = DataValidation("list", formula1=f'"{words}"', allow_blank=True)
    # Where several words may be joined the list only offers them.
    choice.showErrorMessage = not isinstance(column.cell, CodeListCell)
    choice.add(f"{letter}2:{letter}{LAST_ROW}")
    tab.add_data_validation(choice)
