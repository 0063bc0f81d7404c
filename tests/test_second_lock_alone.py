"""With the ORM's filter taken away the database alone leaks nothing; with both locks off the same pages leak."""

from itertools import product

import pytest
from django.db import connection

from portal.access import ScopedQuerySet
from portal.second_lock.scope import EVERYTHING
from portal.second_lock.tables import locked_tables, ours
from tests.access_rows import ROWS
from tests.second_lock import in_force
from tests.test_access_matrix import (
    BATCH,
    ask,
    canaries,  # noqa: F401  a fixture
    open_clients,
    people,  # noqa: F401
    plain_refusals,  # noqa: F401
    requests,
    strange,
    unions,  # noqa: F401
)

pytestmark = [pytest.mark.postgresql, pytest.mark.usefixtures("plain_refusals")]

LISTS = tuple(row for row in ROWS if row.get["clerk"] == 200 and row.name.endswith(("_list", "_export")))
PAGES = tuple(row for row in ROWS if row.get["clerk"] == 200 and row.name.endswith("_detail"))
BATCHES = [rows[start : start + BATCH] for rows in (LISTS, PAGES) for start in range(0, len(rows), BATCH)]
TRIED = ("own", "sibling")


@pytest.fixture(scope="module", autouse=True)
def _second_lock(module_db):
    with in_force():
        yield


@pytest.fixture
def first_lock_off(monkeypatch):
    """`visible_to` gives everybody everything of each kind that the database locks."""
    querysets = {type(model._default_manager.all()) for model in ours() if model._meta.db_table in set(locked_tables())}
    for queryset in {ScopedQuerySet, *querysets}:
        if "visible_to" in vars(queryset):
            monkeypatch.setattr(queryset, "visible_to", lambda self, _user: self.all())


@pytest.fixture
def second_lock_off(monkeypatch):
    monkeypatch.setattr("portal.second_lock.middleware.path_of", lambda _user: EVERYTHING)


def tried(rows, unions, people, canaries) -> tuple[list[str], list[str]]:  # noqa: F811
    """The answers to a clerk that are not those expected, and the foreign texts in them."""
    clients, never, wrong, leaks = open_clients(people), strange("clerk", canaries), [], []
    for row, relation in product(rows, TRIED):
        asked = requests(row, unions)
        address, data = asked.get(relation, asked.get(None))
        code, text, _written = ask(clients["clerk"], "GET", address, data)
        expected = row.expected("GET", "clerk", relation if row.make else None)
        if code != expected:
            wrong.append(f"{address} ({relation}): {code}, expected {expected}")
        leaks += [f"{address} ({relation}) shows {planted}" for planted in never if planted in text]
    return wrong, leaks


@pytest.mark.parametrize("rows", BATCHES, ids=lambda rows: f"{rows[0].name} to {rows[-1].name}")
@pytest.mark.usefixtures("first_lock_off")
def test_database_alone_leaks_nothing(rows, unions, people, canaries):  # noqa: F811
    wrong, leaks = tried(rows, unions, people, canaries)
    assert leaks == []
    assert wrong == []


@pytest.mark.parametrize("rows", BATCHES, ids=lambda rows: f"{rows[0].name} to {rows[-1].name}")
@pytest.mark.usefixtures("first_lock_off", "second_lock_off")
def test_with_both_locks_off_it_leaks(rows, unions, people, canaries):  # noqa: F811
    """Else the test above proves nothing."""
    wrong, leaks = tried(rows, unions, people, canaries)
    assert leaks or wrong


@pytest.mark.usefixtures("first_lock_off")
def test_policy_that_is_dropped_leaks(unions, people, canaries):  # noqa: F811
    lists = [row for row in LISTS if row.name == "household_list"]
    assert tried(lists, unions, people, canaries)[1] == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end keeps the table as it is
        cursor.execute("ALTER TABLE aid_household DISABLE ROW LEVEL SECURITY")
        cursor.execute("ALTER TABLE aid_household NO FORCE ROW LEVEL SECURITY")
    assert tried(lists, unions, people, canaries)[1] != []
