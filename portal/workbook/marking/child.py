"""The process that loads an uploaded workbook whole and marks it. Run as a module; free of Django.

Arguments: the file, and where the copy goes; the faults come as JSON on standard input. Any failure is an exit code.
"""

import json
import resource
import sys
import warnings
from collections import defaultdict
from pathlib import Path

from openpyxl import load_workbook

from portal.text import normalise
from portal.workbook.marking.cells import mark, settle
from portal.workbook.marking.faultlist import FaultList, add_fault_list
from portal.workbook.reading.child import prescan
from portal.workbook.reading.prescan import Budget

MEMORY_BYTES = 1024**3
CPU_SECONDS = 80


def main() -> None:
    source, target = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    faults = FaultList(**json.load(sys.stdin))
    with Path(source).open("rb") as file:
        _found, scans = prescan(file, set())
    budget = Budget()
    for scan in scans.values():
        for area in (*scan.merges, *scan.links):
            budget.cover(area)  # full loading makes an object of each cell
    warnings.simplefilter("ignore")  # openpyxl names what it will not keep
    spreadsheet = load_workbook(source, keep_links=False)
    for tab in spreadsheet.worksheets:
        settle(tab)
        _mark_tab(tab, [row for row in faults.rows if row[0] and normalise(row[0]) == normalise(tab.title)])
    add_fault_list(spreadsheet, faults)
    spreadsheet.save(target)


def _mark_tab(tab, rows: list[list]) -> None:
    columns = {_heading(cell.value): cell.column for cell in tab[1] if isinstance(cell.value, str)}
    reasons = defaultdict(list)
    for _sheet, row, column, _value, reason in rows:
        reasons[row or 1, columns.get(_heading(column or ""), 1)].append(reason)
    for (row, column), texts in reasons.items():
        mark(tab, row, column, texts)


def _heading(text: str) -> str:
    return normalise(text).removesuffix("*").rstrip()


if __name__ == "__main__":
    main()
