"""The forms of practice posts and of the students on them."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.models import Employer
from aid.workbook import AID_WORKBOOK
from aid.workbook.placements import PracticePlacementSheet, PracticePostFormSheet
from portal.records.editing import Editing, Group
from portal.records.editing.fields import names_of

PRACTICE_POST_FORM = Editing(
    sheet=PracticePostFormSheet(),
    workbook=AID_WORKBOOK,
    prefix="P",
    initial=lambda _parent: {"contacted_on": localdate().isoformat()},
    offered={"employer": names_of(Employer)},
    groups=(
        Group(_("岗位"), ("employer", "posts", "contacted_on", "description")),
        Group(_("登记"), ("union", "number")),
    ),
)

PRACTICE_PLACEMENT_FORM = Editing(
    sheet=PracticePlacementSheet(),
    workbook=AID_WORKBOOK,
    parent="child",
    prefix="B",
    initial=lambda _child: {"starts_on": localdate().isoformat()},
    groups=(
        Group(
            _("社会实践"),
            ("post", "starts_on", "ends_on", "number"),
            _("同一天在岗的学生不能多于岗位数。"),
        ),
    ),
)
