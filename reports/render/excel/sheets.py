"""Plain tables beside the forms in the city's workbook: who is missing, and the years before."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.beside.years import Years
from reports.figures.registry import Figure
from reports.render.city import CityPrint
from reports.render.excel.cells import put_text
from reports.render.excel.matrix import BOXED, HEAD_FILL
from reports.render.formulas import put_formula

NAME_WIDTH, NUMBER_WIDTH = 44, 16
Number = int | Decimal
COLUMNS_A_YEAR = 3  # the number, its change, and that in per cent


def add_missing(sheet: Worksheet, also: CityPrint) -> None:
    """The units that are missing, one a row; that there is none is said, too. Then what else there is to say."""
    put_text(sheet.cell(1, 1), _("缺报单位（%d 个）") % len(also.missing))
    said = (*(also.missing or (also.said,)), *also.remarks)
    for row, name in enumerate(said, start=2):
        put_text(sheet.cell(row, 1), name)
    _finish(sheet, head_rows=1, landscape=False)
    sheet.column_dimensions["A"].width = NAME_WIDTH * 1.5


def add_years(sheet: Worksheet, years: Years, figures: Sequence[Figure]) -> None:
    """A row per figure, for each year its number; changes are formulas over the numbers beside them."""
    _write_heads(sheet, years)
    for row, figure in enumerate(figures, start=3):
        put_text(sheet.cell(row, 1), f"{figure.form}-{figure.line} {figure}（{figure.unit.label}）")
        for position, year in enumerate(years.years):
            value = years.value(year, figure)
            if value is not None:
                cell = sheet.cell(row, 2 + COLUMNS_A_YEAR * position, figure.unit.shown(value))
                cell.number_format = figure.unit.number_format
            if position:
                before = years.value(years.years[position - 1], figure)
                _write_change(sheet, row, 2 + COLUMNS_A_YEAR * position, figure, (before, value))
    _finish(sheet, head_rows=2, landscape=True)
    sheet.column_dimensions["A"].width = NAME_WIDTH


def _write_heads(sheet: Worksheet, years: Years) -> None:
    put_text(sheet.cell(2, 1), _("数字"))
    for position, year in enumerate(years.years):
        first = 2 + COLUMNS_A_YEAR * position
        put_text(
            sheet.cell(1, first),
            _("%(year)d 年（%(units)d 个单位）") % {"year": year.campaign.year, "units": year.units},
        )
        for offset, words in enumerate((_("报送数"), _("比上年增减"), _("增减 %"))):
            put_text(sheet.cell(2, first + offset), words)
            sheet.column_dimensions[get_column_letter(first + offset)].width = NUMBER_WIDTH


def _write_change(
    sheet: Worksheet, row: int, column: int, figure: Figure, numbers: tuple[Number | None, Number | None]
) -> None:
    """The change between two years whose `numbers` stand in the sheet, and in per cent."""
    earlier, later = numbers
    known = None not in numbers
    now = f"{get_column_letter(column)}{row}"
    before = f"{get_column_letter(column - COLUMNS_A_YEAR)}{row}"
    both = f'OR({now}="",{before}="")'
    change, percent = sheet.cell(row, column + 1), sheet.cell(row, column + 2)
    put_formula(change, f'=IF({both},"",{now}-{before})', figure.unit.shown(later - earlier) if known else "")
    change.number_format = figure.unit.number_format
    share = Decimal(later - earlier) / Decimal(earlier) if known and earlier else ""
    put_formula(percent, f'=IF({both},"",IF({before}=0,"",({now}-{before})/{before}))', share)
    percent.number_format = "+0.0%;-0.0%;0.0%"


def _finish(sheet: Worksheet, *, head_rows: int, landscape: bool) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            cell.border, is_head = BOXED, cell.row <= head_rows
            cell.font = Font(name="宋体", size=11, bold=is_head)
            if is_head:
                cell.fill, cell.alignment = HEAD_FILL, Alignment(horizontal="center", wrap_text=True)
    sheet.freeze_panes = sheet.cell(head_rows + 1, 2)
    sheet.print_title_rows = f"1:{head_rows}"
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
