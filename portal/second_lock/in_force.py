"""Putting the second lock in force in this database, and taking it away; `manage.py second_lock` does it."""

from collections.abc import Sequence

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils.module_loading import import_string

from portal.second_lock.policies import Lock

TRIES = 6


def all_locks() -> tuple[Lock, ...]:
    """The locks of all floors, each of a table."""
    return tuple(lock for path in settings.LOCKS for lock in import_string(path))


def lock_rows() -> None:
    """Lock every table, whatever held before, each in a transaction of its own: who is at work waits for one at a time.

    Raises DatabaseError for who does not own the tables, and for one that others hold all the time; what was locked by
    then stays locked, and a second call does the rest.
    """
    for lock in all_locks():
        _carry_out([*lock.unlocking(), *lock.locking()])


def unlock_rows() -> None:
    """Take every lock away, also where there is none, likewise."""
    for lock in all_locks():
        _carry_out([*lock.unlocking()])


def _carry_out(statements: Sequence[str]) -> None:
    for tries_left in reversed(range(TRIES)):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        except OperationalError:  # somebody held the table for longer than the lock_timeout
            if not tries_left:
                raise
        else:
            return
