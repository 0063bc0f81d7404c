"""Marks on single cells. Free of Django."""

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from portal.workbook.writing import put

AUTHOR = "import-check"  # by which marks of an earlier round are known
FAULT_FILL = PatternFill("solid", fgColor="F8CBCB")
NO_FILL = PatternFill()
LONGEST_COMMENT = 2000


def settle(tab: Worksheet) -> None:
    """Formulas become the text that they are, and marks of an earlier round go."""
    for row in list(tab.iter_rows()):
        for cell in row:
            if cell.data_type == "f":
                put(cell, _formula(cell.value))
            if cell.comment and cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = NO_FILL


def _formula(value: object) -> str:
    text: str = value if isinstance(value, str) else getattr(value, "text", None) or ""
    return "=" + text.removeprefix("=")


def mark(tab: Worksheet, row: int, column: int, reasons: list[str]) -> None:
    """Fills a cell and says why; of merged cells only the first can carry either."""
    for area in tab.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            row, column = area.min_row, area.min_col
            break
    cell = tab.cell(row, column)
    cell.fill = FAULT_FILL
    cell.comment = Comment("\n".join(dict.fromkeys(reasons))[:LONGEST_COMMENT], AUTHOR, height=100, width=280)
