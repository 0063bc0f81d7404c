"""Text in cells: never a formula, whatever it begins with."""

from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE


def put_text(cell: Cell, text: str) -> None:
    """Write `text` as text. The quote prefix keeps it text when somebody edits the cell."""
    cell.value = legal(text)
    if cell.data_type == "f":
        cell.data_type = "s"
        cell.quotePrefix = True


def legal(text: str) -> str:
    """`text` without the control characters that a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)
