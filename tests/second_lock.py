"""The second lock in force: for the tests about it, and where SECOND_LOCK_EVERYWHERE is set for the whole run."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import override_settings

from portal.second_lock import scope
from portal.second_lock.in_force import lock_rows, unlock_rows
from portal.second_lock.standing import open_tables

EVERYWHERE = bool(os.environ.get("SECOND_LOCK_EVERYWHERE"))


@contextmanager
def in_force() -> Iterator[None]:
    """While this holds, SECOND_LOCK is on and on PostgreSQL the rows are locked: before any is written, as tables with
    constraints that wait for the end of the transaction cannot be altered.

    A test writes and reads as everybody; what a request is given is what its person may see.
    """
    with override_settings(SECOND_LOCK=True), pytest.MonkeyPatch.context() as patch:
        patch.setattr(scope, "outside", scope.EVERYTHING)
        if connection.vendor == "postgresql" and open_tables():
            lock_rows()
        try:
            yield
        finally:
            if connection.vendor == "postgresql" and not connection.in_atomic_block and not EVERYWHERE:
                unlock_rows()  # else the transaction of the test takes it back


@contextmanager
def out_of_force() -> Iterator[None]:
    """The first lock by itself, until the transaction of the test ends: for what is found out with that one broken."""
    connection.check_constraints()  # what waits for the end of the transaction keeps a table from being altered
    if connection.vendor == "postgresql":
        unlock_rows()
    with override_settings(SECOND_LOCK=False):
        yield
