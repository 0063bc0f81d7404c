"""The forms of children and of their entries."""

from django.utils.translation import gettext_lazy as _

from aid.workbook import AID_WORKBOOK, ChildSheet, EntrySheet
from portal.records.editing import Editing, Group

CHILD_FORM = Editing(
    sheet=ChildSheet(),
    workbook=AID_WORKBOOK,
    parent="household",
    groups=(
        Group(_("子女"), ("name", "person", "relation")),
        Group(_("就学"), ("stage", "grade", "school")),
    ),
)

ENTRY_FORM = Editing(
    sheet=EntrySheet(),
    workbook=AID_WORKBOOK,
    parent="child",
    prefix="S",
    returns=True,
    groups=(Group(_("升学"), ("stage", "entered_on", "school", "number")),),
)
