"""What the administrator is told before a union that has a report is merged into another."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.models import Union
from reports.enums import ReportState
from reports.models import Report


def standing_reports(union: Union, into: Union, on: date) -> list[str]:
    """The reports of `union` and below for a campaign that is still open on the day `on`, one sentence each.

    Open is one whose days are not over, or whose report is not accepted. What was handed in stays as it is, while the
    records behind it become those of `into`: unless somebody sees to it they are counted in both.
    """
    still_open = Q(campaign__ends_on__gte=on) | ~Q(state=ReportState.ACCEPTED)
    reports = Report.objects.in_union(union).select_related("campaign", "union").filter(still_open)
    return [_in_words(report, into) for report in reports.order_by("campaign__year", "union__code", "number")]


def _in_words(report: Report, into: Union) -> str:
    values = {
        "year": report.campaign.year,
        "union": f"{report.union.name}{report.supplement}",
        "state": report.get_state_display(),
        "into": into.name,
    }
    if report.state in (ReportState.DRAFT, ReportState.RETURNED):
        words = _("“%(union)s” %(year)s 年度的报表%(state)s：合并后记录归“%(into)s”，这份报表里不再有这些数。")
    else:
        words = _(
            "“%(union)s” %(year)s 年度的报表%(state)s，按当时的数冻结；记录归“%(into)s”后，"
            "会在两个单位的报表中各计一次，请先与市总审核员商定由哪一个单位报送。"
        )
    return words % values
