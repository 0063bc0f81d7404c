"""What a database says about itself: taken with a backup, and asked again of what was restored from it."""

import datetime
from collections.abc import Callable

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

Facts = dict[str, str | int]
Telling = Callable[[datetime.date], Facts]


def all_facts(as_of: datetime.date) -> Facts:
    """Everything that must be the same in a true copy, by name; figures are counted up to `as_of`.

    What each floor has to say stands in settings.BACKUP_FACTS. Numbers and digests only: nobody's data.
    """
    told: Facts = {}
    for name in settings.BACKUP_FACTS:
        telling: Telling = import_string(name)
        told |= telling(as_of)
    return told


def rows(_as_of: datetime.date) -> Facts:
    """How many rows each table has; one query a table."""
    tables = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})
    counted: Facts = {}
    with connection.cursor() as cursor:
        for table in (*tables, "django_migrations"):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608  a name of ours
            (counted[f"rows {table}"],) = cursor.fetchone()
    return counted


def differences(before: Facts, after: Facts) -> list[str]:
    """What is not the same, in words, by name."""
    names = sorted(before.keys() | after.keys())
    return [
        f"{name}：备份时 {before.get(name, '没有')}，恢复后 {after.get(name, '没有')}"
        for name in names
        if before.get(name) != after.get(name)
    ]
