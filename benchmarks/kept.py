"""What is kept of each unit: counted for the first time, read, and read after one unit has written; on PostgreSQL.

DATABASE_URL=postgres://…/bench python benchmarks/kept.py [--units 100] [--cases 150000]
"""

import argparse
from collections.abc import Callable

import figures
import harness


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=100)
    parser.add_argument("--cases", type=int, default=150_000)
    size = parser.parse_args()
    harness.start()
    figures.fill(size.units, size.cases)
    harness.show([row for name, ask in questions().items() for row in measured(name, ask)])


def questions() -> dict[str, Callable[[], object]]:
    """What a reviewer's pages ask of all units, by name."""
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from aid.payments.coverage import coverage
    from portal.models import Campaign, Union, User
    from reports.counting.kept import FORM_FIGURES, FUNNEL_FIGURES

    campaign, city = Campaign.objects.get(year=2014), Union.objects.get(depth=1)
    user = User.objects.create_user(
        "reviewer", name="reviewer", role="reviewer", union=city, must_change_password=False
    )
    settings.SECOND_FACTOR_REQUIRED = False
    client = Client()
    client.force_login(user, backend="portal.accounts.unused.TellingBackend")

    def page(name: str, query: str) -> Callable[[], object]:
        return lambda: client.get(f"{reverse(name)}?campaign=2014{query}")

    return {
        "figures": lambda: FORM_FIGURES.of_units(campaign),
        "funnel": lambda: FUNNEL_FIGURES.of_units(campaign),
        "coverage": lambda: coverage(user, campaign),
        "page: city tables from live records": page("consolidation", "&live=1"),
        "page: coverage": page("coverage", ""),
        "page: funnel": page("funnel", ""),
    }


def measured(name: str, ask: Callable[[], object]) -> list[tuple[str, object]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from portal.kept.forgetting import forget_all
    from portal.kept.revisions import raise_units
    from portal.models import Union

    unit = Union.objects.get(code="U7")
    first = harness.median_of(ask, before=forget_all)
    again = harness.median_of(ask)
    with CaptureQueriesContext(connection) as queries:
        ask()
    number = len(queries)
    changed = harness.median_of(ask, before=lambda: raise_units([unit.path]))
    return [
        (f"{name}, counted (s)", first),
        ("    read (s)", again),
        ("    queries", number),
        ("    after one unit has written (s)", changed),
    ]


if __name__ == "__main__":
    main()
