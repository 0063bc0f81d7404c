"""Records out: the same sheets and headings that the import reads, streamed."""

from collections.abc import Iterable, Mapping
from typing import IO

from openpyxl import Workbook as Spreadsheet
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from portal.workbook.sheets import Sheet, Workbook
from portal.workbook.writing import begins_like_formula, fill, put_heading


def write_workbook(workbook: Workbook, querysets: Mapping[str, Iterable], file: IO[bytes]) -> None:
    """An .xlsx with every sheet of `workbook`, and in each the instances given under its title, in their order."""
    spreadsheet = Spreadsheet(write_only=True)
    for sheet in workbook.sheets:
        _write_sheet(spreadsheet.create_sheet(sheet.title), sheet, querysets.get(sheet.title, ()))
    spreadsheet.save(file)


def _write_sheet(tab: WriteOnlyWorksheet, sheet: Sheet, instances: Iterable) -> None:
    tab.freeze_panes = "A2"
    for place, column in enumerate(sheet.columns, start=1):
        width = max(column.cell.width, 2 * len(column.heading) + 4)
        tab.column_dimensions[get_column_letter(place)].width = width
    tab.append([_heading(tab, column.heading) for column in sheet.columns])
    cells = [_cells(tab, column.cell.number_format) for column in sheet.columns]
    for instance in sheet.iter_queryset(instances):
        # What export_resource gives, without its looking up the order of fields for each row.
        values = [column.export(instance) for column in sheet.columns]
        tab.append([_filled(pair, value) for pair, value in zip(cells, values, strict=True)])


def _heading(tab: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(tab)
    put_heading(cell, text)
    return cell


def _cells(tab: WriteOnlyWorksheet, number_format: str) -> tuple[WriteOnlyCell, WriteOnlyCell]:
    """A plain cell and one for text that looks like a formula.

    A row is written as soon as it is appended, so these two serve all rows of a column; but their styles must not be
    touched any more, because the spreadsheet keeps them as they are, not copies.
    """
    plain, quoted = WriteOnlyCell(tab), WriteOnlyCell(tab)
    plain.number_format = quoted.number_format = number_format
    quoted.quotePrefix = True
    return plain, quoted


def _filled(cells: tuple[WriteOnlyCell, WriteOnlyCell], value: object) -> WriteOnlyCell:
    cell = cells[begins_like_formula(value)]
    fill(cell, value)
    return cell
