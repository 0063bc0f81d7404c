"""Long lists of which every tenth row is wrong: understood, checked, brought in and taken back.

DATABASE_URL=postgres://…/bench python benchmarks/lists_in.py [--rows 5000] [--only summary]

Each list in a process of its own, so that its memory is its own. What went in is counted against what is on file, and
after it was taken back every table is compared with what it was before, history and audit aside.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import harness
from long_lists import LISTS, WRONG_EVERY

UNIT = "310101"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--only", help="the beginning of one list's name")
    parser.add_argument("--here", help="one list in this process")
    parser.add_argument("--padding", type=int, default=0, help="characters more in each row, for a large file")
    asked = parser.parse_args()
    if asked.here:
        measure(asked.here, asked.rows, asked.padding)
        return
    for name in LISTS:
        if name.startswith(asked.only or ""):
            print(f"{name}, {asked.rows} rows", flush=True)
            size = ["--rows", str(asked.rows), "--padding", str(asked.padding)]
            subprocess.run([sys.executable, __file__, "--here", name, *size], check=True)  # noqa: S603


def measure(name: str, rows: int, padding: int) -> None:
    harness.start()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        make_elsewhere(path, rows, padding)
        content, child = path.read_bytes(), memory_of_child(path)
    clerk = people()
    before = everything()
    floor = memory()
    times: dict[str, str] = {}
    draft = uploaded(content, name, clerk, times)
    timed(times, "checked: what would become of each row (s)", lambda: checked(draft))
    outcome = timed(times, "brought in, held rows kept (s)", lambda: brought_in(draft, clerk))
    wrong = rows // WRONG_EVERY
    count(name, rows - wrong, wrong, outcome)
    peak = memory()
    timed(times, "taken back (s)", lambda: taken_back(clerk))
    compare(before, everything())
    harness.show(
        [
            ("file (MB)", len(content) / 1e6),
            *times.items(),
            ("memory at its highest (MB; aim: under 400)", peak),
            ("of which before the file was read (MB)", floor),
            ("the process that opens the file (MB)", child),
            ("right rows", rows - wrong),
            ("wrong rows, kept as 待补正", wrong),
        ]
    )


def make_elsewhere(path: Path, rows: int, padding: int) -> None:
    """The file, made by another process: what that takes is no part of what is measured."""
    asks = "import sys, pathlib, long_lists; long_lists.save(pathlib.Path(sys.argv[1]), *map(int, sys.argv[2:]))"
    command = [sys.executable, "-c", asks, str(path), str(rows), str(padding)]
    subprocess.run(command, check=True, cwd=Path(__file__).parent)  # noqa: S603


def memory() -> float:
    """The most that this process has used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def memory_of_child(path: Path) -> float:
    """The most that the process which opens the file uses, in MB; asked by a small one, whose own size counts."""
    from portal.workbook.reading.reader import CHILD, ROOT

    kind = "csv" if path.suffix == ".csv" else "xlsx"
    asks = (
        "import resource, subprocess, sys;"
        f"command = [sys.executable, '-m', {CHILD!r}, {str(path)!r}, 'null', {kind!r}];"
        "subprocess.run(command, stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    answer = subprocess.run([sys.executable, "-c", asks], cwd=ROOT, capture_output=True, check=True)  # noqa: S603
    return int(answer.stdout) / 1024


def timed(times: dict[str, str], label: str, act):
    """What `act` answers; its seconds, and in brackets those in which this process worked, for a busy machine."""
    started, worked = time.perf_counter(), time.process_time()
    answer = act()
    times[label] = f"{time.perf_counter() - started:.2f} ({time.process_time() - worked:.2f})"
    return answer


def people():
    from portal.models import Union, User

    city = Union.objects.add_root({"code": "310000", "name": "示例市总工会", "kind": "city"})
    unit = Union.objects.add_child(city, {"code": UNIT, "name": "东江区总工会", "kind": "district"})
    Union.objects.add_child(unit, {"code": "31010101", "name": "望江街道总工会", "kind": "grassroots"})
    clerk = User.objects.create_user("clerk", name="经办", role="clerk", union=unit)
    User.objects.create_user("lead", name="审核", role="lead", union=unit)
    return clerk


def uploaded(content: bytes, name: str, clerk, times: dict[str, str]):
    """The list as the pages take it, after the step of the columns."""
    from employment.lists.kinds import LIST_KINDS
    from portal.audit import By
    from portal.workbook.lists.saying import columns_called
    from portal.workbook.lists.steps.choices import chosen
    from portal.workbook.lists.steps.draft import Draft
    from portal.workbook.lists.steps.uploads import change_columns, upload_list

    upload = timed(
        times,
        "understood (s; aim: under 10)",
        lambda: upload_list(content, name=name, kinds=LIST_KINDS, unit=clerk.union, by=By(clerk)),
    )
    draft = Draft(upload, LIST_KINDS)
    said = {
        f"{target.title}.{target.attribute}": value
        for heading, value in LISTS[name][3].items()
        for target in columns_called(heading, draft.kind)
    }
    taken = {at: chosen(targets) for at, targets in draft.mapping.targets.items()}
    change_columns(draft, taken, said=said, name="")
    return draft


def checked(draft):
    from portal.workbook.lists.steps.uploads import check_list

    return check_list(draft)


def brought_in(draft, clerk):
    from portal.audit import By
    from portal.workbook.lists.steps.uploads import bring_in

    return bring_in(draft, by=By(clerk))


def count(name: str, right: int, wrong: int, outcome) -> None:
    """Stop where what is on file is not what went in."""
    from aid.models import AidCase, Child, Household
    from portal.models import HeldRow

    made = [model.objects.count() for model in (Household, Child, AidCase)]
    sheets = LISTS[name][4]
    expected = [right, *[right if sheets == 3 else 0] * 2]  # household, child and case
    held = HeldRow.objects.count()
    if made != expected or held != wrong or len({each.row for each in outcome.held}) != wrong:
        sys.exit(f"{made} on file and {held} held, expected {expected} and {wrong}")


def taken_back(clerk) -> None:
    from portal.audit import By
    from portal.models import Import
    from portal.records.taking_back.acts import take_back

    take_back(Import.objects.get(), by=By(clerk))


def everything() -> dict[str, dict]:
    """A digest of every row of every table, by key; history, audit and what tells of the import aside."""
    import hashlib

    from django.apps import apps
    from simple_history.models import HistoricalChanges

    from portal.models import (
        AuditEntry,
        GoneNumber,
        HeldRow,
        Import,
        ImportedRecord,
        KeptCount,
        ListHabit,
        ListUpload,
        UnitChange,
        UnitRevision,
    )

    of_the_import = (Import, ImportedRecord, ListUpload, ListHabit, HeldRow, GoneNumber)
    aside = (AuditEntry, UnitChange, UnitRevision, KeptCount, *of_the_import)
    models = [model for model in apps.get_models() if not issubclass(model, HistoricalChanges) and model not in aside]
    return {
        model._meta.label: {
            values[model._meta.pk.attname]: hashlib.blake2b(repr(sorted(values.items())).encode()).digest()
            for values in model._base_manager.values().iterator(chunk_size=2000)
        }
        for model in models
    }


def compare(before: dict[str, dict], after: dict[str, dict]) -> None:
    differing = [label for label, rows in after.items() if rows != before[label]]
    if differing:
        sys.exit(f"not as before: {differing}")


if __name__ == "__main__":
    main()
