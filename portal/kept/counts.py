"""What is counted over each unit, counted once and kept; counted again for the units whose records were written.

A kept value is proved whenever it is read: the revision of its unit is the one that was read before it was counted.
"""

import datetime
import hashlib
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Model

from portal.kept.revisions import fields_read, fold, revisions, units_counting
from portal.models import Campaign, KeptCount, Union
from portal.models.asked_once import once
from portal.models.voidable import all_of
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city

logger = logging.getLogger(__name__)

Values = Any  # what JSON holds
# A unit is counted by itself in about two times what it takes as one of all.
APART = 2


@dataclass(frozen=True)
class Kept:
    """One kind of result. `question` is all that it depends on besides the records, the unit and the last day.

    `count` gives the values of every unit by its path, or of the one at the path given; who is missing has `nothing`.
    `days` are the fields of dates that are compared with the last day: a value holds on another day as well while no
    record of the unit is dated in between.
    """

    what: str
    question: Callable[[Campaign], str]
    count: Callable[[Campaign, datetime.date, str | None], Mapping[str, Values]]
    days: Callable[[Campaign], Iterable[tuple[type[Model], str]]]
    nothing: Values

    @whole_city(Across.KEPT)
    def of_units(self, campaign: Campaign, cut_off: datetime.date, paths: Iterable[str]) -> dict[str, Values]:
        """The values of the units at `paths`. What has to be counted is kept; nothing is written where nothing has."""
        asked = set(paths)
        # Before anything is counted: a write that commits meanwhile has raised it for the next reader.
        now = _revisions(asked)
        basis = hashlib.sha256(self.question(campaign).encode()).hexdigest()
        rows = [row for row in self._kept(campaign, basis, asked) if row.revision == now.get(row.path, 0)]
        moved = self._moved(campaign, cut_off, {row.cut_off for row in rows})
        good = {row.path: row.values for row in rows if row.path not in moved[row.cut_off]}
        fresh = self._counted(campaign, cut_off, asked - good.keys())
        older = {row.path: row.values for row in rows if row.path in good and row.cut_off != cut_off}
        if fresh or older:
            written = {path: (values, now.get(path, 0)) for path, values in (older | fresh).items()}
            self._keep(campaign, cut_off, basis, written)
        return good | fresh

    def _kept(self, campaign: Campaign, basis: str, asked: set[str]) -> Iterable[KeptCount]:
        if len(asked) == 1:
            return (row for row in _of_unit(campaign, *asked) if (row.what, row.basis) == (self.what, basis))
        rows = KeptCount.objects.filter(campaign=campaign, what=self.what, basis=basis)
        return (row for row in rows if row.path in asked)

    def _counted(self, campaign: Campaign, cut_off: datetime.date, paths: set[str]) -> dict[str, Values]:
        if not paths:
            return {}
        if len(paths) * APART > Union.objects.reporting().count():
            found = self.count(campaign, cut_off, None)
            return {path: found.get(path, self.nothing) for path in paths}
        return {path: self.count(campaign, cut_off, path).get(path, self.nothing) for path in sorted(paths)}

    def _moved(
        self, campaign: Campaign, cut_off: datetime.date, others: set[datetime.date]
    ) -> Mapping[datetime.date, set[str]]:
        """By other last day, the units of which a record is dated between it and `cut_off`."""
        found: dict[datetime.date, set[str]] = defaultdict(set)
        for other in others - {cut_off}:
            first, last = sorted((other, cut_off))
            for model, field in self.days(campaign):
                between = all_of(model).filter(**{f"{field}__gt": first, f"{field}__lte": last}).order_by()
                found[other] |= units_counting(model, between.values(*fields_read(model)).distinct())
        return found

    def _keep(
        self, campaign: Campaign, cut_off: datetime.date, basis: str, written: Mapping[str, tuple[Values, int]]
    ) -> None:
        """In the order of paths, so that two who keep the same do not wait in a ring; which of them is last is one.

        Not within somebody's transaction, which would lock what is kept until it ends: such a result is not kept.
        """
        rows = [
            KeptCount(
                path=path,
                campaign=campaign,
                what=self.what,
                cut_off=cut_off,
                basis=basis,
                revision=revision,
                values=values,
            )
            for path, (values, revision) in sorted(written.items())
        ]
        try:
            with transaction.atomic(durable=True):
                KeptCount.objects.bulk_create(
                    rows,
                    update_conflicts=True,
                    unique_fields=["campaign", "what", "path"],
                    update_fields=["cut_off", "basis", "revision", "values"],
                )
            fold()
        except RuntimeError:
            return  # a transaction is open
        except DatabaseError:
            logger.info("kept nothing of %s: nothing can be written now", self.what)


def _revisions(paths: set[str]) -> Mapping[str, int]:
    if len(paths) > 1:
        return once("the revisions of all units", revisions)
    return once(("revision", *paths), lambda: revisions(paths))


def _of_unit(campaign: Campaign, path: str) -> list[KeptCount]:
    """All that is kept of one unit: a page shows several of it."""
    return once(("kept", campaign.pk, path), lambda: list(KeptCount.objects.filter(campaign=campaign, path=path)))
