"""When whose report is due: what the home page counts the days to."""

from django.urls import reverse
from django.utils import timezone

from portal.desk.due import Due
from portal.models import Campaign, Union, User
from portal.models.asked_once import once
from reports.models import Report
from reports.todos import owed


def due_for(user: User) -> list[Due]:
    """What the home page tells `user`.

    A 填报单位 is told of every report it still owes, each by its own day if that was extended; when it owes none, how
    far its latest one is. Everybody else is told the day of the campaign that runs. Two queries at most.
    """
    if not user.union.is_reporting:
        return [_of_campaign(each) for each in [Campaign.objects.current()] if each]
    campaigns, mine = owed(user), [report for report in reports_of(user.union) if report.number == 0]
    begun = {report.campaign_id: report for report in mine}
    told = [_of_report(begun[each.pk]) if each.pk in begun else _of_campaign(each) for each in campaigns]
    return told or [_handed_in(report) for report in mine[:1]]


def reports_of(union: Union) -> list[Report]:
    """The reports of one union, the newest campaign first, of each the latest supplementary one before others."""
    found = Report.objects.filter(union=union).select_related("campaign").order_by("-campaign__year", "-number")
    return once(("reports of", union.pk), lambda: list(found))


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
