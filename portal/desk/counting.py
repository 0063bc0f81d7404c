"""Many counts in one query, none of them counted further than it matters: a desk asks two dozen at once.

A number beyond `MOST` is told as "1 000 以上": whoever has so much to do does not ask for the exact number, and the
page takes no longer for a city than for a street.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

MOST = 1000

Key = TypeVar("Key", bound=Hashable)
Question = QuerySet | int
Statement = tuple[str, tuple]


def shown(count: int) -> str:
    """A count as it is printed."""
    return _("1 000 以上") if count > MOST else str(count)


def counted(questions: Mapping[Key, Question]) -> dict[Key, int]:
    """The answer to each question: of a queryset how many rows it has, at most MOST + 1; a number is its own answer.

    One query for all querysets together.
    """
    answers = {key: asked for key, asked in questions.items() if isinstance(asked, int)}
    parts = {key: _as_sql(asked) for key, asked in questions.items() if isinstance(asked, QuerySet)}
    possible = {key: part for key, part in parts.items() if part}
    answers |= dict(zip(possible, _numbers(list(possible.values())), strict=True))
    return {key: answers.get(key, 0) for key in questions}


def _as_sql(rows: QuerySet) -> Statement | None:
    """The statement of the rows with its parameters; None where no row can match."""
    try:
        sql, given = rows.order_by().values("pk")[: MOST + 1].query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    return sql, given


def _numbers(parts: list[Statement]) -> tuple[int, ...]:
    if not parts:
        return ()
    # Statements that Django made: what people typed is in the parameters.
    counts = [f"(SELECT COUNT(*) FROM ({sql}) AS rows_{place})" for place, (sql, _given) in enumerate(parts)]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", [each for _sql, given in parts for each in given])
        return tuple(cursor.fetchone())
