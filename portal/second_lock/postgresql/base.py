"""Django's engine for PostgreSQL; each statement that reads or writes rows says first whose rows it is about.

    SELECT set_config('portal.scope', '00010003', true);
    SELECT …

The two go to the server as one message and so are of one transaction, that which is open or one of their own; the
setting is local to it. No transaction needs to be held open for a page, nothing is left on the connection for who uses
it next, and a pool that gives out connections by the transaction never parts them.

Where SECOND_LOCK is off it adds nothing: so it is in tests, which turn it on for some. A portal without it takes
Django's own.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations as PlainOperations
from django.db.backends.postgresql.psycopg_any import is_psycopg3
from psycopg2.extensions import cursor as PlainCursor  # noqa: N812  a class in spite of its name

from portal.second_lock.scope import path_now

if is_psycopg3:
    message = "psycopg 3 sends one statement a message; the scope needs psycopg2"
    raise ImproperlyConfigured(message)

SAYING = "SELECT set_config('portal.scope','{}',true);\n"
SAID = re.compile(r"\ASELECT set_config\('portal\.scope','\w*',true\);\n")
# What touches rows. The rest (SAVEPOINT, SET, DDL) some of which must stand alone, goes as it is; where it touches
# rows all the same, the scope of an earlier statement holds, or none.
OF_ROWS = re.compile(r"\s*(?:\(\s*)*(?:SELECT|INSERT|UPDATE|DELETE|WITH|EXPLAIN|VALUES)\b", re.IGNORECASE)


class ScopedCursor(PlainCursor):
    """A cursor whose statements carry the scope of the moment at which they are executed."""

    def execute(self, query: Any, vars: Any = None) -> None:  # noqa: A002  the driver's name
        if not settings.SECOND_LOCK:
            super().execute(query, vars)
            return
        saying = SAYING.format(path_now())
        if self.name:
            self._declare(saying, query, vars)
        elif isinstance(query, str) and OF_ROWS.match(query):
            super().execute(saying + query, vars)
        else:
            super().execute(query, vars)

    def executemany(self, query: Any, vars_list: Iterable[Any]) -> None:
        if not settings.SECOND_LOCK:
            super().executemany(query, vars_list)
            return
        for given in vars_list:
            self.execute(query, given)

    def _declare(self, saying: str, query: Any, given: Any) -> None:
        """A cursor of the server is declared by the driver, in a transaction: of its own where none is open."""
        own = self.connection.autocommit
        with self.connection.cursor(cursor_factory=PlainCursor) as beside:
            beside.execute(f"BEGIN;{saying}" if own else saying)
            try:
                super().execute(query, given)
            except BaseException:
                if own:
                    beside.execute("ROLLBACK")
                raise
            if own:
                beside.execute("COMMIT")


class DatabaseOperations(PlainOperations):
    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> Any:
        """The statement as it was asked for: what the scope adds is the same everywhere."""
        told = super().last_executed_query(cursor, sql, params)
        return SAID.sub("", told) if told else told


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def get_new_connection(self, conn_params: Any) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.cursor_factory = ScopedCursor
        return connection
