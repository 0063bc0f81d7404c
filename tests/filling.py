"""A row of every table that holds sealed values, made from the fields alone: a new one is filled without a new line."""

import datetime
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils import timezone

from portal.operating.sealed import sealed_columns
from portal.second_lock.scope import EVERYTHING

# By a constraint, where the text beside them is there.
ASKED_FOR = {("Organisation", "closed_on"), ("OfficeQuestion", "answered_on")}
Written = Callable[[models.Field, int], str]


@contextmanager
def rolled_back() -> Iterator[None]:
    """Whatever is written while this holds is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def fill(number: int = 1, written: Written = lambda field, at: f"{field.name}的第{at}个") -> list[models.Model]:
    """One row of each such model, with what `written` says in every sealed field.

    What they refer to is not there: call it in a transaction that is rolled back, `rolled_back`.
    """
    models_of = sealed_columns()
    with connection.cursor() as cursor:
        _refer_to_nothing(cursor, [model._meta.db_table for model in models_of])
    rows = []
    for model, columns in models_of.items():
        sealed = {column.field.name: column.written(written(column.field, number)) for column in columns}
        plain = {
            field.attname: _plain(field, number)
            for field in model._meta.concrete_fields
            if (model.__name__, field.name) in ASKED_FOR
            or (field.name not in sealed and not field.has_default() and not field.null)
        }
        rows += model._base_manager.bulk_create([model(**{k: v for k, v in plain.items() if v is not None}, **sealed)])
    return rows


def _refer_to_nothing(cursor, tables: list[str]) -> None:
    """Until the transaction is rolled back, references out of `tables` are not looked up."""
    if connection.vendor == "sqlite":
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        return
    referring = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f'"
    cursor.execute(f"{referring} AND conrelid::regclass::text = ANY(%s)", [tables])
    for table, name in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


def _plain(field: models.Field, number: int) -> object:
    """Something that a column takes; None to leave it to the field."""
    if isinstance(field, models.ForeignKey):
        return ContentType.objects.first().pk if field.related_model is ContentType else number
    if isinstance(field, models.AutoField):
        return None
    if field.name.endswith("_path"):
        return f"{EVERYTHING}{number}"  # as every path begins
    if field.choices:
        return "" if field.blank else field.choices[0][0]
    values = {
        models.UUIDField: uuid.uuid4(),
        models.DateTimeField: timezone.now(),
        models.DateField: datetime.date(2026, 3, number),
        models.BooleanField: False,
        models.JSONField: {},
        models.DecimalField: number,
        models.IntegerField: number,
        models.CharField: f"{number}" if field.editable else "",
        models.TextField: "",
    }
    return next((value for kind, value in values.items() if isinstance(field, kind)), None)
