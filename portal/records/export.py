"""A list as a workbook of one sheet. What is text stays text, whatever it begins with."""

import tempfile
from collections.abc import Iterable
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝")
IN_MEMORY = 5 * 1024 * 1024
WIDTH = 18
MONEY_FORMAT = "#,##0.00"


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
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the response closes it
    workbook.save(file)
    file.seek(0)
    return file


def cell(sheet, value) -> Cell | None:
    """A number or date as such; everything else as text that no spreadsheet takes for a formula."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        made = WriteOnlyCell(sheet, value)
        if made.is_date:
            made.number_format = "yyyy-mm-dd"
        elif not isinstance(value, int):
            made.number_format = MONEY_FORMAT
        return made
    made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    made.data_type = "s"  # openpyxl takes a leading = for a formula
    if value.startswith(FORMULA_STARTS):
        made.quotePrefix = True
    elif value.isdigit():
        made.number_format = "@"
    return made


def _heading(sheet, text: str) -> Cell:
    made = cell(sheet, text)
    made.font = Font(bold=True)
    return made
