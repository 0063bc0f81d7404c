"""求职进展看板: graduates in columns by where they stand, each with its number and those longest on file."""

from dataclasses import dataclass

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from employment.enums import Standing
from employment.graduates.standing import with_standing
from employment.models import Graduate

CARDS = 6
ARRIVED = (Standing.SIGNED, Standing.FURTHER_STUDY, Standing.UNTRACKED)


@dataclass(frozen=True)
class BoardColumn:
    """One standing: how many graduates there are, and the first of them."""

    standing: Standing
    count: int
    first: tuple[Graduate, ...]

    @property
    def is_on_the_way(self) -> bool:
        """Whether somebody has to look after those who stand here."""
        return self.standing not in ARRIVED

    @property
    def more(self) -> int:
        return self.count - len(self.first)


def board(graduates: QuerySet) -> list[BoardColumn]:
    """A column for every standing, in the order of the way to work. Two queries, however many graduates."""
    standing = with_standing(graduates).order_by()
    counts = dict(standing.values_list("standing").annotate(number=Count("pk")))
    place = Window(RowNumber(), partition_by=F("standing"), order_by=("registered_on", "pk"))
    first = standing.annotate(place=place).filter(place__lte=CARDS).select_related("union")
    by_standing: dict[str, list[Graduate]] = {}
    for graduate in sorted(first, key=lambda each: each.place):
        by_standing.setdefault(graduate.standing, []).append(graduate)
    return [BoardColumn(each, counts.get(each, 0), tuple(by_standing.get(each, ()))) for each in Standing]
