"""What all written workbooks share: text stays text, headings look alike. Free of Django."""

import re

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill

# What spreadsheets take for the beginning of a formula, here or after "save as CSV".
TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
LONGEST = 32_767

HEADING_FONT = Font(bold=True)
HEADING_FILL = PatternFill("solid", fgColor="F3E9E7")
REQUIRED_FILL = PatternFill("solid", fgColor="F3D3CE")
HEADING_ALIGNMENT = Alignment(wrap_text=True, vertical="center")


def begins_like_formula(value: object) -> bool:
    return isinstance(value, str) and value.startswith(TRIGGERS)


def as_written(text: str) -> str:
    """A text as any file of a list can hold it."""
    return NOT_IN_XML.sub("", text)[:LONGEST]


def fill(cell: Cell, value: object) -> None:
    """Any native value; text as text, never a formula, whatever it begins with, and equal when read again."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = as_written(value)
    # Set after the value: assigning a string that begins with = makes the cell a formula.
    cell.data_type = "s"


def put(cell: Cell, value: object) -> None:
    """The same, and spreadsheet programs are told to leave the text alone when somebody edits it."""
    fill(cell, value)
    cell.quotePrefix = begins_like_formula(value)


def put_heading(cell: Cell, text: str, *, required: bool = False) -> None:
    put(cell, text)
    cell.font = HEADING_FONT
    cell.fill = REQUIRED_FILL if required else HEADING_FILL
    cell.alignment = HEADING_ALIGNMENT
