"""What the unit reported the year before."""

from portal.models import Campaign
from reports.counting.derive import Values
from reports.counting.rows import rows_of
from reports.enums import ReportState
from reports.models import Report, Submission
from reports.sealing.proving import proved


def last_accepted(report: Report) -> Values | None:
    """What was accepted of the same unit for the campaign before, by slug and by place (`Figure.place`).

    None if nothing was. Raises Tampered.
    """
    latest = last_accepted_submission(report)
    if latest is None:
        return None
    rows = rows_of(latest, proved([latest.pk])[latest.pk].values())
    places = {row.figure.place: row.reported for row in rows.values()}
    return places | {slug: row.reported for slug, row in rows.items()}


def last_accepted_submission(report: Report) -> Submission | None:
    """The hand-in of the same unit that was accepted for the campaign before; None if none was."""
    before = Campaign.objects.filter(year__lt=report.campaign.year).first()
    accepted = Report.objects.filter(campaign=before, union=report.union_id, state=ReportState.ACCEPTED)
    latest = accepted.select_related("submission__report__campaign").order_by("-number").first()
    return latest.submission if latest else None
