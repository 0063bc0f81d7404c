"""The matrix unit x figure: a row per unit, a column per figure, totals as formulas with their values."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import absolute_coordinate, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.counting.derive import CityFigures, Values
from reports.figures.registry import Figure
from reports.render.excel.cells import put_text
from reports.render.filled import UNKNOWN
from reports.render.formulas import put_formula

HEAD_ROWS = 3  # where it stands on the form, what it is, its slug
FIRST_FIGURE = 3  # after the unit's code and name
CODE_WIDTH, NAME_WIDTH, LEAST_WIDTH = 12, 24, 13
PAGES_WIDE = 3  # on A4 lying down
THIN = Side(style="thin", color="FFBFBFBF")
BOXED = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEAD_FILL = PatternFill("solid", fgColor="FFF2F2F2")


def add_matrix(sheet: Worksheet, city: CityFigures, figures: Sequence[Figure]) -> None:
    """Fill `sheet`: numbers in the units of the form, each column summed by a formula."""
    _write_head(sheet, figures)
    row = HEAD_ROWS
    for row, (unit, values) in enumerate(city.units.items(), start=HEAD_ROWS + 1):
        put_text(sheet.cell(row, 1), unit.code)
        put_text(sheet.cell(row, 2), unit.name)
        for column, figure in enumerate(figures, start=FIRST_FIGURE):
            sheet.cell(row, column).value = _shown(figure, values)
    _write_totals(sheet, city, figures, last=row)
    _set_looks(sheet, figures)
    _set_widths(sheet, city, figures)
    _set_page(sheet)


def totals(city: CityFigures, figures: Sequence[Figure]) -> Mapping[str, str]:
    """The cell of the matrix that holds the total of each figure, by slug; of those that were reported."""
    row = HEAD_ROWS + len(city.units) + 1
    return {
        figure.slug: absolute_coordinate(f"{get_column_letter(column)}{row}")
        for column, figure in enumerate(figures, start=FIRST_FIGURE)
        if figure.slug in city.total
    }


def _write_head(sheet: Worksheet, figures: Sequence[Figure]) -> None:
    put_text(sheet.cell(1, 1), _("附件与行次"))
    put_text(sheet.cell(2, 1), _("工会编码"))
    put_text(sheet.cell(2, 2), _("填报单位"))
    for column, figure in enumerate(figures, start=FIRST_FIGURE):
        put_text(sheet.cell(1, column), f"{figure.form}-{figure.line}")
        put_text(sheet.cell(2, column), f"{figure.label}（{figure.unit.label}）")
        put_text(sheet.cell(3, column), figure.slug)


def _shown(figure: Figure, values: Values) -> int | Decimal | str:
    """The number in the unit of the form; a dash for a figure that was not reported."""
    return figure.unit.shown(values[figure.slug]) if figure.slug in values else UNKNOWN


def _write_totals(sheet: Worksheet, city: CityFigures, figures: Sequence[Figure], last: int) -> None:
    put_text(sheet.cell(last + 1, 2), _("合计"))
    for column, figure in enumerate(figures, start=FIRST_FIGURE):
        letter, cell = get_column_letter(column), sheet.cell(last + 1, column)
        if figure.slug not in city.total or last == HEAD_ROWS:  # without any unit the range would hold the total itself
            cell.value = _shown(figure, city.total)
        else:
            formula = f"=SUM({letter}{HEAD_ROWS + 1}:{letter}{last})"
            put_formula(cell, formula, figure.unit.shown(city.total[figure.slug]))


def _set_looks(sheet: Worksheet, figures: Sequence[Figure]) -> None:
    formats = {column: figure.unit.number_format for column, figure in enumerate(figures, start=FIRST_FIGURE)}
    for row in sheet.iter_rows(max_col=FIRST_FIGURE + len(figures) - 1):
        for cell in row:
            cell.border = BOXED
            is_head, is_total = cell.row <= HEAD_ROWS, cell.row == sheet.max_row
            cell.font = Font(name="宋体", size=9 if cell.row == HEAD_ROWS else 11, bold=is_total or cell.row == 2)
            if is_head:
                cell.fill = HEAD_FILL
                cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            elif cell.column in formats:
                cell.number_format = formats[cell.column]
                cell.alignment = Alignment(horizontal="right", shrink_to_fit=True)


def _set_widths(sheet: Worksheet, city: CityFigures, figures: Sequence[Figure]) -> None:
    """Columns as wide as their total: a sum that does not fit would show as ###."""
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = CODE_WIDTH, NAME_WIDTH
    for column, figure in enumerate(figures, start=FIRST_FIGURE):
        digits = len(figure.unit.format(city.total.get(figure.slug, 0)))
        sheet.column_dimensions[get_column_letter(column)].width = max(LEAST_WIDTH, digits * 1.3 + 2)
    sheet.row_dimensions[2].height = 66
    sheet.row_dimensions[HEAD_ROWS].hidden = True  # slugs: for machines


def _set_page(sheet: Worksheet) -> None:
    sheet.freeze_panes = sheet.cell(HEAD_ROWS + 1, FIRST_FIGURE)
    sheet.print_title_rows, sheet.print_title_cols = f"1:{HEAD_ROWS}", "A:B"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = PAGES_WIDE, 0
