"""The whole database as text, as somebody reads it who got hold of a copy."""

from collections.abc import Iterator

from django.db import connection


def dumped() -> Iterator[tuple[str, str]]:
    """Every value of every table, with the table and column it stands in; bytes as the characters they make."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            names = [f"{table}.{column[0]}" for column in cursor.description]
            while rows := cursor.fetchmany(500):
                for row in rows:
                    yield from ((name, as_text(value)) for name, value in zip(names, row, strict=True))


def as_text(value: object) -> str:
    return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)
