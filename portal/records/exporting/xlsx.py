"""A list as a workbook of one sheet. What is text stays text, whatever it begins with.

openpyxl makes the workbook with one row of samples; the rows of the list are written here in its place, as text. A cell
of openpyxl costs more than all that is read and rendered for it.
"""

import datetime
import io
import zipfile
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from typing import IO, Any
from xml.sax.saxutils import escape

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from portal.records.exporting.spooling import spooled
from portal.workbook.writing import as_written, begins_like_formula, put, put_heading

WIDTH = 18
SHEET = "xl/worksheets/sheet1.xml"
EPOCH = datetime.date(1899, 12, 30)
SAMPLES = (datetime.date(2014, 8, 31), Decimal("1.00"), "2014", "=", "text")


def write_sheet(title: str, headings: list[str], rows: Iterable[list]) -> IO[bytes]:
    """A file at its beginning, held in memory while small. `rows` are read one by one and may be any number."""

    def write(file: IO[bytes]) -> None:
        made = _made(title, headings)
        with zipfile.ZipFile(io.BytesIO(made)) as sample, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sample.namelist():
                if name != SHEET:
                    archive.writestr(name, sample.read(name))
            before, after = _around_samples(sample.read(SHEET).decode())
            with archive.open(SHEET, "w", force_zip64=True) as sheet:
                sheet.write(before.encode())
                for line in _lines(rows, len(headings)):
                    sheet.write(line.encode())
                sheet.write(after.encode())

    return spooled(write)


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


def _made(title: str, headings: list[str]) -> bytes:
    """The workbook with its headings, and a row of SAMPLES below them."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    for position in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(position)].width = WIDTH
    sheet.append([_heading(sheet, heading) for heading in headings])
    sheet.append([cell(sheet, value) for value in SAMPLES])
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _around_samples(sheet: str) -> tuple[str, str]:
    before, found, rest = sheet.partition('<row r="2"')
    _samples, ended, after = rest.partition("</row>")
    if not (found and ended):
        message = "openpyxl writes rows otherwise than it did"
        raise ValueError(message)
    return before, after


@cache
def _looks() -> tuple[int, ...]:
    """The numbers by which the workbook names the looks of SAMPLES, which are the same in every one."""
    sheet = load_workbook(io.BytesIO(_made("looks", ["heading"]))).worksheets[0]
    return tuple(sheet.cell(2, place).style_id for place in range(1, len(SAMPLES) + 1))


def _lines(rows: Iterable[list], width: int) -> Iterable[str]:
    """The rows from the second on, as the format has them; a cell names its column and row, as some readers want it."""
    letters = [get_column_letter(place) for place in range(1, width + 1)]
    day, amount, digits, formula, _plain = _looks()
    numbers: dict[type, Callable[[str, Any], str]] = {
        int: lambda place, value: f'<c r="{place}"><v>{value}</v></c>',
        Decimal: lambda place, value: f'<c r="{place}" s="{amount}"><v>{value:f}</v></c>',
        datetime.date: lambda place, value: f'<c r="{place}" s="{day}"><v>{(value - EPOCH).days}</v></c>',
    }

    def text(place: str, value: str) -> str:
        told = escape(as_written(value))
        look = f' s="{digits}"' if value.isdigit() else f' s="{formula}"' if begins_like_formula(value) else ""
        return f'<c r="{place}"{look} t="inlineStr"><is><t xml:space="preserve">{told}</t></is></c>'

    for number, row in enumerate(rows, start=2):
        places = (f"{letter}{number}" for letter in letters)
        cells = (
            write(place, value) if (write := numbers.get(type(value))) else text(place, str(value))
            for place, value in zip(places, row, strict=True)
            if value is not None and value != ""
        )
        yield f'<row r="{number}">{"".join(cells)}</row>'
