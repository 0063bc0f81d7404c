"""Putting the second lock in force in this database, and taking it away; `manage.py second_lock` does it."""

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from portal.second_lock.policies import Lock


def all_locks() -> tuple[Lock, ...]:
    """The locks of all floors, each of a table."""
    return tuple(lock for path in settings.LOCKS for lock in import_string(path))


@transaction.atomic
def lock_rows() -> None:
    """Lock every table, whatever held before: all of them or none. Raises DatabaseError for who does not own them."""
    unlock_rows()
    with connection.cursor() as cursor:
        for lock in all_locks():
            for statement in lock.locking():
                cursor.execute(statement)


@transaction.atomic
def unlock_rows() -> None:
    """Take every lock away, also where there is none. Raises DatabaseError for who does not own the tables."""
    with connection.cursor() as cursor:
        for lock in all_locks():
            for statement in lock.unlocking():
                cursor.execute(statement)
