"""What checks need to know besides the figures of the report itself. A part that is not known is None."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from reports.counting.derive import Values


@dataclass(frozen=True)
class Preparation:
    """What the unit adds to its figures before it submits; `untyped` are slugs it has to type in and has not.

    `summary_lacks` says, in a sentence, what is still missing of the summary that is there.
    """

    contact_name: str
    contact_telephone: str
    has_summary: bool
    untyped: frozenset[str] = frozenset()
    summary_lacks: str = ""


@dataclass(frozen=True)
class PerChild:
    """The mean of paid / aided, in yuan, over the `units` that aided anyone."""

    mean: Fraction
    units: int

    @classmethod
    def of(cls, reports: Iterable[Values], paid: str = "paid", aided: str = "aided") -> "PerChild | None":
        """The mean of the units' own ratios, each weighing the same; None when nobody aided anyone.

        `paid` and `aided` are the slugs of what stands in their places.
        """
        ratios = [per_child(values, paid, aided) for values in reports if values[aided] > 0]
        return cls(sum(ratios, start=Fraction()) / len(ratios), len(ratios)) if ratios else None


def per_child(values: Values, paid: str, aided: str) -> Fraction:
    """Yuan paid for each child aided, exactly."""
    return Fraction(values[paid]) / Fraction(values[aided])


@dataclass(frozen=True)
class Context:
    """`balance`: yuan carried over from the days before the campaign. `last_year`: the values last accepted.

    `records`: how many records each record check finds, by the slug of its question.
    """

    balance: Decimal | None = None
    per_child: PerChild | None = None
    last_year: Values | None = None
    records: Values | None = None
    preparation: Preparation | None = None

    @property
    def own(self) -> "Context":
        """The same judgement, from which no sentence can tell a mean that moves whenever another unit pays."""
        return replace(self, per_child=replace(self.per_child, units=0)) if self.per_child else self
