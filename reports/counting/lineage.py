"""Figures to records: exactly those counted. Those that are not: `reports.counting.near_misses`."""

import datetime
from typing import Any

from django.db.models import F, QuerySet

from portal.models import Campaign, Union, User
from portal.models.owned import unit_path
from portal.models.voidable import all_of
from reports.figures.registry import Fact, Figure, Window


def lineage(
    figure: Figure, campaign: Campaign, union: Union, as_of: datetime.date | None = None, *, user: User | None = None
) -> QuerySet:
    """The records that `figure` of `union` counts, latest first; with `user`, only those within the user's scope.

    For a figure of distinct values, the records whose values are counted.
    """
    records = within(figure.source, union, user).filter(figure.counted(Window.of(campaign, as_of)))
    return latest_first(records, figure.source)


def within(fact: Fact, union: Union, user: User | None, *, voided: bool = False) -> QuerySet:
    """The records of `fact` in `union`, ready to be shown; with `user`, only those within the user's scope."""
    known: Any = all_of(fact.model) if voided else fact.model.objects
    records: QuerySet = known.all() if user is None else known.visible_to(user)
    records = records.filter(fact.lies_in(union.path)).select_related(*fact.related).defer(*fact.unread)
    if union.is_city:  # the city's figures are those of its reporting units, and so is the list
        reporting = Union.objects.reporting().order_by().values("path")
        records = records.annotate(unit_path=unit_path()).filter(unit_path__in=reporting)
    return records


def latest_first(records: QuerySet, fact: Fact, *before: str) -> QuerySet:
    """By `before`, then by the record's date."""
    return records.order_by(*before, F(fact.date).desc(nulls_last=True), "pk")
