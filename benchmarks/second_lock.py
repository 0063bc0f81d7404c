"""What the second lock costs: lists, pages and figures with it and without, in turns; on PostgreSQL.

DATABASE_URL=postgres://…/bench python benchmarks/second_lock.py [--units 100] [--cases 100000] [--rounds 15]
"""

import argparse
import datetime
import os
import statistics
import time
from collections.abc import Callable
from functools import partial

import figures
import harness
import lists

PLACES = ("household_list", "aidcase_list", "disbursement_list", "graduate_list", "home")
QUERIES = {"": "", "searched by a whole name": "?q=王建国", "by name": "?order=worker_initials"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=100)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    size = parser.parse_args()
    os.environ["SECOND_LOCK"] = "true"
    harness.start()
    lock()
    figures.fill(size.units, size.cases)
    lists.tell_apart()
    compare(asked(), size.rounds)


def lock() -> None:
    """The policies: `switch` takes them out of force and puts them in again."""
    from portal.second_lock.in_force import lock_rows

    lock_rows()


def asked() -> dict[str, Callable[[], object]]:
    """Everything that is timed: pages of a clerk and of the reviewer, figures of a unit and of all."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from portal.models import Campaign, Union, User
    from reports.counting.derive import derive, derive_units

    settings.ALLOWED_HOSTS, settings.SECOND_FACTOR_REQUIRED = ["testserver"], False
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    found: dict[str, Callable[[], object]] = {}
    people = (("reviewer", Union.objects.get(depth=1)), ("clerk", Union.objects.reporting().first()))
    for role, union in people:
        user = User.objects.create_user(
            role, password=None, name=role, role=role, union=union, must_change_password=False
        )
        client = Client()
        client.force_login(user, backend="portal.accounts.unused.TellingBackend")
        for place in PLACES:
            for label, query in QUERIES.items() if place == "household_list" else [("", "")]:
                found[f"{role}: {place} {label}"] = partial(client.get, reverse(place) + query)
    campaign, day = Campaign.objects.get(year=2014), datetime.date(2014, 8, 31)
    found["figures of one unit"] = partial(derive, campaign, Union.objects.get(code="U7"), day)
    found["figures of all units"] = partial(derive_units, campaign, day)
    return found


def compare(acts: dict[str, Callable[[], object]], rounds: int) -> None:
    """The medians with the lock and without it, each act in turns; what the lock costs."""
    ratios = []
    for label, act in acts.items():
        times: dict[bool, list[float]] = {True: [], False: []}
        for number in range(rounds + 1):
            for on in (True, False):
                switch(on=on)
                started = time.perf_counter()
                act()
                if number:  # the first warms up
                    times[on].append(time.perf_counter() - started)
        on_median, off_median = statistics.median(times[True]), statistics.median(times[False])
        ratios.append(on_median / off_median)
        harness.show([(f"{label} (ms, with and without)", f"{on_median * 1000:.1f} {off_median * 1000:.1f}")])
        harness.show([("    times", ratios[-1])])
    harness.show([("median of all (aim: at most 1.1)", statistics.median(ratios)), ("worst", max(ratios))])


def switch(*, on: bool) -> None:
    """All policies on, and the scope said; or neither."""
    from django.db import connection
    from psycopg2.extensions import cursor as plain_cursor

    from portal.second_lock.postgresql.base import ScopedCursor
    from portal.second_lock.tables import locked_tables

    act = "ENABLE" if on else "DISABLE"
    with connection.cursor() as cursor:
        cursor.execute(";".join(f"ALTER TABLE {table} {act} ROW LEVEL SECURITY" for table in locked_tables()))
    connection.connection.cursor_factory = ScopedCursor if on else plain_cursor


if __name__ == "__main__":
    main()
