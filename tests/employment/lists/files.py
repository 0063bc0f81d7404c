"""Lists as files, as a union would keep them: a title, a line of who and when, headings, rows, totals, signatures."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

import openpyxl

Rows = Sequence[Sequence]
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
ODS_TAIL = "</office:spreadsheet></office:body></office:document-content>"


def xlsx(rows: Rows, *, merges: Iterable[str] = (), sheet: str = "Sheet1") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for merge in merges:
        page.merge_cells(merge)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def csv_file(rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([["" if cell is None else cell for cell in row] for row in rows])
    return text.getvalue().encode(encoding)


def ods(rows: Rows, *, sheet: str = "表1") -> bytes:
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", ODS_TYPE, zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
            ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml", f'{ODS_HEAD}<table:table table:name="{escape(sheet)}">{lines}</table:table>{ODS_TAIL}'
        )
    return content.getvalue()


def _ods_cell(cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, (int, float)):
        value = f'office:value-type="float" office:value="{cell}"'
    else:
        value = 'office:value-type="string"'
    return f"<table:table-cell {value}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


def as_union_keeps(headings: Sequence[str], rows: Rows, *, title: str, below: Rows = ()) -> tuple[list, list[str]]:
    """The rows of a sheet and its merged cells: a title and who filled it in over the whole width, headings, rows with
    running numbers, and what stands below them."""
    width = len(headings) + 1
    head = [[title], ["填报单位：东湖区总工会（盖章）        填报日期：2026年7月20日"], []]
    lines = [[place, *row] for place, row in enumerate(rows, start=1)]
    last = openpyxl.utils.get_column_letter(width)
    return [*head, ["序号", *headings], *lines, *below], [f"A1:{last}1", f"A2:{last}2"]
