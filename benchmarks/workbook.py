"""Importing a workbook against the least such work can cost: calamine's parse and a bare bulk_create of the same rows.

DATABASE_URL=postgres://…/bench python benchmarks/workbook.py [--rows 10000]
"""

import argparse
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import harness


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    rows = parser.parse_args().rows
    harness.start()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder) / "unit.xlsx", rows)


def measure(path: Path, rows: int) -> None:
    from generator import UnitWorkbook

    from portal.models import Union, User

    made = UnitWorkbook("U1", rows)
    made.save(path)
    city = Union.objects.add_root({"code": "C", "name": "市", "kind": "city"})
    unit = Union.objects.add_child(city, {"code": "U1", "name": "区", "kind": "district"})
    User.objects.create_user("clerk", name="经办", role="clerk", union=unit)
    imports, parses, inserts = [], [], []
    for _run in range(harness.RUNS):
        parses.append(timed(lambda: parse(path)))
        empty()
        imports.append(timed(lambda: bring_in(path)))
        inserts.append(insert_again())
    floor = statistics.median(parse + insert for parse, insert in zip(parses, inserts, strict=True))
    again = harness.median_of(lambda: bring_in(path))
    ratio = statistics.median(
        whole / (parse + insert) for whole, parse, insert in zip(imports, parses, inserts, strict=True)
    )
    harness.show(
        [
            ("rows", len(made)),
            ("calamine's parse and a bare bulk_create (s)", floor),
            ("import: read, checked, written with history (s)", statistics.median(imports)),
            ("ratio, run by run (aim: at most 4)", ratio),
            ("import again, nothing to write (s)", again),
            ("peak memory (MB; aim: under 300)", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        ]
    )


def timed(act) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def parse(path: Path) -> None:
    import python_calamine

    book = python_calamine.load_workbook(str(path))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def bring_in(path: Path) -> None:
    from employment.workbook import CASE_WORKBOOK
    from portal.audit import By
    from portal.models import User
    from portal.workbook.importing.service import import_workbook

    clerk = User.objects.select_related("union").get(username="clerk")
    outcome = import_workbook(path, workbook=CASE_WORKBOOK, unit=clerk.union, by=By(clerk))
    if not outcome.ok:
        sys.exit(f"refused: {outcome.errors[:3]}")


def tables() -> list:
    from employment.workbook import CASE_WORKBOOK

    return [sheet.model for sheet in CASE_WORKBOOK.sheets]


def empty(*, keep_people: bool = False) -> None:
    from django.db import connection

    from aid.models import Person

    models = [*tables(), *(model.history.model for model in tables())]
    names = [model._meta.db_table for model in (models if keep_people else [*models, Person])]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(names)}")


def insert_again() -> float:
    """The time of a bare bulk_create of the records that the import has just written."""
    from django.db import transaction

    records = {model: list(model.objects.all()) for model in tables()}
    empty(keep_people=True)

    def insert():
        with transaction.atomic():
            for model, objects in records.items():
                model.objects.bulk_create(objects, batch_size=1000)

    return timed(insert)


if __name__ == "__main__":
    main()
