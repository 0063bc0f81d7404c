"""All figures of all units against hand-written SQL, and those of one unit; on PostgreSQL.

DATABASE_URL=postgres://…/bench python benchmarks/figures.py [--units 100] [--cases 150000]
"""

import argparse

import harness


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=100)
    parser.add_argument("--cases", type=int, default=150_000)
    size = parser.parse_args()
    harness.start()
    fill(size.units, size.cases)
    measure()


def fill(units: int, cases: int) -> None:
    from django.db import connection

    script = (harness.FOLDER / "city.sql").read_text().format(units=units, cases=cases)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(f"SELECT 1;{script}")  # the scope is said where a statement begins so
        cursor.execute("ANALYZE")


def measure() -> None:
    import datetime

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from portal.models import Campaign, Union
    from reports.counting.derive import derive, derive_units

    as_of = datetime.date(2014, 8, 31)
    campaign = Campaign.objects.get(year=2014)
    one = Union.objects.get(code="U7")
    statements = [text for text in (harness.FOLDER / "figures.sql").read_text().split(";") if text.strip()]

    def by_hand():
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                cursor.fetchall()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        derive_units(campaign, as_of)
    hand = harness.median_of(by_hand)
    units = harness.median_of(lambda: derive_units(campaign, as_of))
    single = harness.median_of(lambda: derive(campaign, one, as_of))
    harness.show(
        [
            ("hand-written SQL, all units (s)", hand),
            ("derive_units, all units (s)", units),
            ("ratio (aim: at most 1.5)", units / hand),
            ("queries for all units (aim: at most 12)", len(queries)),
            ("derive, one unit (s; aim: under 0.025)", single),
        ]
    )


if __name__ == "__main__":
    main()
