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
    "not verified for a year": "todo=unverified",
    "filtered and searched": "hardship_category=deep&open=yes&q=王建",
    "searched by surname": "q=张",
    "searched by a whole name": "q=王建国",
    "searched by initials": "q=ZZG",
    "searched by file number": "q=D99",
    "by name": "order=worker_initials",
}
TAILS = 10_000
STEP = 7919  # a prime: households next to each other have cards that end differently


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=100)
    parser.add_argument("--households", type=int, default=100_000)
    size = parser.parse_args()
    harness.start()
    figures.fill(size.units, size.households)
    tell_apart()
    measure()


def tell_apart() -> None:
    """Give the households names as many as in life share, and cards whose last four digits ten families share."""
    from django.db import connection

    from portal.fields import blind_index
    from portal.words.pinyin import initials
    from reports.demo.words import FEMALE_NAMES, MALE_NAMES, SURNAMES

    names = [surname + given for surname in SURNAMES for given in (*MALE_NAMES, *FEMALE_NAMES)]
    tails = [blind_index(f"{number:04d}") for number in range(TAILS)]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE aid_household SET worker_name = (%s)[1 + id %% %s], worker_initials = (%s)[1 + id %% %s],"
            " bank_card_tail_hash = (%s)[1 + (id * %s) %% %s]",
            [names, len(names), [initials(name) for name in names], len(names), tails, STEP, TAILS],
        )


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
        client.force_login(user, backend="portal.accounts.unused.TellingBackend")
        for label, query in PAGES.items():
            address = f"{reverse('household_list')}?{query}"
            if client.get(address).status_code != HTTPStatus.OK:
                sys.exit(f"{address} does not open")
            rows.append((f"{role}: {label} (s; aim: under 0.15)", harness.median_of(partial(client.get, address))))
        tail = f"{Household.objects.visible_to(user).earliest('pk').pk * STEP % TAILS:04d}"
        find = partial(client.post, reverse("find"), {"q": tail, "kind": "household"})
        if find().status_code != HTTPStatus.OK:
            sys.exit("no card ends as asked")
        rows.append((f"{role}: searched by a card's last four (s; aim: under 0.15)", harness.median_of(find)))
    harness.show(rows)


if __name__ == "__main__":
    main()
