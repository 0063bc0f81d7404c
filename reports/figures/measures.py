"""What is measured of the records that count: their number, their distinct values, or a sum."""

import enum
from dataclasses import dataclass
from decimal import Decimal

from django.db import models

FEN_EXPONENT = 2


class SumOfFen(models.Aggregate):
    """The sum of a column of yuan, in fen, as a whole number.

    SQLite keeps decimals as binary floats, whose sum drifts with the number of rows. An amount has at most 14 digits
    (`max_digits` of every amount field), so amount x 100 is below 2**53 and ROUND restores the very fen that was
    written; whole numbers then add up exactly. PostgreSQL adds decimals exactly and is spared the work per row.
    """

    template = "SUM(CAST(ROUND(%(expressions)s * 100) AS BIGINT))"
    output_field = models.BigIntegerField()

    def as_postgresql(self, compiler, connection, **extra_context):
        plain = self.copy()
        plain.template = "SUM(%(expressions)s)"
        sql, params = plain.as_sql(compiler, connection, **extra_context)
        return f"CAST({sql} * 100 AS BIGINT)", params


class Kind(enum.Enum):
    """The ways to measure."""

    COUNT = "count"
    DISTINCT = "distinct"
    SUM = "sum"
    MONEY = "money"


@dataclass(frozen=True)
class Measure:
    """One way to measure, of one field where it needs one."""

    kind: Kind
    field: str = "pk"

    def aggregate(self, only: models.Q | None = None) -> models.Aggregate:
        """The aggregate over the records that satisfy `only`."""
        if self.kind is Kind.MONEY:
            return SumOfFen(self.field, filter=only)
        if self.kind is Kind.SUM:
            return models.Sum(self.field, filter=only)
        return models.Count(self.field, distinct=self.kind is Kind.DISTINCT, filter=only)

    def value(self, raw: int | None) -> int | Decimal:
        """What the aggregate returned as a figure: yuan for money, else a whole number; nothing counted is zero."""
        return Decimal(raw or 0).scaleb(-FEN_EXPONENT) if self.kind is Kind.MONEY else raw or 0


COUNT = Measure(Kind.COUNT)


def distinct(field: str) -> Measure:
    return Measure(Kind.DISTINCT, field)


def sum_of(field: str) -> Measure:
    return Measure(Kind.SUM, field)


def money(field: str = "amount") -> Measure:
    return Measure(Kind.MONEY, field)
