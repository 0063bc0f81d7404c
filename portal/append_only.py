"""Tables that only grow: triggers that refuse UPDATE and DELETE, whoever asks (application, shell, import)."""

from collections.abc import Iterator

from django.db import migrations

REFUSAL = "append-only"
EVENTS = ("update", "delete")


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


def append_only(*tables: str) -> migrations.RunPython:
    """The migration operation that makes `tables` append-only, and takes that back when reversed.

    TRUNCATE is left alone: no application role has that right, and test databases are emptied with it.
    On SQLite a later change of a table's columns rebuilds the table, which drops its triggers: such a migration must
    end with this operation again, and the test of the trigger fails until it does.
    """

    def apply(apps, schema_editor):
        for forward, _backward in _statements(schema_editor, tables):
            schema_editor.execute(forward)

    def undo(apps, schema_editor):
        for _forward, backward in reversed(_statements(schema_editor, tables)):
            schema_editor.execute(backward)

    return migrations.RunPython(apply, undo)


def _statements(schema_editor, tables: tuple[str, ...]) -> list[tuple[str, str]]:
    statements = STATEMENTS[schema_editor.connection.vendor]
    return [pair for table in tables for pair in statements(table)]
