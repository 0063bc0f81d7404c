"""Which fields of which records a question compares with a day: found in the question, not declared beside it."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.expressions import BaseExpression, Col
from django.db.models.sql import Query
from django.db.models.sql.where import WhereNode

Field = tuple[type[Model], str]


def compared_days(asked: QuerySet, day: datetime.date) -> list[Field]:
    """The fields that `asked` compares with `day`, which must stand for nothing else in it.

    Raises LookupError where the day is compared with something that is no field, or used in another way.
    """
    found = list(_of_query(asked.query))
    fields = [field for field, value in found if value == day]
    connection = connections[asked.db]
    _sql, params = asked.query.get_compiler(asked.db).as_sql()
    used = list(params).count(connection.ops.adapt_datefield_value(day))
    if None in fields or used != len(fields):
        message = f"{asked.model.__name__}: compared with the day {used} times, of which {len(fields)} are understood"
        raise LookupError(message)
    return list(dict.fromkeys(field for field in fields if field))


def _of_query(query: Query) -> Iterator[tuple[Field | None, Any]]:
    yield from _of(query.where)
    for annotation in query.annotation_select.values():
        yield from _of(annotation)


def _of(node: Any) -> Iterator[tuple[Field | None, Any]]:
    """Every value that something is compared with, and the field it is compared with; None for what is no field."""
    if isinstance(node, Query):
        yield from _of_query(node)
    elif isinstance(node, WhereNode):
        for child in node.children:
            yield from _of(child)
    elif hasattr(node, "lookup_name") and hasattr(node, "rhs"):
        yield from _of_lookup(node)
    elif isinstance(node, BaseExpression):
        if isinstance(query := getattr(node, "query", None), Query):
            yield from _of_query(query)
        for part in node.get_source_expressions():
            if part is not None and not isinstance(part, Query):
                yield from _of(part)


def _of_lookup(lookup: Any) -> Iterator[tuple[Field | None, Any]]:
    yield from _of(lookup.lhs)
    values = lookup.rhs if isinstance(lookup.rhs, list | tuple) else [lookup.rhs]
    for value in values:
        if isinstance(value, BaseExpression | Query):
            yield from _of(value)
        else:
            yield _field(lookup.lhs), value


def _field(side: Any) -> Field | None:
    return (side.target.model, side.target.name) if isinstance(side, Col) else None
