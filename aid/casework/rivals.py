"""Cases that a child has already: one per child and campaign in the whole tree."""

from dataclasses import dataclass

from aid.models import AidCase, Child
from portal.models import REPORTING_PATH_LENGTH, Union
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city


@dataclass(frozen=True)
class Rival:
    """A year for which the child has a case. Of a case in another unit only the name of the unit is told."""

    year: int
    unit: str
    case: AidCase | None


@whole_city(Across.KNOWN)
def cases_elsewhere(child: Child, user) -> list[Rival]:
    """The years for which `child` has a case in any union, newest first."""
    cases = AidCase.objects.filter(person=child.person_id).select_related("campaign").order_by("-campaign__year")
    found = list(cases)
    units = Union.objects.in_bulk({case.union_path[:REPORTING_PATH_LENGTH] for case in found}, field_name="path")
    return [
        Rival(
            case.campaign.year,
            units[case.union_path[:REPORTING_PATH_LENGTH]].name,
            case if case.union_path.startswith(user.union.path) else None,
        )
        for case in found
    ]
