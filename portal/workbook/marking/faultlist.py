"""The list of faults as a sheet. Free of Django: its words come with it."""

from dataclasses import dataclass

from openpyxl import Workbook as Spreadsheet

from portal.workbook.writing import put, put_heading

WIDTHS = (18, 8, 20, 26, 70)


@dataclass
class FaultList:
    """`rows` are sheet, row, column, value and reason; `columns` the known headings of every sheet."""

    title: str
    headings: list[str]
    rows: list[list]
    columns: dict[str, list[str]]


def add_fault_list(spreadsheet: Spreadsheet, faults: FaultList) -> None:
    """Puts the list in front of all sheets, in place of one from an earlier round."""
    if faults.title in spreadsheet.sheetnames:
        spreadsheet.remove(spreadsheet[faults.title])
    tab = spreadsheet.create_sheet(faults.title, 0)
    tab.freeze_panes = "A2"
    for place, (heading, width) in enumerate(zip(faults.headings, WIDTHS, strict=True), start=1):
        put_heading(tab.cell(1, place), heading)
        tab.column_dimensions[tab.cell(1, place).column_letter].width = width
    for number, row in enumerate(faults.rows, start=2):
        for place, value in enumerate(row, start=1):
            put(tab.cell(number, place), value)
    spreadsheet.active = 0
