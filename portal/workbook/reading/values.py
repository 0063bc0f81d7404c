"""The values of one sheet, row by row, as JSON can carry them. Free of Django.

None, text and numbers travel as they are; a date as {"d": …}, what is never data as {"f": …}, {"b": …} or {"e": …}.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from python_calamine import CalamineWorkbook

from portal.workbook.reading import limits
from portal.workbook.reading.references import Area
from portal.workbook.reading.refusal import RefusedError
from portal.workbook.reading.sheetscan import SheetScan

TAGS = {"formula": "f", "error": "e"}


def numbered_rows(workbook: CalamineWorkbook, name: str, scan: SheetScan) -> Iterator[tuple[int, list]]:
    """Rows that are not blank, with the numbers that the spreadsheet shows; row 1 always, if there is any.

    Leaves in `scan.merges` only those that hold something, which is told by their first cell.
    """
    sheet = workbook.get_sheet_by_name(name)
    if sheet.total_height > limits.ROWS or sheet.total_width > limits.COLUMNS:
        raise RefusedError("damaged")
    marked = defaultdict(list)
    for (row, column), (marker, pieces) in scan.marked.items():
        marked[row].append((column, _tagged(marker, "".join(pieces).strip())))
    # Rows before the first filled one are counted only without skipping.
    corners = defaultdict(list)
    for area in scan.merges:
        corners[area[0]].append(area)
    scan.merges = []
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        _check_lengths(cells, name, scan)
        values: list = [None if value == "" else value for value in cells]
        _overlay(values, marked.pop(number, ()))
        if number == 1 or any(value is not None and not _blank(value) for value in values):
            _keep_merges(scan, corners.pop(number, ()), values)
            yield number, values
    for number in sorted(marked):  # below all values: formulas of which no result was stored
        values = _overlay([], marked[number])
        _keep_merges(scan, corners.pop(number, ()), values)
        yield number, values


def _keep_merges(scan: SheetScan, areas: Iterable[Area], values: list) -> None:
    for area in areas:
        left = area[1]
        if left <= len(values) and values[left - 1] is not None and not _blank(values[left - 1]):
            scan.budget.cover(area)
            scan.merges.append(area)
            if len(scan.merges) > limits.MERGES:
                raise RefusedError("too_many_merges")


def _check_lengths(row: list, name: str, scan: SheetScan) -> None:
    """A small file may name one long shared text in every cell: what all cells hold together counts, too."""
    length = sum([len(value) for value in row if value.__class__ is str])
    scan.budget.spend_text(length)
    if length > limits.TEXT and any(isinstance(value, str) and len(value) > limits.TEXT for value in row):
        raise RefusedError("text_too_long", sheet=name)


def _overlay(values: list, marks: Iterable[tuple[int, dict]]) -> list:
    for column, tagged in marks:
        values.extend([None] * (column - len(values)))
        values[column - 1] = tagged
    return values


def _blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


def _tagged(marker: str, text: str) -> dict:
    if marker == "boolean":
        return {"b": text in ("1", "true")}
    return {TAGS[marker]: text}


def portable(value: object) -> object:
    """What json cannot carry by itself."""
    if isinstance(value, datetime):
        return {"d": value.date().isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    return str(value)  # a time of day or a duration, which no column holds: to be shown as it is
