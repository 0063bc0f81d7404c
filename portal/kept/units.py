"""The unions of which something is kept: each 填报单位, and the city for what is its own."""

from portal.models import Union
from portal.models.asked_once import once
from portal.models.union import REPORTING_DEPTH


def unit_paths(scope: Union) -> list[str]:
    """The paths of those in `scope`. One query, on a page that asks once."""
    units = Union.objects.in_union(scope).filter(depth__lte=REPORTING_DEPTH).values_list("path", flat=True)
    return once(("units of", scope.path), lambda: list(units))
