"""All or nothing: whichever write of a post fails, no row of any table is another, and its sender is told with 503.

Each write of each post fails in turn, as where another holds the row. Each sixth of the posts, unless
ALL_OR_NOTHING=all. What a post leaves to a job is not tried here: a job that falls silent is begun again.
"""

import itertools
import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

import pytest
from django.db import OperationalError, connection, transaction
from django.db.transaction import Atomic
from django.test import Client

from portal.web import drafts
from tests.access import Row
from tests.access_rows import ROWS
from tests.dump import dumped
from tests.posts import asked, each_tried, fresh, nothing_by_chance, opened, read, sender, sent, taken_back
from tests.test_forged_posts import SHARE_THAT_WRITES
from tests.test_one_meaning import SHARE, clients, unions

__all__ = ["clients", "unions"]  # fixtures

TRIED = [row for row in ROWS if sender(row)][:: 1 if os.environ.get("ALL_OR_NOTHING") == "all" else SHARE]
WRITING = ("INSERT", "UPDATE", "DELETE")
BUSY = 503
# A session is written after the answer is made, and keeps what was typed into a form that was not taken.
OF_SESSIONS = "portal_signinsession"
# Tries are counted before they are tried: an export that fails was one.
APART = {OF_SESSIONS, "portal_spentpace"}
# A wrong code is refused whether or not that can be noted.
REFUSED_ANYWAY = {"second_factor_verify": 200}


@pytest.fixture(autouse=True)
def _left_to_workers(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def is_write(sql: str) -> bool:
    return sql.startswith(WRITING) and OF_SESSIONS not in sql


@contextmanager
def failing_at(number: int) -> Iterator[None]:
    """Let the write of that number fail, as where another has locked the row."""
    counted = itertools.count()

    def fail(execute, sql, params, many, context):
        if is_write(sql) and next(counted) == number:
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        yield


@contextmanager
def on_its_own() -> Iterator[None]:
    """Transactions begin and end as where nothing is around them: around a test something is, to take it all back."""
    around, enter, mark = len(connection.savepoint_ids), Atomic.__enter__, transaction.mark_for_rollback_on_error

    def is_outermost() -> bool:
        return len(connection.savepoint_ids) == around

    def entered(block):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(block, "savepoint", block.savepoint or is_outermost())
            return enter(block)

    def marked(using=None):
        return nullcontext() if is_outermost() else mark(using)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Atomic, "__enter__", entered)
        patch.setattr(transaction, "mark_for_rollback_on_error", marked)
        yield


def rows_of_tables() -> dict[str, list[tuple[str, str]]]:
    """All values of each table, in no order."""
    found = defaultdict(list)
    for name, text in dumped():
        found[name.partition(".")[0]].append((name, text))
    return {table: sorted(values) for table, values in found.items() if table not in APART}


def failed(client: Client, address: str, fields: dict, number: int) -> tuple[int, list[str]]:
    """How a post is answered whose write of that number fails, and the tables that are not as they were."""
    sending = fresh(client)
    sending.raise_request_exception = False
    with taken_back():
        before = rows_of_tables()
        with on_its_own(), failing_at(number), nothing_by_chance():
            response = read(sending.post(address, fields))
        after = rows_of_tables()
    changed = [table for table in before.keys() | after.keys() if before.get(table) != after.get(table)]
    return response.status_code, sorted(changed)


def tried(row: Row, unions: dict, clients: dict) -> tuple[int, list[str]]:
    """How many writes a post makes, and what is wrong where one of them fails."""
    address, fields = asked(row, unions)
    client = clients[sender(row)]
    fields = opened(client, address) | fields
    _code, written = sent(client, address, fields)
    count = sum(is_write(sql) for sql, _params in written)
    right = REFUSED_ANYWAY.get(row.name, BUSY), []
    found = {number: failed(client, address, fields, number) for number in range(count)}
    return count, [f"write {number} of {count}: {told}" for number, told in found.items() if told != right]


def test_failure_at_any_write_of_a_post_leaves_nothing_and_is_told(unions, clients):
    found = each_tried(TRIED, partial(tried, unions=unions, clients=clients))
    assert {name: wrong for name, (_count, wrong) in found.items() if wrong} == {}
    assert sum(count > 0 for count, _wrong in found.values()) > len(TRIED) * SHARE_THAT_WRITES


def test_draft_forgotten_after_the_record_is_saved_is_found(unions, clients, monkeypatch):
    """Were the draft a matter of its own, a record would be saved and its clerk told that it was not."""

    @contextmanager
    def apart(user, page):
        yield
        drafts.forget_draft(user, page)

    (row,) = (row for row in ROWS if row.name == "child_edit")
    with taken_back():
        assert tried(row, unions, clients)[1] == []
    monkeypatch.setattr("portal.records.views.edit.kept_whole", nullcontext)
    monkeypatch.setattr("portal.records.views.edit.forgetting_draft", apart)
    with taken_back():
        assert len(tried(row, unions, clients)[1]) == 1
