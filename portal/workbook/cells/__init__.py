"""The kinds of cell: how each is read from what a spreadsheet holds, and how it is written back."""

from portal.workbook.cells.base import Cell, CellFault
from portal.workbook.cells.codes import CODES_JOINED_BY, CodeCell, CodeListCell, YesNoCell
from portal.workbook.cells.dates import DateCell
from portal.workbook.cells.numbers import AmountCell, WholeCell, YearCell
from portal.workbook.cells.text import MASKS, CardCell, CreditCodeCell, IdNumberCell, NameCell, TelephoneCell, TextCell
from portal.workbook.raw import Boolean, ErrorValue, Formula, shown

__all__ = [
    "CODES_JOINED_BY",
    "MASKS",
    "AmountCell",
    "Boolean",
    "CardCell",
    "Cell",
    "CellFault",
    "CodeCell",
    "CodeListCell",
    "CreditCodeCell",
    "DateCell",
    "ErrorValue",
    "Formula",
    "IdNumberCell",
    "NameCell",
    "TelephoneCell",
    "TextCell",
    "WholeCell",
    "YearCell",
    "YesNoCell",
    "shown",
]
