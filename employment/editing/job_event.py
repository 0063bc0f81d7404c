"""The form of an event, or of posts that employers offer: the workbook's columns, the season and the place."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from employment.enums import EVENT_KINDS, Season
from employment.workbook import CASE_WORKBOOK
from employment.workbook.job_events import JobEventSheet
from portal.record_rules import Rule
from portal.records.editing import Editing, Group
from portal.workbook.cells import CodeCell, TextCell
from portal.workbook.sheets import Column


class JobEventFormSheet(JobEventSheet):
    """The workbook's columns, and those that only the browser knows."""

    rules = (
        *JobEventSheet.rules,
        Rule(
            ("season", "kind"),
            lambda event: bool(event.season) and event.kind not in EVENT_KINDS,
            _("四季主题职场是活动，类型不能是岗位提供"),
        ),
        # Here only: a workbook may name the channel of a fair (workbook.md forbids it nowhere).
        Rule(
            ("channel", "kind"),
            lambda event: bool(event.channel) and event.kind in EVENT_KINDS,
            _("只有岗位提供才有渠道；类型为招聘会或其他活动的，请清空渠道"),
        ),
    )

    season = Column("四季主题职场", "season", CodeCell(Season))
    place = Column("地点", "place", TextCell(100))


JOB_EVENT_FORM = Editing(
    sheet=JobEventFormSheet(),
    workbook=CASE_WORKBOOK,
    prefix="E",
    initial=lambda _parent: {"held_on": localdate().isoformat()},
    groups=(
        Group(
            _("活动或岗位"), ("kind", "title", "held_on", "posts"), _("岗位数是为高校毕业生提供的岗位，计入附件 2。")
        ),
        Group(_("招聘会和其他活动"), ("season", "place")),
        Group(_("岗位提供"), ("channel",), _("类型为岗位提供时必填，其他类型不填。")),
        Group(_("登记"), ("union", "number")),
    ),
)
