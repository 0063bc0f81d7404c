"""The process that opens a file nobody has looked at yet. Run as a module; free of Django, for a quick start.

Writes one JSON value a line: ["workbook", whether days count from 1904]; for each sheet ["sheet", title, hidden rows],
["rows", [[number, values], …]] and ["merges", areas]; ["ignored", titles, hidden titles]; and ["end"] last, so that a
process that died is known by its silence; or ["refused", code, sheet, values].
"""

import json
import resource
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

from portal.workbook.reading import limits
from portal.workbook.reading.archive import checked_entries, part_name, unpacked
from portal.workbook.reading.contents import Contents, Tab, contents
from portal.workbook.reading.flat import flat_sheets
from portal.workbook.reading.prescan import Budget, PartScan, Scan, TextScan, feed
from portal.workbook.reading.refusal import RefusedError
from portal.workbook.reading.sheetscan import SheetScan
from portal.workbook.reading.values import numbered_rows, portable

ROWS_PER_LINE = 100
SHARED_STRINGS = "xl/sharedstrings.xml"


def main() -> None:
    path, titles, kind = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3]
    _bound()
    answer(path, titles, kind)


def answer(path: str, titles: list[str] | None, kind: str) -> None:
    """Write what is in the file, or why it is refused."""
    try:
        if kind == "xlsx":
            _read(path, titles)
        else:
            _read_flat(Path(path), kind)
    except RefusedError as refused:
        _write(["refused", refused.code, refused.sheet, list(refused.values.items())])
    except CalamineError:
        _write(["refused", "damaged", None, []])
    except MemoryError:
        _write(["refused", "too_heavy", None, []])


def _bound() -> None:
    for kind, limit in (
        (resource.RLIMIT_AS, limits.MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))
    # A hard limit as low would end it like the parent's alarm does, and the parent tells the two apart.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CPU_SECONDS, limits.CPU_SECONDS + 5))


def _read(path: str, titles: list[str] | None) -> None:
    """The sheets of these titles; without titles, all that are not hidden."""
    with Path(path).open("rb") as file:
        found, scans = prescan(file, titles)
    _write(["workbook", found.date1904])
    titles = [tab.title for tab in found.tabs if not tab.hidden] if titles is None else titles
    # By what is in the file, whatever its name ends with.
    with Path(path).open("rb") as file, CalamineWorkbook.from_filelike(file) as workbook:
        for tab in found.tabs:
            if tab.title in titles:
                _send(workbook, tab, scans[tab.part])
    ignored = [tab for tab in found.tabs if tab.title not in titles]
    _write(["ignored", [tab.name for tab in ignored], [tab.name for tab in ignored if tab.hidden]])
    _write(["end"])


def _read_flat(path: Path, kind: str) -> None:
    for title, merges, rows in flat_sheets(path, kind):
        _write(["sheet", title, 0])
        _send_rows(rows)
        _write(["merges", merges])
    _write(["ignored", [], []])
    _write(["end"])


def prescan(file: BinaryIO, titles: list[str] | None) -> tuple[Contents, dict[str, SheetScan]]:
    """Looks through the whole file without unpacking it to memory. Raises RefusedError."""
    entries = {part_name(entry.filename): entry for entry in checked_entries(file)}
    budget = Budget()
    found = contents(file, entries, budget)
    scans = {tab.part: SheetScan(budget, detailed=titles is None or tab.title in titles) for tab in found.tabs}
    by_part = {tab.part: tab for tab in found.tabs}
    for name, entry in entries.items():
        if _is_markup(file, entry):
            _scan(file, entry, scans.get(name) or _other_scan(name, budget), by_part.get(name))
    return found, scans


def _other_scan(name: str, budget: Budget) -> Scan:
    """For a part that is no sheet of the workbook. What lies among the sheets is looked at like one all the same."""
    if "worksheets/" in name:
        return SheetScan(budget, detailed=False)
    return TextScan(budget) if name == SHARED_STRINGS else PartScan(budget)


def _scan(file: BinaryIO, entry: zipfile.ZipInfo, scan: Scan, tab: Tab | None) -> None:
    try:
        feed(unpacked(file, entry), scan)
    except RefusedError as refused:
        refused.sheet = refused.sheet or (tab.title if tab else None)
        raise


def _is_markup(file: BinaryIO, entry: zipfile.ZipInfo) -> bool:
    """Every part that a reader may take for XML, whatever its name says. Pictures are not."""
    if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
        return True
    head = next(unpacked(file, entry), b"")[:100]
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _send(workbook: CalamineWorkbook, tab: Tab, scan: SheetScan) -> None:
    _write(["sheet", tab.title, scan.hidden_rows])
    _send_rows(numbered_rows(workbook, tab.name, scan))
    _write(["merges", scan.merges])


def _send_rows(rows: Iterable[tuple[int, list]]) -> None:
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS_PER_LINE:
            _write(["rows", batch])
            batch = []
    _write(["rows", batch])


def _write(message: list) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=False, default=portable))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
