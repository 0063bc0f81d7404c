"""变动情况表 as a workbook: the numbers on one sheet, the names on one for each subject."""

import io
from collections.abc import Iterable

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from portal.workbook.writing import put, put_heading
from reports.beside.movement import CONTINUING, ENDED, LABELS, NEW, SUBJECTS, Movement

WIDTHS = (16, 16, 44, 12)


def movement_workbook(of: Movement) -> bytes:
    """The whole sheet. Names and reasons are text, whatever they begin with."""
    book = Workbook()
    _write_numbers(book.active, of)
    for subject, label in SUBJECTS.items():
        _write_names(book.create_sheet(str(label)), of, subject)
    for sheet in book:
        _set_page(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sides_said(of: Movement) -> str:
    """What is compared with what, and that reasons are those of today."""
    now = {"day": of.after.window.cut_off}
    after = _("今年的是已报送的记录") if of.after.submission else _("今年的是截至 %(day)s 的记录") % now
    return _("%(before)s；%(after)s。“其中”各项按现在的记录写明。") % {"before": _before_said(of), "after": after}


def _before_said(of: Movement) -> str:
    if of.before is None:
        return _("没有上一年度的个案记录，全部为新增")
    values = {"year": of.before.window.year, "day": of.before.window.cut_off}
    if of.before.submission:
        return _("与 %(year)d 年已接收的报表（截止 %(day)s）相比") % values
    return _("%(year)d 年没有已接收的报表，改与该年现在的记录（截止 %(day)s）相比") % values


def _write_numbers(sheet: Worksheet, of: Movement) -> None:
    sheet.title = _("变动情况表")
    values = {"unit": of.report.union.name, "year": of.after.window.year}
    put(sheet.cell(1, 1), _("%(unit)s %(year)d 年变动情况表") % values)
    put(sheet.cell(2, 1), sides_said(of))
    _write_row(sheet, 3, (_("对象"), _("变动"), _("情况"), _("数量")), head=True)
    for row, cells in enumerate(_lines(of), start=4):
        _write_row(sheet, row, cells)


def _lines(of: Movement) -> Iterable[tuple]:
    for subject, label in SUBJECTS.items():
        yield str(label), _("上年"), "", of.count(subject, CONTINUING, ENDED)
        for direction, words in LABELS[subject].items():
            yield str(label), str(words), "", of.count(subject, direction)
            for why, count in of.reasons(subject, direction):
                yield str(label), str(words), why, count
        yield str(label), _("今年"), "", of.count(subject, CONTINUING, NEW)


def _write_names(sheet: Worksheet, of: Movement, subject: str) -> None:
    _write_row(sheet, 1, (_("变动"), _("档案编号"), _("情况"), _("姓名")), head=True)
    rows = (
        (str(words), mover.file_number, mover.why, mover.name)
        for direction, words in LABELS[subject].items()
        for mover in of.movers[subject][direction]
    )
    for row, cells in enumerate(rows, start=2):
        _write_row(sheet, row, cells)


def _write_row(sheet: Worksheet, row: int, cells: Iterable, *, head: bool = False) -> None:
    for column, value in enumerate(cells, start=1):
        (put_heading if head else put)(sheet.cell(row, column), value)


def _set_page(sheet: Worksheet) -> None:
    for letter, width in zip("ABCD", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
