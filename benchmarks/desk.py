"""The pages on which a day begins, home and those of the areas, of each role with many cases on file; on PostgreSQL.

DATABASE_URL=postgres://…/bench python benchmarks/desk.py [--units 100] [--cases 150000]

Besides the time that passed it tells what the processors worked for a page, in this process and in the database's: on
a machine that others use only that can be compared.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import figures
import harness

RUNS = 9
TICKS = 100  # of a processor a second, as Linux counts them


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=100)
    parser.add_argument("--cases", type=int, default=150_000)
    size = parser.parse_args()
    harness.start()
    figures.fill(size.units, size.cases)
    for role in ("clerk", "lead", "reviewer", "auditor"):
        harness.show([row for label, ask in pages(role).items() for row in measured(f"{role}: {label}", ask)])


def pages(role: str) -> dict[str, Callable[[], object]]:
    """The first page and the areas of somebody in that role: in the unit with the most cases, or in the city."""
    from django.conf import settings
    from django.db.models import Count
    from django.test import Client

    from aid.models import AidCase
    from portal.models import Union, User
    from portal.web.navigation import areas_for

    settings.SECOND_FACTOR_REQUIRED = False
    largest = AidCase.objects.values("union").annotate(count=Count("pk")).order_by("-count").first()
    union = Union.objects.get(pk=largest["union"]).reporting_unit()
    place = union if role in ("clerk", "lead") else Union.objects.get(depth=1)
    user = User.objects.create_user(role, name=role, role=role, union=place, must_change_password=False)
    client = Client()
    client.force_login(user, backend="portal.accounts.unused.TellingBackend")
    addresses = [(str(area.label), area.url) for area in areas_for(user)]
    return {label: lambda url=url: _asked(client, url) for label, url in addresses}


def _asked(client, url: str) -> None:
    answer = client.get(url)
    if answer.status_code != 200:
        message = f"{url}: {answer.status_code}"
        raise RuntimeError(message)


def measured(name: str, ask: Callable[[], object]) -> list[tuple[str, object]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    with CaptureQueriesContext(connection) as queries:
        ask()
    asked = len(queries)  # now: the next page empties the log
    passed, worked = [], []
    for _run in range(RUNS):
        started, before = time.perf_counter(), _worked()
        ask()
        passed.append(time.perf_counter() - started)
        worked.append(_worked() - before)
    return [
        (f"{name}, passed", statistics.median(passed)),
        (f"{name}, worked", statistics.median(worked)),
        (f"{name}, queries", asked),
    ]


def _worked() -> float:
    """Seconds of processors that this process and its backend have used; the backend's to a hundredth."""
    from django.db import connection

    backend = connection.connection.info.backend_pid
    fields = Path(f"/proc/{backend}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    main()
