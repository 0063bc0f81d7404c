"""From a sheet as read to rows of clean values: headings, rows that are none, merged cells, each cell by its kind."""

from collections import defaultdict

from django.utils.translation import gettext as _

from portal.workbook.cells import CellFault
from portal.workbook.errors import WorkbookError
from portal.workbook.importing.book import Book, Row, misheaded_words
from portal.workbook.importing.chunks import numbers_in_words
from portal.workbook.importing.likeness import alike
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.reading.headings import HeadingRow, find_heading_row, fold_heading
from portal.workbook.reading.norows import is_blank, why_no_row
from portal.workbook.reading.reader import ReadSheet, ReadWorkbook
from portal.workbook.reading.references import letters
from portal.workbook.reading.words import NO_ROWS
from portal.workbook.sheets import Column, heading_text

BLANK = (None, "")
Columns = dict[int, Column]  # by position in the file


def take(book: Book, read: ReadWorkbook) -> None:
    """Fill `book` with the rows of every sheet that it knows; what is ignored becomes a notice."""
    book.date1904 = read.date1904
    missing = book.workbook.by_title.keys() - {sheet.title for sheet in read.sheets}
    for title in read.ignored:
        notice = _("已忽略不认识的工作表“%(sheet)s”") % {"sheet": title}
        meant = alike(title, missing)
        if meant:
            book.misspelt[book.workbook.by_title[meant].title] = title
            notice += _("（名称与“%(title)s”相近，如果就是它，请改正名称）") % {"title": meant}
        book.notices.append(notice)
    book.unreliable |= book.misspelt.keys()
    for read_sheet in read.sheets:
        _take_sheet(book, book.workbook.by_title[read_sheet.title], read_sheet)


def _take_sheet(book: Book, sheet: ImportedSheet, read: ReadSheet) -> None:
    book.rows[sheet] = []
    book.columns[sheet] = {}
    if not read.all_rows:
        return
    headings = find_heading_row(read.all_rows, lambda text: fold_heading(text) in sheet.by_folded, read.merges)
    if headings is None:
        _refuse_sheet_without_headings(book, sheet)
        return
    _notice_reading(book, sheet, read, headings)
    columns = _columns(book, sheet, headings)
    book.columns[sheet] = {column.attribute: position for position, column in columns.items()}
    # A required column that is missing makes its cell of every row a faulty one: nothing is concluded from it.
    missing = {column.attribute for column in sheet.columns if column.required} - book.columns[sheet].keys()
    if missing:
        book.unreliable.add(sheet.title)
    rows, skipped = _records(sheet, read, headings, columns)
    _notice_skipped(book, sheet, skipped)
    _notice_columns_without_heading(book, sheet, rows, headings)
    _refuse_merged_cells(book, sheet, read, columns, {number for number, _cells in rows})
    for number, cells in rows:
        row = _row(book, sheet, number, cells, columns)
        row.faulty |= missing
        book.rows[sheet].append(row)


def _refuse_sheet_without_headings(book: Book, sheet: ImportedSheet) -> None:
    """One fault, of the sheet: without headings every column would be missing, and all that refers to it unknown."""
    book.unreliable.add(sheet.title)
    reason = _("前 20 行里没有找到表头，请把表头（如“%(heading)s”）写在数据上方的一行") % {"heading": sheet.key.heading}
    book.errors.append(WorkbookError(sheet.title, None, None, None, reason))


def _notice_reading(book: Book, sheet: ImportedSheet, read: ReadSheet, headings: HeadingRow) -> None:
    if read.hidden_rows:
        values = {"sheet": sheet.title, "count": read.hidden_rows}
        book.notices.append(_("“%(sheet)s”有 %(count)d 行被隐藏，也已读入") % values)
    if headings.last > 1:
        rows = numbers_in_words(range(headings.first, headings.last + 1))
        notice = _("“%(sheet)s”的表头在第 %(rows)s 行，上面的内容没有读入")
        book.notices.append(notice % {"sheet": sheet.title, "rows": rows})


def _columns(book: Book, sheet: ImportedSheet, headings: HeadingRow) -> Columns:
    """Known columns by position; a missing required one or a repeated heading is an error of the column."""
    columns: Columns = {}
    unknown: list[str] = []
    for position, text in headings.texts.items():
        column = sheet.by_folded.get(fold_heading(text))
        if column is None:
            unknown.append(_cleaned(text))
        elif column in columns.values():
            book.errors.append(WorkbookError(sheet.title, None, column.heading, None, _("此列出现了两次，请删去一列")))
        else:
            columns[position] = column
    unknown = [heading for heading in unknown if heading]
    if unknown:
        values = {"sheet": sheet.title, "headings": _("、").join(_("“%s”") % heading for heading in unknown)}
        book.notices.append(_("“%(sheet)s”中已忽略不认识的列%(headings)s") % values)
    for column in sheet.columns:
        if column not in columns.values():
            _tell_missing(book, sheet, column, unknown)
    return columns


def _tell_missing(book: Book, sheet: ImportedSheet, column: Column, unknown: list[str]) -> None:
    """A missing column: with the heading that may be meant, where an unknown one is like it."""
    meant = alike(column.heading, unknown)
    values = {"sheet": sheet.title, "column": column.heading, "heading": meant}
    if column.required:
        hint = misheaded_words() if meant else _("缺少此必填列，请补上")
        book.errors.append(WorkbookError(sheet.title, None, column.heading, meant, hint % values))
    elif meant:
        book.misheaded[sheet.title, column.heading] = meant
        notice = _("“%(sheet)s”的表头“%(heading)s”与“%(column)s”相近，如果就是它，请改正表头")
        book.notices.append(notice % values)


def _cleaned(heading: str) -> str:
    try:
        return heading_text(heading)
    except ValueError:  # a character that turns the text round
        return heading


def _records(sheet: ImportedSheet, read: ReadSheet, headings: HeadingRow, columns: Columns) -> tuple[list, dict]:
    """The rows below the headings that are records, and by reason the numbers of those that are none."""
    texts = {position: column.heading for position, column in columns.items()}
    keys = [position for position, column in columns.items() if column is sheet.key]
    rows, skipped = [], defaultdict(list)
    for number, cells in read.all_rows:
        if number <= headings.last:
            continue
        why = why_no_row(cells, texts, keys)
        if why is None:
            rows.append((number, cells))
        elif not all(map(is_blank, cells)):
            skipped[why].append(number)
    return rows, skipped


def _notice_skipped(book: Book, sheet: ImportedSheet, skipped: dict[str, list[int]]) -> None:
    for why, numbers in skipped.items():
        values = {"sheet": sheet.title, "rows": numbers_in_words(numbers), "why": NO_ROWS[why]}
        book.notices.append(_("“%(sheet)s”第 %(rows)s 行%(why)s，已跳过") % values)


def _notice_columns_without_heading(book: Book, sheet: ImportedSheet, rows: list, headings: HeadingRow) -> None:
    lost = {at for _number, cells in rows for at, cell in enumerate(cells) if at not in headings.texts}
    lost = {at for at in lost if any(at < len(cells) and not is_blank(cells[at]) for _number, cells in rows)}
    if lost:
        names = _("、").join(letters(at + 1) for at in sorted(lost))
        notice = _("“%(sheet)s”的 %(columns)s 列没有表头，其中的内容已忽略")
        book.notices.append(notice % {"sheet": sheet.title, "columns": names})


def _refuse_merged_cells(book: Book, sheet: ImportedSheet, read: ReadSheet, columns: Columns, rows: set[int]) -> None:
    """Of merged cells only the first has a value, so the rows below would lose theirs."""
    for first_row, first_column, last_row, last_column in read.merges:
        touched = [columns[at - 1] for at in range(first_column, last_column + 1) if at - 1 in columns]
        if touched and first_row in rows:
            reason = _("第 %(first)d–%(last)d 行被合并，请取消合并后逐行填写") % {"first": first_row, "last": last_row}
            book.errors.append(WorkbookError(sheet.title, first_row, touched[0].heading, None, reason))


def _row(book: Book, sheet: ImportedSheet, number: int, cells: list, columns: Columns) -> Row:
    raw = {column.attribute: cells[place] if place < len(cells) else None for place, column in columns.items()}
    row = Row(sheet, number, raw)
    for column in columns.values():
        reason = clean_cell(book, row, column)
        if reason:
            book.refuse(row, column.attribute, reason)
    return row


def clean_cell(book: Book, row: Row, column: Column) -> str | None:
    """Put the clean value of one cell into `row`; the reason if it has none."""
    raw = row.raw[column.attribute]
    read = column.cell.clean if column.required else column.cell.clean_optional
    try:
        value = column.cell.empty if raw is None else read(raw, date1904=book.date1904)
    except CellFault as fault:
        return str(fault)
    row.values[column.attribute] = value
    return _("必须填写") if column.required and value in BLANK else None
