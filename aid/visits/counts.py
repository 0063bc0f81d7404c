"""How far each unit is with the visits of the summer, as who sees all units finds it: kept of each."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, QuerySet

from aid.visits.plan import CITY, MOVED, Covered, PlanGroup, coverage
from portal.kept.counts import Kept
from portal.models import Campaign, Union, User
from portal.models.owned import unit_path
from portal.models.union import REPORTING_DEPTH


@dataclass(frozen=True)
class KeptVisits:
    """The people of a group by unit and state, those too whose families have moved away."""

    group: PlanGroup

    @property
    def kept(self) -> Kept:
        return Kept(
            f"visits_{self.group.slug}",
            question=self._question,
            count=self._count,
            days=lambda _campaign: (),  # the summer is the campaign's, whatever day it is
            nothing={},
        )

    def of_units(self, campaign: Campaign) -> dict[str, dict[str, int]]:
        """By path of the unit, or of the city for what it keeps itself: how many are in which state."""
        paths = Union.objects.filter(depth__lte=REPORTING_DEPTH).values_list("path", flat=True)
        return self.kept.of_units(campaign, campaign.ends_on, paths)

    def _asked(self, campaign: Campaign, path: str) -> QuerySet:
        people = self.group.of_city(campaign, path).order_by().annotate(unit=unit_path())
        return people.values_list("unit", "state").annotate(number=Count("pk"))

    def _question(self, campaign: Campaign) -> str:
        return repr(self._asked(campaign, CITY).query.get_compiler(connection=connection).as_sql())

    def _count(self, campaign: Campaign, _day: datetime.date, path: str | None) -> Mapping[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for unit, state, number in self._asked(campaign, CITY if path is None else path):
            found[unit][state] = number
        return found


def visits_of(group: PlanGroup, user: User, campaign: Campaign, top: Union) -> tuple[dict[str, Covered], int]:
    """By the unions right below `top`, how many are to be visited and were; and how many have moved away.

    Of the city from what is kept of its units; of a unit and below they are counted.
    """
    if not (user.union.is_city and top.is_city):
        moved = group.moved_away(user, campaign).in_union(top).count()
        return coverage(group.people(user, campaign).in_union(top), top), moved
    found = KeptVisits(group).of_units(campaign)
    moved = sum(states.get(MOVED, 0) for states in found.values())
    return {path: states_told for path, states in found.items() if (states_told := Covered.of(states)).people}, moved
