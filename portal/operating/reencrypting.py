"""Moving every sealed value to the key in front, while the portal runs.

A value says itself under which key it is sealed, so that there is no list of what is done: whoever starts again passes
over what is moved. Each row is one statement of its own, which holds only where its values are still those that were
read; what somebody saves meanwhile is under the key in front anyhow. No content changes: no version, no revision, no
row in the log, and what is sealed as evidence is sealed over the content.

Tables that only grow refuse it. The role that owns them lifts that for the moment of one block: `lifted`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, models, transaction

from portal.models.append_only import lifted, refusing_tables
from portal.operating.sealed import SealedColumn, sealed_columns

BLOCK = 200  # rows read at a time; of files one
KNOWN_BY = 48  # characters by which a value is known: the key, and a nonce that no other value has


@dataclass(frozen=True)
class MovedRows:
    """How far the move of a table is: rows sealed anew, rows that no key opens, and whether the table refuses it."""

    table: str
    rows: int = 0
    unopened: int = 0
    refused: bool = False


def reencrypt() -> Iterator[MovedRows]:
    """Move every table, and tell after each block how far its table is.

    Effects: rewrites what is not under the key in front. It may be killed at any moment and started again.
    """
    refusing = refusing_tables()
    for model, columns in sealed_columns().items():
        if model._meta.db_table in refusing:
            yield from _move_refusing(model, columns)
        else:
            yield from _move(model, columns)


def _move_refusing(model: type[models.Model], columns: list[SealedColumn]) -> Iterator[MovedRows]:
    """The same for a table that only grows, block by block in transactions in which it does not refuse."""
    told = MovedRows(model._meta.db_table)
    blocks = _blocks(model, columns)
    while True:
        try:
            with transaction.atomic():
                keys = next(blocks, [])
                if not keys:
                    return
                with lifted(told.table):
                    told = _move_rows(model, columns, keys, told)
        except ProgrammingError:  # not the role that owns the table
            yield replace(told, refused=True)
            return
        yield told


def _move(model: type[models.Model], columns: list[SealedColumn]) -> Iterator[MovedRows]:
    told = MovedRows(model._meta.db_table)
    for keys in _blocks(model, columns):
        told = _move_rows(model, columns, keys, told)
        yield told


def _blocks(model: type[models.Model], columns: list[SealedColumn]) -> Iterator[list[Any]]:
    """The keys of the rows that hold something of another key, BLOCK at a time, in order."""
    other = models.Q()
    for column in columns:
        other |= column.is_filled & ~column.begins_with(column.beginning)
    rows = model._base_manager.filter(other).order_by("pk").values_list("pk", flat=True)
    keys = list(rows[:BLOCK])
    while keys:
        yield keys
        keys = list(rows.filter(pk__gt=keys[-1])[:BLOCK])


def _move_rows(model: type[models.Model], columns: list[SealedColumn], keys: list[Any], told: MovedRows) -> MovedRows:
    together = 1 if any(column.is_binary for column in columns) else BLOCK
    for start in range(0, len(keys), together):
        rows = model._base_manager.filter(pk__in=keys[start : start + together])
        for pk, *stored in rows.values_list("pk", *(column.stored for column in columns)):
            try:
                told = replace(told, rows=told.rows + _move_row(model, pk, dict(zip(columns, stored, strict=True))))
            except (InvalidTag, ImproperlyConfigured, ValueError):
                told = replace(told, unopened=told.unopened + 1)
    return told


def _move_row(model: type[models.Model], pk: Any, stored: dict[SealedColumn, Any]) -> int:
    """Seal a row anew where it is still as it was read; how many rows that were."""
    row, changes = model._base_manager.filter(pk=pk), {}
    for column, value in stored.items():
        if value and not column.is_current(value):
            row = row.filter(column.begins_with(value[:KNOWN_BY]))
            changes[column.field.name] = column.as_literal(column.field.resealed(value))
    return row.update(**changes) if changes else 0
