"""Sheets of files that are no .xlsx: .xls and .ods through calamine, .csv through the csv module. Free of Django."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from python_calamine import CalamineSheet, CalamineWorkbook

from portal.workbook.reading import limits
from portal.workbook.reading.archive import checked_entries
from portal.workbook.reading.refusal import RefusedError

CSV_TITLE = "csv"
DELIMITERS = ",\t;"
# Chinese Windows writes the last; what is neither of the others is taken for it.
ENCODINGS = ("utf-8-sig", "gb18030")

FlatSheet = tuple[str, list[tuple[int, int, int, int]], Iterator[tuple[int, list]]]


def flat_sheets(path: Path, kind: str) -> Iterator[FlatSheet]:
    """Title, merged areas (from row and column 1) and numbered rows of each sheet. Raises RefusedError."""
    if kind == "csv":
        yield CSV_TITLE, [], _csv_rows(path.read_bytes())
        return
    # By what is in the file, whatever its name ends with.
    with path.open("rb") as file, _opened(file, kind) as workbook:
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            merges = [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in _merged(sheet)]
            yield name, merges, _calamine_rows(sheet)


def _opened(file: BinaryIO, kind: str) -> CalamineWorkbook:
    if kind == "ods":
        checked_entries(file)
        file.seek(0)
    return CalamineWorkbook.from_filelike(file)


def _merged(sheet: CalamineSheet) -> list:
    return sheet.merged_cell_ranges or []


def _calamine_rows(sheet: CalamineSheet) -> Iterator[tuple[int, list]]:
    if sheet.total_height > limits.ROWS:
        raise RefusedError("too_many_rows", sheet=sheet.name)
    if sheet.total_width > limits.COLUMNS:
        raise RefusedError("too_many_columns", sheet=sheet.name)
    yield from _filled(sheet.to_python(skip_empty_area=False))


def _csv_rows(content: bytes) -> Iterator[tuple[int, list]]:
    text = _decoded(content)
    csv.field_size_limit(limits.TEXT)
    head = text[:10_000]
    delimiter = max(DELIMITERS, key=head.count)
    try:
        yield from _filled(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise RefusedError("damaged") from None


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("gb18030", errors="replace")


def _filled(rows: Iterable[list]) -> Iterator[tuple[int, list]]:
    cells = 0
    for number, row in enumerate(rows, start=1):
        if number > limits.ROWS:
            raise RefusedError("too_many_rows")
        if len(row) > limits.COLUMNS:
            raise RefusedError("too_many_columns")
        values = [None if isinstance(value, str) and not value.strip() else value for value in row]
        if any(value is not None for value in values):
            cells += len(values)
            if cells > limits.CELLS:
                raise RefusedError("too_many_cells")
            if any(isinstance(value, str) and len(value) > limits.TEXT for value in values):
                raise RefusedError("text_too_long")
            yield number, values
