"""A list as a workbook of one sheet. What is text stays text, whatever it begins with."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from portal.records.exporting.spooling import spooled
from portal.workbook.writing import put, put_heading

WIDTH = 18


def write_sheet(title: str, headings: list[str], rows: Iterable[list]) -> IO[bytes]:
    """A file at its beginning, held in memory while small. `rows` are read one by one and may be any number."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    for position in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(position)].width = WIDTH
    sheet.append([_heading(sheet, heading) for heading in headings])
    for row in rows:
        sheet.append([cell(sheet, value) for value in row])
    return spooled(workbook.save)


def cell(sheet: WriteOnlyWorksheet, value: object) -> Cell | None:
    """A number or date as such; everything else as text that no spreadsheet takes for a formula."""
    if value is None or value == "":
        return None
    made = WriteOnlyCell(sheet)
    put(made, value)
    if isinstance(value, datetime.date):
        made.number_format = "yyyy-mm-dd"
    elif isinstance(value, Decimal):
        made.number_format = "#,##0.00"
    elif isinstance(value, str) and value.isdigit():
        made.number_format = "@"
    return made


def _heading(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    made = WriteOnlyCell(sheet)
    put_heading(made, text)
    return made
