"""Keyset paging: a page begins after a record, not after a number of rows; the last page costs what the first does.

How many there are is counted as far as people read it, and to the end for who asks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import Http404

PAGE_SIZE = 50
COUNTED_TO = 1000  # a list of a city would be read whole to tell how long it is
COUNT, WHOLE = "count", "whole"  # the parameter by which everything is counted


@dataclass(frozen=True)
class Page:
    """Records of one page, with the parameters that lead to its neighbours (None where there is none).

    `total` is how many there are; if it `is_more`, where counting stopped.
    """

    records: list[Model]
    total: int
    is_more: bool
    previous: dict[str, str] | None
    next: dict[str, str] | None

    @property
    def first(self) -> dict[str, str] | None:
        return {} if self.previous else None

    @property
    def last(self) -> dict[str, str] | None:
        return {"last": "1"} if self.next else None


@dataclass(frozen=True)
class Keyset:
    """The order of a list: one field that is never null, then the key.

    A place in the list is the key of a record: the value it is sorted by may be a name, and names stay
    out of addresses, so it is read again by the key, within scope.
    """

    field: str
    descending: bool = False

    @classmethod
    def parse(cls, order: str) -> "Keyset":
        return cls(order.removeprefix("-"), descending=order.startswith("-"))

    def sort(self, records: QuerySet, *, backwards: bool = False) -> QuerySet:
        sign = "-" if self.descending != backwards else ""
        return records.order_by(f"{sign}{self.field}", f"{sign}pk")

    def beyond(self, place: tuple[Any, int], *, backwards: bool = False) -> Q:
        """What comes after `place` (before it if `backwards`)."""
        value, key = place
        compare = "lt" if self.descending != backwards else "gt"
        # The first condition is implied by the second; it is what an index on the field can use.
        return Q(**{f"{self.field}__{compare}e": value}) & (
            Q(**{f"{self.field}__{compare}": value}) | Q(**{f"pk__{compare}": key})
        )


@dataclass(frozen=True)
class Counted:
    """How many records there are; if it `is_more`, where counting stopped."""

    number: int
    is_more: bool


def counted(records: QuerySet, *, whole: bool = False) -> Counted:
    """How many `records` there are: up to COUNTED_TO, unless the `whole` is asked for."""
    records = records.order_by()
    if whole:
        return Counted(records.count(), is_more=False)
    number = records.values("pk")[: COUNTED_TO + 1].count()  # what a list annotates is no part of it
    return Counted(min(number, COUNTED_TO), is_more=number > COUNTED_TO)


def turn_to(
    params: Mapping[str, str], records: QuerySet, scope: QuerySet, keyset: Keyset, size: int = PAGE_SIZE
) -> Page:
    """The page of `records` that `params` ask for.

    `scope` is where the record that marks the place is looked up: it may have left the filters meanwhile, but a place
    that the user never saw is a 404.
    """
    total = counted(records, whole=params.get(COUNT) == WHOLE)
    if "before" in params:
        page = _before(_place(params["before"], scope, keyset), records, keyset, size, total)
        if page:
            return page
    elif "last" in params:
        rows = list(keyset.sort(records, backwards=True)[: size if total.is_more else total.number % size or size])
        return _page(rows[::-1], total, more_before=total.number > len(rows), more_after=False)
    elif "after" in params:
        later = records.filter(keyset.beyond(_place(params["after"], scope, keyset)))
        rows = list(keyset.sort(later)[: size + 1])
        return _page(rows[:size], total, more_before=True, more_after=len(rows) > size)
    rows = list(keyset.sort(records)[: size + 1])
    return _page(rows[:size], total, more_before=False, more_after=len(rows) > size)


def _before(place: tuple[Any, int], records: QuerySet, keyset: Keyset, size: int, total: Counted) -> Page | None:
    """The page that ends before `place`; None when it would be less than a page: then the first one is shown."""
    earlier = records.filter(keyset.beyond(place, backwards=True))
    rows = list(keyset.sort(earlier, backwards=True)[: size + 1])
    if len(rows) < size:
        return None
    return _page(rows[size - 1 :: -1], total, more_before=len(rows) > size, more_after=True)


def _place(cursor: str, scope: QuerySet, keyset: Keyset) -> tuple[Any, int]:
    if not re.fullmatch("[0-9]{1,18}", cursor):
        raise Http404
    place: tuple[Any, int] | None = scope.filter(pk=int(cursor)).order_by().values_list(keyset.field, "pk").first()
    if place is None:
        raise Http404
    return place


def _page(rows: list[Model], total: Counted, *, more_before: bool, more_after: bool) -> Page:
    previous = {"before": str(rows[0].pk)} if rows and more_before else None
    following = {"after": str(rows[-1].pk)} if rows and more_after else None
    return Page(rows, total.number, total.is_more, previous, following)
