"""The sample workbook of the tests as rows of the interface, by the names of its resources."""

from datetime import date

from employment.api import OF_THE_WORKBOOK
from employment.workbook import CASE_WORKBOOK
from portal.workbook.importing.sheet import ImportedSheet
from tests.workbook.sheets import CASE, valid_book


def sheet_of(name: str) -> ImportedSheet:
    return CASE_WORKBOOK.by_title[OF_THE_WORKBOOK[name].title]


def as_row(sheet: ImportedSheet, cells: dict) -> dict:
    """A row of the workbook as it is sent: values by attribute, days as text, nothing of what is blank."""
    return {
        sheet.by_heading[heading].attribute: value.isoformat() if isinstance(value, date) else value
        for heading, value in cells.items()
        if value is not None
    }


def sample_rows(name: str) -> list[dict]:
    """The rows of a resource; of cases those neither decided nor on notice, which need a second person."""
    sheet = sheet_of(name)
    rows = [as_row(sheet, cells) for cells in valid_book()[sheet.title]]
    return rows if sheet.title != CASE else [row for row in rows if not {"decision", "notice_from"} & row.keys()]
