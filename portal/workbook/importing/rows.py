"""From a sheet as read to rows of clean values: headings, merged cells, and each cell by its kind."""

from django.utils.translation import gettext as _

from portal.identity import IdentityError
from portal.workbook.cells import CellFault
from portal.workbook.errors import WorkbookError
from portal.workbook.importing.book import Book, Row
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.raw import shown
from portal.workbook.reading.reader import ReadSheet, ReadWorkbook
from portal.workbook.sheets import Column, heading_text

LAST_HEADING_ROW = 1
BLANK = (None, "")


def take(book: Book, read: ReadWorkbook) -> None:
    """Fill `book` with the rows of every sheet that it knows; what is ignored becomes a notice."""
    book.notices.extend(_("已忽略不认识的工作表“%(sheet)s”") % {"sheet": title} for title in read.ignored)
    for read_sheet in read.sheets:
        _take_sheet(book, book.workbook.by_title[read_sheet.title], read_sheet)


def _take_sheet(book: Book, sheet: ImportedSheet, read: ReadSheet) -> None:
    book.rows[sheet] = []
    if read.hidden_rows:
        book.notices.append(
            _("“%(sheet)s”有 %(count)d 行被隐藏，也已读入") % {"sheet": sheet.title, "count": read.hidden_rows}
        )
    columns = _columns(book, sheet, read.header) if read.header or read.rows else {}
    book.columns[sheet] = {column.attribute: position for position, column in columns.items()}
    _refuse_merged_cells(book, sheet, read, columns)
    # A required column that is missing makes its cell of every row a faulty one: nothing is concluded from it.
    missing = {column.attribute for column in sheet.columns if column.required} - book.columns[sheet].keys()
    for number, cells in read.rows:
        row = _row(book, sheet, number, cells, columns)
        row.faulty |= missing
        book.rows[sheet].append(row)


def _columns(book: Book, sheet: ImportedSheet, header: list) -> dict[int, Column]:
    """Known columns by position; a missing required one or a repeated heading is an error of the column."""
    columns: dict[int, Column] = {}
    for position, raw in enumerate(header):
        heading = _heading(raw)
        column = sheet.by_heading.get(heading)
        if column is None:
            if heading:
                book.notices.append(
                    _("“%(sheet)s”中已忽略不认识的列“%(heading)s”") % {"sheet": sheet.title, "heading": heading}
                )
        elif column in columns.values():
            book.errors.append(WorkbookError(sheet.title, None, column.heading, None, _("此列出现了两次，请删去一列")))
        else:
            columns[position] = column
    for column in sheet.columns:
        if column.required and column not in columns.values():
            book.errors.append(WorkbookError(sheet.title, None, column.heading, None, _("缺少此必填列，请补上")))
    return columns


def _heading(raw) -> str:
    try:
        return heading_text(shown(raw) or "")
    except IdentityError:
        return shown(raw) or ""


def _refuse_merged_cells(book: Book, sheet: ImportedSheet, read: ReadSheet, columns: dict[int, Column]) -> None:
    """Of merged cells only the first has a value, so the rows below would lose theirs."""
    for first_row, first_column, last_row, last_column in read.merges:
        touched = [columns[at - 1] for at in range(first_column, last_column + 1) if at - 1 in columns]
        if touched and last_row > LAST_HEADING_ROW:
            reason = _("第 %(first)d–%(last)d 行被合并，请取消合并后逐行填写") % {"first": first_row, "last": last_row}
            book.errors.append(WorkbookError(sheet.title, first_row, touched[0].heading, None, reason))


def _row(book: Book, sheet: ImportedSheet, number: int, cells: list, columns: dict[int, Column]) -> Row:
    raw = {column.attribute: cells[place] if place < len(cells) else None for place, column in columns.items()}
    row = Row(sheet, number, raw)
    for column in columns.values():
        reason = _clean(row, column)
        if reason:
            book.refuse(row, column.attribute, reason)
    return row


def _clean(row: Row, column: Column) -> str | None:
    """Put the clean value of one cell into `row`; the reason if it has none."""
    raw = row.raw[column.attribute]
    try:
        value = column.cell.empty if raw is None else column.cell.clean(raw)
    except CellFault as fault:
        return str(fault)
    row.values[column.attribute] = value
    return _("必须填写") if column.required and value in BLANK else None
