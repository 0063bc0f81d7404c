"""The form of an activity, and the grid of many, as the lessons of a series are."""

from collections.abc import Iterable

from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.models import Activity
from aid.workbook import AID_WORKBOOK
from aid.workbook.activities.sheet import ActivitySheet
from portal.models import User
from portal.records.editing import Editing, Group
from portal.records.editing.fields import MOST_SUGGESTED
from portal.records.grid.declaration import EntryGrid


def earlier_series(user: User) -> Iterable[str]:
    """The names of series in scope, the latest first: lessons of one bear the same."""
    named = Activity.objects.visible_to(user).exclude(series="").order_by()
    latest = named.values("series").annotate(latest=Max("held_on")).order_by("-latest", "series")
    return latest.values_list("series", flat=True)[:MOST_SUGGESTED]


ACTIVITY_FORM = Editing(
    sheet=ActivitySheet(),
    workbook=AID_WORKBOOK,
    prefix="Y",
    initial=lambda _parent: {"held_on": localdate().isoformat()},
    offered={"series": earlier_series},
    groups=(
        Group(_("活动"), ("kind", "title", "held_on", "place", "hours", "cost", "description")),
        Group(
            _("系列"),
            ("series",),
            _("暑期补习等分几次上的，每次登记一条，系列名称写成一样的；谁来了在子女名单里勾选登记。"),
        ),
        Group(_("登记"), ("union", "number")),
    ),
)

ACTIVITY_GRID = EntryGrid(
    columns=("kind", "title", "series", "held_on", "place", "hours", "cost", "union"),
    caption=("number", "title"),
)
