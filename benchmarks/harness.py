"""What the benchmarks share: Django on a database of their own, medians of five runs, a table."""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
RUNS = 5


def start() -> None:
    """Set Django up on the database that DATABASE_URL names, and empty it; it must have 'bench' in its name."""
    sys.path.insert(0, str(FOLDER.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    os.environ["DEBUG"] = "off"
    os.environ["ALLOW_DEVELOPMENT_SETTINGS"] = "1"  # the database is emptied in any case
    if "bench" not in os.environ.get("DATABASE_URL", ""):
        sys.exit("set DATABASE_URL to a PostgreSQL database with 'bench' in its name: the benchmark empties it")
    import django

    django.setup()
    from django.core.management import call_command

    from portal.second_lock import scope

    scope.outside = scope.EVERYTHING  # it fills and asks as everybody; its requests are about what their people may see
    call_command("migrate", verbosity=0)
    _past_triggers(lambda: call_command("flush", interactive=False, verbosity=0))


def _past_triggers(act: Callable[[], object]) -> None:
    """What is append-only in life is emptied between two benchmarks."""
    from django.db import connection

    tables = connection.introspection.table_names()
    for word in ("DISABLE", "ENABLE"):
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} {word} TRIGGER USER")
        if word == "DISABLE":
            act()


def median_of(act: Callable[[], object], *, runs: int = RUNS, before: Callable[[], object] = lambda: None) -> float:
    """The median time of `runs` calls, in seconds; what is done `before` each is not counted."""
    times = []
    for _run in range(runs):
        before()
        started = time.perf_counter()
        act()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def show(rows: list[tuple[str, object]]) -> None:
    """Print the table of results."""
    for label, value in rows:
        print(f"{label:<52}{value:>12.4f}" if isinstance(value, float) else f"{label:<52}{value:>12}")
