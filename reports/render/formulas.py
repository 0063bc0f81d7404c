"""Formulas in a workbook, each with what it comes to: a program that does not calculate reads the value.

openpyxl writes a formula without its value, so that a preview, a converter or a phone shows an empty cell.
"""

import io
import re
import zipfile
from decimal import Decimal
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import Cell

FORMULA = re.compile(r'<c r="(?P<at>[A-Z]+[0-9]+)"(?P<looks>[^<>]*)>(?P<formula><f>[^<]*</f>)<v ?/?>(?:</v>)?</c>')
Value = int | Decimal | str


class Book(Workbook):
    """A workbook that knows what its formulas come to, by sheet and cell."""

    def __init__(self):
        super().__init__()
        self.results: dict[str, dict[str, Value]] = {}


def put_formula(cell: Cell, formula: str, result: Value) -> None:
    """Write `formula` (with its "=") and what it comes to into a cell of a `Book`."""
    cell.value = formula
    cell.parent.parent.results.setdefault(cell.parent.title, {})[cell.coordinate] = result


def saved(book: Book) -> bytes:
    """The file, every formula with its value."""
    plain, whole = io.BytesIO(), io.BytesIO()
    book.save(plain)
    # openpyxl numbers the parts of the sheets in their order
    parts = {f"xl/worksheets/sheet{turn}.xml": sheet.title for turn, sheet in enumerate(book, start=1)}
    with zipfile.ZipFile(plain) as read, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as written:
        for part in read.infolist():
            content = read.read(part)
            if results := book.results.get(parts.get(part.filename, "")):
                content = _with_results(content.decode(), results).encode()
            written.writestr(part, content)
    return whole.getvalue()


def _with_results(sheet: str, results: dict[str, Value]) -> str:
    def said(found: re.Match) -> str:
        result, kind = results[found["at"]], ""
        if isinstance(result, str):
            kind = ' t="str"'
        looks = re.sub(r' t="[^"]*"', "", found["looks"])
        return f'<c r="{found["at"]}"{looks}{kind}>{found["formula"]}<v>{escape(str(result))}</v></c>'

    return FORMULA.sub(said, sheet)
