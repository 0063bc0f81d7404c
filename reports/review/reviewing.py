"""What the reviewer does besides the moves: a later due date for one unit; deciding on what was seen, not on what came
since.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.desk.announcing import Words, announce
from portal.enums import AuditAction
from portal.keeping import keep_aside
from portal.models import Campaign, Union, User
from portal.workflow import MoveRefused
from reports.enums import ReportState
from reports.models import Endorsement, Report
from reports.sealing.proving import prove


@transaction.atomic
def extend_due_date(campaign: Campaign, union: Union, *, extended_to: datetime.date, reason: str, by: By) -> Report:
    """Let one unit hand in later than the campaign's due date (domain.md, Report); a later call replaces the day.

    Writes the report (begun if there was none) with one version of its history, an announcement to the unit and one
    audit row. Raises MoveRefused if `by` does not review reports, the day is not after the campaign's or has
    passed, the reason is missing, or the report was already handed in.
    """
    if not can(by.actor, Permission.REVIEW_REPORTS):
        raise MoveRefused(_("您的岗位不能延长报送期限。"))
    if not reason.strip():
        raise MoveRefused(_("延长报送期限必须写明原因。"))
    if fault := extension_fault(campaign, extended_to):
        raise MoveRefused(fault)
    Union.objects.select_for_update().get(pk=union.pk)
    opened = Report.objects.open(campaign, union)
    report = Report.objects.select_for_update(of=("self",)).select_related("campaign", "union").get(pk=opened.pk)
    if not report.is_editable:
        raise MoveRefused(_("报表现在的状态是“%(state)s”，不需要延期。") % {"state": report.get_state_display()})
    before = report.due_on
    report.extended_to, report.extension_reason = extended_to, reason.strip()
    # `version` stays: nobody edits these two in a form, and the clerk's own form must not be told of a conflict.
    keep_aside(report, by, _("延长报送期限"))
    audit.record(
        AuditAction.EXTENDED,
        by=by,
        about=report,
        before=str(before),
        until=str(extended_to),
        reason=report.extension_reason,
    )
    announce([_told(report)], by=by)
    return report


def extension_fault(campaign: Campaign, day: datetime.date) -> str:
    """Why no report of `campaign` can be extended to `day`, in words; '' when one can."""
    if day <= campaign.due_on:
        return _("延期后的日期必须晚于报送期限 %(due)s。") % {"due": campaign.due_on}
    if day < localdate():
        return _("延期后的日期不能早于今天。")
    return ""


def _told(report: Report) -> Words:
    title = _("%(year)s 年度报表的报送期限改为 %(day)s") % {"year": report.campaign, "day": report.extended_to}
    reason = _("原因：%(reason)s") % {"reason": report.extension_reason}
    return Words(report.union, title, reason, reverse("report_show", args=[report.pk]))


@transaction.atomic
def decide_on(report: Report, *, seen: int, make: Callable[[Report], object]) -> None:
    """Make a move if the submission before the reviewer, `seen`, is still the last one.

    Without this a report that was returned by a colleague and handed in again would be accepted unread. Raises
    MoveRefused, and Tampered for what is no longer as it was frozen.
    """
    current = Report.objects.select_for_update(of=("self",)).select_related("campaign", "union").get(pk=report.pk)
    if current.submission_id != seen:
        raise MoveRefused(_("您打开之后，该单位已重新报送。请查看新报送的数据后再处理。"))
    prove(current.submission)
    make(current)


@dataclass(frozen=True)
class Agreed:
    """A reviewer who agreed to what was handed in, and when first."""

    reviewer: User
    at: datetime.datetime


def agreed_to(report: Report) -> list[Agreed]:
    """Who agreed to what was handed in last, each once, in the order of time: by a word beforehand, or by accepting.

    What the campaign asks for now says nothing of it: it may have asked for one reviewer then.
    """
    words = Endorsement.objects.filter(submission=report.submission_id).select_related("reviewer").order_by("id")
    found = {given.reviewer_id: Agreed(given.reviewer, given.made_at) for given in words}
    if report.state == ReportState.ACCEPTED:
        accepted = report.events.filter(move="accept", submission=report.submission_id).select_related("actor").first()
        if accepted:
            found.setdefault(accepted.actor_id, Agreed(accepted.actor, accepted.at))
    return list(found.values())
