"""The process that loads an uploaded workbook whole and marks it. Run as a module; free of Django.

Arguments: the file, and where the copy goes; the faults come as JSON on standard input. Any failure is an exit code.
"""

import json
import resource
import sys
import warnings
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from portal.text import normalise
from portal.workbook.marking.cells import mark, settle
from portal.workbook.marking.faultlist import FaultList, add_fault_list
from portal.workbook.reading.child import prescan
from portal.workbook.reading.headings import ROWS_SEARCHED, find_heading_row, fold_heading
from portal.workbook.reading.prescan import Budget

MEMORY_BYTES = 1024**3
CPU_SECONDS = 80


def main() -> None:
    source, target = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    faults = FaultList(**json.load(sys.stdin))
    with Path(source).open("rb") as file:
        _found, scans = prescan(file, [])
    budget = Budget()
    for scan in scans.values():
        for area in (*scan.merges, *scan.links):
            budget.cover(area)  # full loading makes an object of each cell
    warnings.simplefilter("ignore")  # openpyxl names what it will not keep
    spreadsheet = load_workbook(source, keep_links=False)
    for tab in spreadsheet.worksheets:
        settle(tab)
        _mark_tab(tab, faults)
    add_fault_list(spreadsheet, faults)
    spreadsheet.save(target)


def _mark_tab(tab: Worksheet, faults: FaultList) -> None:
    """Marks cells, columns at their headings, and a sheet at its first heading; a misspelt sheet by its own name."""
    titles = {normalise(title): headings for title, headings in faults.columns.items()}
    here = normalise(tab.title)
    headings = _headings(tab, set(map(fold_heading, titles.get(here, ()))))
    reasons = defaultdict(list)
    for sheet, row, column, value, reason in faults.rows:
        if sheet and normalise(sheet) == here:
            places = headings.places
            place = places.get(fold_heading(column or "")) or places.get(fold_heading(value or "") if not row else "")
            reasons[row or headings.row, place or headings.first].append(reason)
        elif sheet and not (row or column) and here not in titles and value == tab.title:
            reasons[1, 1].append(reason)
    for (row, column), texts in reasons.items():
        mark(tab, row, column, texts)


@dataclass
class _Headings:
    """The row to mark headings in, the columns of all of them, folded, and the first column."""

    row: int
    places: dict[str, int]
    first: int = 1


def _headings(tab: Worksheet, known: set[str]) -> _Headings:
    cells = tab.iter_rows(max_row=ROWS_SEARCHED, values_only=True)
    rows = [(number, row) for number, row in enumerate(cells, start=1) if any(cell is not None for cell in row)]
    merges = [(area.min_row, area.min_col, area.max_row, area.max_col) for area in tab.merged_cells.ranges]
    found = find_heading_row(rows, lambda text: fold_heading(text) in known, merges)
    if found is None:
        return _Headings(1, {})
    places = {fold_heading(text): position + 1 for position, text in found.texts.items()}
    return _Headings(found.last, places, min(places.values()))


if __name__ == "__main__":
    main()
