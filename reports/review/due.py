"""When whose report is due: what the home page counts the days to."""

from django.urls import reverse
from django.utils import timezone

from portal.desk.due import Due
from portal.models import Campaign, User
from reports.models import Report
from reports.todos import owed


def due_for(user: User) -> list[Due]:
    """What the home page tells `user`.

    A 填报单位 is told of every report it still owes, each by its own day if that was extended; when it owes none, how
    far its latest one is. Everybody else is told the day of the campaign that runs. Three queries at most.
    """
    if not user.union.is_reporting:
        return [_of_campaign(each) for each in [Campaign.objects.current()] if each]
    campaigns = owed(user)
    mine = Report.objects.filter(union=user.union_id, number=0).select_related("campaign").order_by("-campaign__year")
    begun = {report.campaign_id: report for report in mine.filter(campaign__in=campaigns)}
    told = [_of_report(begun[each.pk]) if each.pk in begun else _of_campaign(each) for each in campaigns]
    return told or [_handed_in(report) for report in mine[:1]]


def _of_campaign(campaign: Campaign) -> Due:
    return Due(campaign.year, campaign.due_on, today=timezone.localdate())


def _of_report(report: Report, state: str = "") -> Due:
    return Due(
        report.campaign.year,
        report.due_on,
        today=timezone.localdate(),
        url=reverse("report_show", args=[report.pk]),
        state=state,
        is_extended=report.extended_to is not None,
    )


def _handed_in(report: Report) -> Due:
    return _of_report(report, str(report.get_state_display()))
