"""The form of an activity, and the grid of many, as the lessons of a series are."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.workbook import AID_WORKBOOK
from aid.workbook.activities.sheet import ActivitySheet
from portal.records.editing import Editing, Group
from portal.records.grid.declaration import EntryGrid

ACTIVITY_FORM = Editing(
    sheet=ActivitySheet(),
    workbook=AID_WORKBOOK,
    prefix="Y",
    initial=lambda _parent: {"held_on": localdate().isoformat()},
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
