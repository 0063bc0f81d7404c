"""How late reports came in. What a unit handed in first counts: that it was returned is not its own delay."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.models import Campaign
from reports.models import Report, Submission

FIRST = 1  # the number of a report's first submission


def days_late(campaign: Campaign) -> dict[int, int]:
    """By the key of the unit, how many days after its due date it handed in; 0 for in time. None is left out but those
    that never did. One query.
    """
    first = Submission.objects.filter(report__campaign=campaign, report__number=0, number=FIRST)
    rows = first.values_list("report__union", "submitted_at", "content__due_on", "report__extended_to")
    return {unit: _days(at, kept, extended or campaign.due_on) for unit, at, kept, extended in rows}


def days_late_of(report: Report) -> int:
    """The same of one report; 0 for a supplementary one, which has no due date, and for one that is still owed."""
    if report.number:
        return 0
    first = report.submissions.filter(number=FIRST).values_list("submitted_at", "content__due_on").first()
    return _days(*first, report.due_on) if first else 0


def late_words(days: int) -> str:
    return _("逾期 %(days)d 天报送") % {"days": days}


def _days(at: datetime.datetime, kept: str | None, due_on: datetime.date) -> int:
    """`kept` is the due date frozen with the submission; older ones are measured by `due_on`."""
    due = datetime.date.fromisoformat(kept) if kept else due_on
    return max(0, (timezone.localtime(at).date() - due).days)
