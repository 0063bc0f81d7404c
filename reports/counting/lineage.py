"""Figures to records: exactly those counted, and the near misses with the reason why each is not."""

import datetime
from typing import Any

from django.db.models import Case, F, Model, QuerySet, SmallIntegerField, Value, When

from portal.models import Campaign, Union, User
from portal.models.owned import unit_path
from portal.models.voidable import all_of
from reports.figures.registry import Fact, Figure, Window

FLAG = "fails_{}"


def lineage(
    figure: Figure, campaign: Campaign, union: Union, as_of: datetime.date | None = None, *, user: User | None = None
) -> QuerySet:
    """The records that `figure` of `union` counts, latest first; with `user`, only those within the user's scope.

    For a figure of distinct values, the records whose values are counted.
    """
    records = _scope(figure.source, union, user).filter(figure.counted(Window.of(campaign, as_of)))
    return _latest_first(records, figure.source)


def near_misses(
    figure: Figure, campaign: Campaign, union: Union, as_of: datetime.date | None = None, *, user: User | None = None
) -> QuerySet:
    """The fact's other records of `union`, those that fail fewest conditions first; `reasons` tells which.

    A condition that is neither true nor false (it asks for a value that is missing) counts as failed, as it does in
    the figure's own WHERE.
    """
    window = Window.of(campaign, as_of)
    flags = {
        FLAG.format(position): Case(
            When(condition.holds(window), then=Value(0)), default=Value(1), output_field=SmallIntegerField()
        )
        for position, condition in enumerate(figure.all_conditions)
    }
    records = (
        _scope(figure.source, union, user, voided=True)
        .annotate(**flags)
        .annotate(failures=sum(F(flag) for flag in flags))
    )
    return _latest_first(records.filter(failures__gt=0), figure.source, "failures")


def reasons(record: Model, figure: Figure, window: Window) -> list[str]:
    """Why `record`, one of the near misses of `figure`, is not counted, in sentences."""
    date = getattr(record, figure.source.date)
    return [
        condition.reason(window, date)
        for position, condition in enumerate(figure.all_conditions)
        if getattr(record, FLAG.format(position))
    ]


def _scope(fact: Fact, union: Union, user: User | None, *, voided: bool = False) -> QuerySet:
    known: Any = all_of(fact.model) if voided else fact.model.objects
    records: QuerySet = known.all() if user is None else known.visible_to(user)
    records = records.filter(fact.lies_in(union.path)).select_related(*fact.related).defer(*fact.unread)
    if union.is_city:  # the city's figures are those of its reporting units, and so is the list
        reporting = Union.objects.reporting().order_by().values("path")
        records = records.annotate(unit_path=unit_path()).filter(unit_path__in=reporting)
    return records


def _latest_first(records: QuerySet, fact: Fact, *before: str) -> QuerySet:
    return records.order_by(*before, F(fact.date).desc(nulls_last=True), "pk")
