"""Pages of a list of 100 000 households, seen by the city and by one unit; on PostgreSQL.

DATABASE_URL=postgres://…/bench python benchmarks/lists.py [--units 100] [--households 100000]
"""

import argparse
import sys
from functools import partial
from http import HTTPStatus

import figures
import harness

PAGES = {
    "first page": "",
    "last page": "last=1",
    "filtered by category and filing date": "hardship_category=deep&filed_from=2012-01-01",
    "never aided": "todo=never_aided",
    "searched by name": "q=张",
    "searched by initials": "q=ZS",
    "searched by file number": "q=H99",
    "by name": "order=worker_initials",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=100)
    parser.add_argument("--households", type=int, default=100_000)
    size = parser.parse_args()
    harness.start()
    figures.fill(size.units, size.households)
    measure()


def measure() -> None:
    """Each page as the reviewer sees it, then as the clerk of one unit."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from aid.models import Household
    from portal.models import Union, User

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECOND_FACTOR_REQUIRED = False
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    people = (("reviewer", Union.objects.get(depth=1)), ("clerk", Union.objects.reporting().first()))
    rows = [("households", Household.objects.count())]
    for role, union in people:
        user = User.objects.create_user(
            role, password=None, name=role, role=role, union=union, must_change_password=False
        )
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        for label, query in PAGES.items():
            address = f"{reverse('household_list')}?{query}"
            if client.get(address).status_code != HTTPStatus.OK:
                sys.exit(f"{address} does not open")
            rows.append((f"{role}: {label} (s; aim: under 0.15)", harness.median_of(partial(client.get, address))))
    harness.show(rows)


if __name__ == "__main__":
    main()
