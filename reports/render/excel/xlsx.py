"""The forms as a workbook in the official layout: A4 upright, sentences as printed, each figure a cell with its name.

A figure's cell carries the defined name of its slug, so that a machine reads the form back: on the whole workbook for
the forms a file is about, on the sheet alone for the sheets of single units beside them.
"""

import re
import textwrap
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace

from django.utils.translation import gettext as _
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import absolute_coordinate, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from reports.annex.wording import Blank, Space, Text
from reports.counting.derive import CityFigures
from reports.render.city import ALONE, CityPrint
from reports.render.city import title as missing_title
from reports.render.excel.cells import legal, put_text
from reports.render.excel.matrix import add_matrix, totals
from reports.render.excel.sheets import add_missing, add_years
from reports.render.filled import FORM_NUMBERS, Filled
from reports.render.formulas import Book, put_formula, saved
from reports.render.grid import COLUMNS, Placed, place

# 8 pixels, 6 pt, half a character of the text. Widths are counted in digits of the workbook's default font, 7 pixels in
# Arial 10, whose widths are the same everywhere; in a font that a machine lacks the whole grid would stretch.
DEFAULT_FONT = Font(name="Arial", size=10)
COLUMN_WIDTH = 8 / 7
ROW_HEIGHT, TITLE_HEIGHT, FOOTER_SIZE = 23, 45, 8
FOOTER_LENGTH = 52  # characters of that size between the margins
LOOKS: dict[str, dict] = {
    "heading": {"font": Font(name="黑体", size=12), "alignment": Alignment(vertical="bottom")},
    "title": {
        "font": Font(name="宋体", size=18, bold=True),
        "alignment": Alignment(horizontal="center", vertical="center"),
    },
    "text": {"font": Font(name="宋体", size=12), "alignment": Alignment(vertical="bottom")},
    "blank": {
        "font": Font(name="宋体", size=12),
        "alignment": Alignment(horizontal="center", vertical="bottom", shrink_to_fit=True),
        "border": Border(bottom=Side(style="thin")),
    },
}
# GB/T 9704: 28 mm left and 26 mm right; inches.
MARGINS = {"left": 28 / 25.4, "right": 26 / 25.4, "top": 30 / 25.4, "bottom": 25 / 25.4}
Sources = Mapping[str, str]  # the formula that a figure of the city is, by its slug
NO_SOURCES: Sources = {}
SHEET_NAME_LENGTH = 31
NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]|^'|'$")


def union_workbook(filled: Filled, forms: Iterable[int] = FORM_NUMBERS) -> bytes:
    """The forms of one union, a sheet each."""
    book = _new_book()
    for number in forms:
        _add_form_sheet(book, filled, number)
    for sheet in book:
        _stamp_foot(sheet, filled.stamp.words)
    return saved(book)


def _stamp_foot(sheet: Worksheet, words: str) -> None:
    """The stamp in the last lines of the foot, and above them what stands there at the right: Excel prints the sides of
    a foot over each other where they meet."""
    lines = textwrap.wrap(words, FOOTER_LENGTH)
    sheet.oddFooter.left.text, sheet.oddFooter.left.size = "\n".join(lines), FOOTER_SIZE
    sheet.oddFooter.right.text += "\n " * len(lines)
    sheet.oddFooter.right.size = FOOTER_SIZE


def city_workbook(
    filled: Filled, city: CityFigures, forms: Iterable[int] = FORM_NUMBERS, also: CityPrint = ALONE
) -> bytes:
    """The city's forms (`filled`), the matrix unit x figure with live totals, and one sheet per unit.

    The city's forms take their numbers from the totals of the matrix. Between them, where there is something to say,
    the units that are missing and the years before.
    """
    forms = tuple(forms)
    book = _new_book()
    figures = [figure for number in forms for figure in filled.figures.of_form(number)]
    matrix = _("单位×指标")
    sources = {slug: f"={quote_sheetname(matrix)}!{cell}" for slug, cell in totals(city, figures).items()}
    for number in forms:
        _add_form_sheet(book, filled, number, also.below(number), sources)
    add_matrix(book.create_sheet(matrix), city, figures)
    if also.missing is not None:
        add_missing(book.create_sheet(missing_title()), also)
    if also.years is not None:
        add_years(book.create_sheet(_("历年比较")), also.years, figures)
    for unit, values in city.units.items() if also.with_units else ():
        sheet = book.create_sheet(_sheet_name(f"{unit.code} {unit.name}"))
        _add_unit(sheet, Filled(filled.campaign, unit, filled.cut_off, values), forms)
    return saved(book)


def _new_book() -> Book:
    book = Book()
    book.remove(book.active)
    book._fonts[0] = DEFAULT_FONT  # there is no public way to the font of the style "Normal"
    book._named_styles["Normal"].font = DEFAULT_FONT
    book.calculation.fullCalcOnLoad = True
    return book


def _sheet_name(text: str) -> str:
    """`text` as a name of a sheet; it begins with the union's code and so stays unique."""
    return NOT_IN_SHEET_NAME.sub("_", legal(text))[:SHEET_NAME_LENGTH]


def _add_form_sheet(
    book: Book, filled: Filled, number: int, below: Iterable[str] = (), sources: Sources = NO_SOURCES
) -> None:
    sheet = book.create_sheet(_("附件%d") % number)
    _set_page(sheet, filled)
    sheet.page_setup.fitToHeight = 1
    names, after = _write_form(sheet, filled, number, 1, sources)
    for slug, reference in names.items():
        book.defined_names.add(DefinedName(slug, attr_text=reference))
    for row, said in enumerate(below, start=after + 1):
        put_text(CellLooks().put_on(sheet.cell(row, 1), "text"), said)


def _add_unit(sheet: Worksheet, filled: Filled, forms: Iterable[int]) -> None:
    """Both forms of one unit below each other, each on its own page."""
    _set_page(sheet, filled)
    sheet.page_setup.fitToHeight = 0
    top = 1
    for number in forms:
        if top > 1:
            sheet.row_breaks.append(Break(id=top - 1))
        names, top = _write_form(sheet, filled, number, top)
        for slug, reference in names.items():
            sheet.defined_names.add(DefinedName(slug, attr_text=reference))


def _set_page(sheet: Worksheet, filled: Filled) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = 1
    sheet.print_options.horizontalCentered = True
    for side, inches in MARGINS.items():
        setattr(sheet.page_margins, side, inches)
    sheet.oddFooter.right.text = _("统计截止日 %(day)s　第 &P 页") % {"day": filled.cut_off}
    # One declaration for all columns: openpyxl writes the range of the group.
    first = sheet.column_dimensions["A"]
    first.min, first.max, first.width = 1, COLUMNS, COLUMN_WIDTH


def _write_form(
    sheet: Worksheet, filled: Filled, number: int, top: int, sources: Sources = NO_SOURCES
) -> tuple[dict[str, str], int]:
    """Write form `number` from row `top` on; the cell of each slug, and the row after the last."""
    form = filled.form(number)
    looks = CellLooks()
    put_text(looks.put_on(sheet.cell(top, 1), "heading"), _("附件 %d") % number)
    put_text(looks.put_on(sheet.cell(top + 1, 1), "title"), form.title)
    looks.join(sheet, top + 1, 1, COLUMNS)
    names, row = {}, top + 2
    values = {slug: filled.text(slug) for slug in form.slugs}
    for line in form.lines:
        placed = place(line, values)
        for piece in placed:
            cell = _write_piece(sheet, looks, filled, replace(piece, row=row + piece.row))
            if isinstance(piece.token, Blank):
                slug = piece.token.slug
                if slug in sources:
                    put_formula(cell, sources[slug], cell.value)
                names[slug] = f"{quote_sheetname(sheet.title)}!{absolute_coordinate(cell.coordinate)}"
        row += placed[-1].row + 1
    for used in range(top, row):
        sheet.row_dimensions[used].height = TITLE_HEIGHT if used == top + 1 else ROW_HEIGHT
    return names, row


def _write_piece(sheet: Worksheet, looks: "CellLooks", filled: Filled, piece: Placed) -> Cell:
    """One piece in a cell: words run on over the empty columns to their right, a figure or a space is underlined."""
    cell = sheet.cell(piece.row, piece.column + 1)
    match piece.token:
        case Text(text):
            put_text(looks.put_on(cell, "text"), text)
            return cell
        case Space(label):
            put_text(looks.put_on(cell, "blank"), filled.spaces.get(label, ""))
        case Blank(slug):
            unit = filled.figures[slug].unit
            cell.value = unit.shown(filled.values[slug]) if slug in filled.values else filled.text(slug)
            looks.put_on(cell, "blank", unit.number_format)
    looks.join(sheet, piece.row, piece.column + 1, piece.span)
    return cell


class CellLooks:
    """Puts looks on cells, each worked out once: openpyxl takes longer over a font than over a hundred cells."""

    def __init__(self):
        self._styles: dict[tuple[str, str], StyleArray] = {}

    def put_on(self, cell: Cell, look: str, number_format: str = "General") -> Cell:
        key = (look, number_format)
        if key not in self._styles:
            for attribute, value in LOOKS[look].items():
                setattr(cell, attribute, value)
            cell.number_format = number_format
            self._styles[key] = cell._style
        cell._style = copy(self._styles[key])
        return cell

    def join(self, sheet: Worksheet, row: int, column: int, span: int) -> None:
        """Merge `span` cells into the first of them, which lends the others its border."""
        first = sheet.cell(row, column)
        for position in range(column + 1, column + span):
            sheet.cell(row, position)._style = copy(first._style)
        sheet.merged_cells.add(CellRange(min_row=row, max_row=row, min_col=column, max_col=column + span - 1))
