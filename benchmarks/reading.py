"""Reading a large workbook while every core is wanted by somebody else: it must go through, whatever the clock says.

python benchmarks/reading.py [--rows 30000] [--busy N]   # N busy processes, as many as there are cores unless told

No database is needed: what is measured is the child that opens the file, and who reads what it writes.
"""

import argparse
import multiprocessing
import os
import resource
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=30_000)
    parser.add_argument("--busy", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    sys.path.insert(0, str(FOLDER.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    import django

    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder) / "unit.xlsx", asked.rows, asked.busy)


def measure(path: Path, rows: int, busy: int) -> None:
    import harness
    from generator import UnitWorkbook

    made = UnitWorkbook("U1", rows)
    made.save(path)
    titles = [title for title, _rows in made]
    quiet = read(path, titles)
    with ExitStack() as stack:
        for _core in range(busy):
            stack.enter_context(burning())
        loaded = read(path, titles)
    shown = [
        ("rows on all sheets", len(made)),
        ("rows on the longest sheet", max(len(rows) for _title, rows in made)),
        ("size of the file (MB)", path.stat().st_size / 1024 / 1024),
        ("rows that were read", loaded[0]),
        ("alone: seconds", quiet[1]),
        ("alone: seconds of the processor in the child", quiet[2]),
        (f"beside {busy} busy processes: seconds", loaded[1]),
        (f"beside {busy} busy processes: of the processor", loaded[2]),
        ("peak memory of the child (MB)", max(quiet[3], loaded[3])),
        ("peak memory of who reads (MB)", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    ]
    harness.show(shown)


def read(path: Path, titles: list[str]) -> tuple[int, float, float, float]:
    """How many rows came, how long it took, how long the child had the processor, and its peak memory in MB."""
    from portal.workbook.reading.reader import read_workbook

    before, others = _worked(), _children()
    watched = Watched(others)
    watched.start()
    started = time.perf_counter()
    found = read_workbook(path, titles)
    took = time.perf_counter() - started
    watched.over.set()
    watched.join()
    return sum(len(sheet.rows) for sheet in found.sheets), took, _worked() - before, watched.peak


class Watched(threading.Thread):
    """The highest memory that the kernel tells of the one child that is new; what a fork began with does not count."""

    def __init__(self, others: set[str]) -> None:
        super().__init__(daemon=True)
        self.others, self.over, self.peak = others, threading.Event(), 0.0

    def run(self) -> None:
        while not self.over.wait(0.02):
            for pid in _children() - self.others:
                self.peak = max(self.peak, _highest(pid))


def _children() -> set[str]:
    tasks = Path("/proc/self/task").glob("*/children")
    return {pid for task in tasks for pid in task.read_text().split()}


def _highest(pid: str) -> float:
    try:
        status, command = (Path("/proc", pid, name).read_text() for name in ("status", "cmdline"))
    except OSError:
        return 0.0
    lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return int(lines["VmHWM"].split()[0]) / 1024 if "reading.child" in command and "VmHWM" in lines else 0.0


def _worked() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


@contextmanager
def burning():
    """A process that wants a core for itself."""
    process = multiprocessing.get_context("fork").Process(target=_burn, daemon=True)
    process.start()
    try:
        yield
    finally:
        process.kill()
        process.join()


def _burn() -> None:
    while True:
        sum(range(10_000))


if __name__ == "__main__":
    main()
