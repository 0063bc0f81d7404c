"""The indexes by which PostgreSQL finds a name by any part of it; its extension pg_trgm makes them.

Where the extension is missing and the role may not make it, the portal finds the same more slowly; a check says so.
"""

from collections.abc import Iterable

from django.db import DatabaseError, connection, transaction

EXTENSION = "pg_trgm"
COMPARING = ["pg_catalog.textlike(text, text)", "pg_catalog.replace(text, text, text)"]


def has_parts() -> bool:
    """Whether the database has the extension."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = %s)", [EXTENSION])
        return bool(cursor.fetchone()[0])


def asks_under_the_lock() -> bool:
    """Whether PostgreSQL asks that index before the second lock: what compares a name is declared to give nothing away.

    deploy/postgresql.sql declares it, which a superuser alone may.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT bool_and(proleakproof) FROM pg_proc WHERE oid = ANY(%s::regprocedure[])", [COMPARING])
        return bool(cursor.fetchone()[0])


def index_parts(columns: Iterable[tuple[str, str]]) -> bool:
    """Index these columns of tables by their parts, as portal.records.search asks for them, beside those who write.

    Whether it was done: not without the extension, if the role may not make it. What is indexed already stays.
    """
    if not (has_parts() or _made()):
        return False
    side = "" if connection.in_atomic_block else "CONCURRENTLY"
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, column in columns:
            cursor.execute(
                f"CREATE INDEX {side} IF NOT EXISTS {quoted(index_of(table, column))} ON {quoted(table)}"
                f" USING gin (REPLACE({quoted(column)}, ' ', '') gin_trgm_ops)"
            )
    return True


def index_of(table: str, column: str) -> str:
    """What the index is called."""
    return f"{table}_{column}_part"


def _made() -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"CREATE EXTENSION {EXTENSION}")
    except DatabaseError:
        return False
    return True
