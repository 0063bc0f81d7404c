"""The records that a figure does not count, each with the reasons: one thing away from counting before two.

A record of another kind than what the figure counts is none of them (`Condition.is_kind`).
"""

import datetime
from dataclasses import dataclass

from django.db.models import Count, F, Model, QuerySet
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from portal.models import Campaign, Union, User
from reports.counting.lineage import latest_first, within
from reports.figures.registry import FAILED, MET, Figure, Window, every

FLAG = "standing_{}"
FAILURES = "failures"


class UnknownReasonError(ValueError):
    """A key that is no reason of the figure."""


@dataclass(frozen=True)
class MissReason:
    """Why `count` records are not counted: `words` say which conditions they fail, `missing` of them; `key` names it.

    The key has a digit for each condition of the figure: how the records stand to it (`Condition.standing`).
    """

    key: str
    missing: int
    words: str
    count: int

    def __str__(self) -> str:
        return _("差 %(missing)d 项：%(words)s") % {"missing": self.missing, "words": self.words}


def near_misses(
    figure: Figure,
    campaign: Campaign,
    union: Union,
    as_of: datetime.date | None = None,
    *,
    user: User | None = None,
    reason: str = "",
) -> QuerySet:
    """The fact's other records of `union` that are of the figure's kind, those of one reason together.

    The reasons are in the order of `reasons_of`, the records of each are latest first. With `reason`, the key of one,
    only its records. Voided ones are among them. Raises UnknownReasonError.
    """
    window = Window.of(campaign, as_of)
    flags = {name: condition.standing(window) for name, condition in zip(_flags(figure), figure.missable, strict=True)}
    records = (
        within(figure.source, union, user, voided=True)
        .filter(every(figure.kinds, window))
        .annotate(**flags)
        .annotate(**{FAILURES: sum(Least(F(flag), FAILED) for flag in flags)})
        .filter(**{f"{FAILURES}__gt": 0}, **(_standings(figure, reason) if reason else {}))
    )
    return latest_first(records, figure.source, *_nearest_first(figure))


def reasons_of(
    figure: Figure, campaign: Campaign, union: Union, as_of: datetime.date | None = None, *, user: User | None = None
) -> list[MissReason]:
    """The reasons why records are not counted, those with the fewest conditions first. One query."""
    flags, window = _flags(figure), Window.of(campaign, as_of)
    records = near_misses(figure, campaign, union, as_of, user=user).order_by()
    rows = records.values(*flags, FAILURES).annotate(count=Count("pk")).order_by(*_nearest_first(figure))
    return [
        MissReason(
            "".join(str(row[flag]) for flag in flags),
            row[FAILURES],
            "；".join(_sentences(figure, window, None, [row[flag] for flag in flags])),
            row["count"],
        )
        for row in rows
    ]


def reasons(record: Model, figure: Figure, window: Window) -> list[str]:
    """Why `record`, one of the near misses of `figure`, is not counted, in sentences with its own date."""
    return _sentences(figure, window, getattr(record, figure.source.date), _standing_of(record, figure))


def key_of(record: Model, figure: Figure) -> str:
    """The key of the reason why `record`, one of the near misses, is not counted."""
    return "".join(map(str, _standing_of(record, figure)))


def _flags(figure: Figure) -> list[str]:
    return [FLAG.format(position) for position in range(len(figure.missable))]


def _nearest_first(figure: Figure) -> list[str]:
    """One condition before two; then by the conditions in the order in which they are declared."""
    return [FAILURES, *(f"-{flag}" for flag in _flags(figure))]


def _standing_of(record: Model, figure: Figure) -> list[int]:
    return [getattr(record, flag) for flag in _flags(figure)]


def _standings(figure: Figure, key: str) -> dict[str, int]:
    """How the records of reason `key` stand to each condition."""
    flags = _flags(figure)
    standings = [int(digit) for digit in key] if key.isascii() and key.isdecimal() else []
    known = len(standings) == len(flags) and all(
        standing <= FAILED + len(condition.ways)
        for standing, condition in zip(standings, figure.missable, strict=False)
    )
    if not known or not any(standings):
        raise UnknownReasonError(key)
    return dict(zip(flags, standings, strict=True))


def _sentences(figure: Figure, window: Window, date: datetime.date | None, standings: list[int]) -> list[str]:
    return [
        condition.reason(window, date, standing)
        for condition, standing in zip(figure.missable, standings, strict=True)
        if standing != MET
    ]
