"""Tables that only grow: triggers that refuse UPDATE and DELETE, whoever asks (application, shell, import)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from django.apps.registry import Apps
from django.db import connection, migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.utils import CursorWrapper

REFUSAL = "append-only"
EVENTS = ("update", "delete")
Statements: TypeAlias = list[tuple[str, str]]  # each with what takes it back


def _postgresql(table: str) -> Iterator[tuple[str, str]]:
    function = f"{table}_append_only"
    refuse = f"BEGIN RAISE EXCEPTION '{table} is {REFUSAL}' USING ERRCODE = 'restrict_violation'; END"
    create = f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ {refuse} $$"
    yield create, f"DROP FUNCTION {function}()"
    for event in EVENTS:
        when = f"BEFORE {event.upper()} ON {table} FOR EACH ROW"
        yield (
            f"CREATE TRIGGER {table}_no_{event} {when} EXECUTE FUNCTION {function}()",
            f"DROP TRIGGER {table}_no_{event} ON {table}",
        )


def _sqlite(table: str) -> Iterator[tuple[str, str]]:
    for event in EVENTS:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is {REFUSAL}'); END"
        yield (
            f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} {refuse}",
            f"DROP TRIGGER {table}_no_{event}",
        )


STATEMENTS = {"postgresql": _postgresql, "sqlite": _sqlite}


def _truncate_postgresql(cursor: CursorWrapper, table: str) -> Iterator[tuple[str, str]]:
    """TRUNCATE fires no trigger for rows."""
    function, trigger = f"{table}_keeps_rows", truncate_trigger(table)
    refuse = f"RAISE EXCEPTION '{table} is {REFUSAL}' USING ERRCODE = 'restrict_violation'"
    body = f"BEGIN IF EXISTS (SELECT 1 FROM {table}) THEN {refuse}; END IF; RETURN NULL; END"  # noqa: S608
    yield (
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"DROP FUNCTION {function}()",
    )
    yield (
        f"CREATE TRIGGER {trigger} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER {trigger} ON {table}",
    )


def _replace_sqlite(cursor: CursorWrapper, table: str) -> Iterator[tuple[str, str]]:
    """INSERT OR REPLACE deletes the rows in its way without firing a trigger for it."""
    taken = [f"EXISTS (SELECT 1 FROM {table} WHERE {same})" for same in _same_key(cursor, table)]  # noqa: S608
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is {REFUSAL}'); END"
    trigger = f"{table}_no_replace"
    yield (
        f"CREATE TRIGGER {trigger} BEFORE INSERT ON {table} WHEN {' OR '.join(taken)} {refuse}",
        f"DROP TRIGGER {trigger}",
    )


def _same_key(cursor: CursorWrapper, table: str) -> Iterator[str]:
    """For the primary key and every unique index, the condition under which a row stands in the way of a new one."""
    yield "id = NEW.id"
    cursor.execute(f"PRAGMA index_list({table})")
    for _seq, name, unique, _origin, _partial in cursor.fetchall():
        if unique:
            cursor.execute(f"PRAGMA index_info({name})")
            same = [f"{column} = NEW.{column}" for _rank, _place, column in cursor.fetchall()]
            yield " AND ".join([*same, *_condition(cursor, name)])


def _condition(cursor: CursorWrapper, index: str) -> list[str]:
    """What rows a partial index is over, as it was declared."""
    cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [index])
    (declared,) = cursor.fetchone()
    return [f"({clause})" for clause in (declared or "").split(" WHERE ")[1:]]


@contextmanager
def lifted(table: str) -> Iterator[None]:
    """While this holds, rows of `table` can be updated: for who writes the same content anew, and nobody else.

    It lasts as long as the transaction, which must be under way: until then PostgreSQL lets nobody else write to the
    table, and a process that is killed leaves the refusal standing. Only the role that owns the table may; another
    gets DatabaseError.
    """
    trigger = f"{table}_no_update"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            before, after = (f"ALTER TABLE {table} {verb} TRIGGER {trigger}" for verb in ("DISABLE", "ENABLE"))
        else:
            before, after = f"DROP TRIGGER {trigger}", declared(cursor, trigger)
        cursor.execute(before)
        yield
        cursor.execute(after)


def declared(cursor: CursorWrapper, name: str) -> str:
    """The statement that made a trigger of SQLite."""
    cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [name])
    (statement,) = cursor.fetchone()
    return str(statement)


def refusing_tables() -> set[str]:
    """The tables of this database that refuse every update."""
    asked = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        return {name.removesuffix("_no_update") for (name,) in cursor.fetchall() if name.endswith("_no_update")}


def truncate_trigger(table: str) -> str:
    return f"{table}_no_truncate"


ROUNDABOUT = {"postgresql": _truncate_postgresql, "sqlite": _replace_sqlite}


def append_only(*tables: str) -> migrations.RunPython:
    """The migration operation that makes `tables` append-only, and takes that back when reversed.

    The ways around its triggers are closed by `no_way_around`.
    On SQLite a later change of a table's columns rebuilds the table, which drops its triggers: such a migration must
    end with both operations again, and the test of the triggers fails until it does.
    """

    def statements(editor: BaseDatabaseSchemaEditor) -> Statements:
        return [pair for table in tables for pair in STATEMENTS[editor.connection.vendor](table)]

    return running(statements)


def no_way_around(*tables: str) -> migrations.RunPython:
    """The migration operation that also refuses what fires no trigger of `append_only`: TRUNCATE, INSERT OR REPLACE."""

    def statements(editor: BaseDatabaseSchemaEditor) -> Statements:
        with editor.connection.cursor() as cursor:
            return [pair for table in tables for pair in ROUNDABOUT[editor.connection.vendor](cursor, table)]

    return running(statements)


def running(statements: Callable[[BaseDatabaseSchemaEditor], Statements]) -> migrations.RunPython:
    """The migration operation that runs the first of each pair `statements` gives, and the second when reversed."""

    def apply(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for forward, _backward in statements(schema_editor):
            schema_editor.execute(forward)

    def undo(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for _forward, backward in reversed(statements(schema_editor)):
            schema_editor.execute(backward)

    return migrations.RunPython(apply, undo)
