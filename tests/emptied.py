"""The database emptied between transactional tests: past the triggers that refuse it, and of what there is alone.

Django empties every table. On PostgreSQL that makes some two hundred files with their indexes anew, which takes
seconds; what a test left fills twenty tables. What each of them would be filled with again, by the signal that follows
a migration, stays: the types and rights of models.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from portal.models.append_only import STATEMENTS, truncate_trigger
from portal.second_lock.scope import EVERYTHING, path_now
from reports.handed_in import guard as kept_reports

APPEND_ONLY_TABLES = (
    "portal_auditentry",
    "portal_evidencelink",
    "portal_codechange",
    "aid_caseevent",
    "aid_payeeline",
    "reports_submission",
    "reports_frozenfigure",
    "reports_frozenrecords",
    "reports_reportevent",
    "reports_returnedfigure",
    "reports_consolidation",
    "reports_frozenfile",
    "reports_comment",
    "reports_note",
    "reports_endorsement",
    "reports_reminder",
    "reports_seal",
)
OF_MODELS = {"django_content_type", "auth_permission"}


def _on_sqlite(operations, plain, style, tables, **options) -> list[str]:
    """It has no TRUNCATE, and the triggers refuse DELETE."""
    triggers = [pair for table in APPEND_ONLY_TABLES for pair in STATEMENTS["sqlite"](table)]
    triggers += kept_reports.STATEMENTS["sqlite"]()
    flush = plain(operations, style, tables, **options)
    return [drop for _create, drop in triggers] + flush + [create for create, _drop in triggers]


def _on_postgresql(operations, plain, style, tables, **options) -> list[str]:
    with operations.connection.cursor() as cursor:
        if options.get("reset_sequences") or (_is_locked(cursor) and path_now() != EVERYTHING):
            return _truncated(plain(operations, style, tables, **options))
        filled = _filled(cursor, tables)
    off, empty, on = (
        [words.format(table) for table in filled]
        for words in ("ALTER TABLE {} DISABLE TRIGGER USER", "DELETE FROM {}", "ALTER TABLE {} ENABLE TRIGGER USER")
    )
    return [*off, *empty, "SET CONSTRAINTS ALL IMMEDIATE", *on]


def _is_locked(cursor) -> bool:
    """Whether policies hide rows: what is not seen is not deleted."""
    cursor.execute("SELECT EXISTS (SELECT FROM pg_class WHERE relrowsecurity)")
    return cursor.fetchone()[0]


def _filled(cursor, tables) -> list[str]:
    looks = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables)  # noqa: S608
    cursor.execute(looks)
    return [table for (table,) in cursor]


def _truncated(flush: list[str]) -> list[str]:
    triggers = [(table, truncate_trigger(table)) for table in APPEND_ONLY_TABLES]
    off, on = ([f"ALTER TABLE {table} {to} TRIGGER {name}" for table, name in triggers] for to in ("DISABLE", "ENABLE"))
    return off + flush + on


EMPTYING = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}


@contextmanager
def emptied_past_triggers() -> Iterator[None]:
    """While this holds, `flush` empties what tests filled."""
    operations = connection.ops.__class__
    plain, emptying = operations.sql_flush, EMPTYING[connection.vendor]

    def flush(self, style, tables, **options):
        return emptying(self, plain, style, [each for each in tables if each not in OF_MODELS], **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", flush)
        yield
