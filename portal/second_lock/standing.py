"""Whether the second lock holds in this database, for the role that the portal works under."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection

from portal.second_lock.tables import locked_tables

ROLE = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
OPEN = """
    SELECT wanted.name FROM unnest(%s) AS wanted (name)
    JOIN pg_class ON relname = wanted.name AND relnamespace = 'public'::regnamespace
    WHERE NOT (relrowsecurity AND relforcerowsecurity)
    ORDER BY wanted.name
"""


def lock_faults() -> list[str]:
    """What keeps it from holding, in words; two queries. Empty where SECOND_LOCK is off, and on SQLite, which has none.

    Raises DatabaseError where it cannot be asked.
    """
    return list(_faults()) if settings.SECOND_LOCK and connection.vendor == "postgresql" else []


def open_tables() -> list[str]:
    """The tables that are to be locked and are not, on PostgreSQL. Those that are not there yet are passed over."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [locked_tables()])
        return [name for (name,) in cursor.fetchall()]


def _faults() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(ROLE)
        if cursor.fetchone()[0]:
            yield "程序使用的数据库角色是超级用户，或可以绕过行级权限，第二道锁不起作用，应换成只能读写数据的角色"
    tables = open_tables()
    if tables:
        yield f"有 {len(tables)} 张表没有上第二道锁（如 {tables[0]}），请由表的所有者运行 second_lock --on"
