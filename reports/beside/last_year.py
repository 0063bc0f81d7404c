"""What the unit reported the year before, and what its records of then tell of figures that were not asked."""

from portal.models import Campaign
from reports.annex.campaign_figures import declared_for, figures_of
from reports.counting.derive import Values, derive
from reports.counting.rows import LastYear, rows_of
from reports.enums import ReportState
from reports.figures.own import OwnKind, asked_of
from reports.models import Report, Submission
from reports.sealing.proving import proved


def last_year(report: Report) -> LastYear:
    """The year before of the unit of `report`.

    Two queries, and one per kind of record that a figure composed for this year asks. Raises Tampered.
    """
    before = _before(report)
    latest = _latest(report, before) if before else None
    accepted = _accepted(latest) if latest else None
    return LastYear(accepted, _counted(report, before, latest, accepted or {}) if before else {})


def last_accepted_submission(report: Report) -> Submission | None:
    """The hand-in of the same unit that was accepted for the campaign before; None if none was."""
    before = _before(report)
    return _latest(report, before) if before else None


def _latest(report: Report, before: Campaign) -> Submission | None:
    accepted = Report.objects.filter(campaign=before, union=report.union_id, state=ReportState.ACCEPTED)
    latest = accepted.select_related("submission__report__campaign").order_by("-number").first()
    return latest.submission if latest else None


def _before(report: Report) -> Campaign | None:
    return Campaign.objects.filter(year__lt=report.campaign.year).first()


def _accepted(latest: Submission) -> Values:
    """By slug, and by place for what stands in another's (`Figure.place`)."""
    rows = rows_of(latest, proved([latest.pk])[latest.pk].values())
    places = {row.figure.place: row.reported for row in rows.values()}
    return places | {slug: row.reported for slug, row in rows.items()}


def _counted(report: Report, before: Campaign, latest: Submission | None, accepted: Values) -> Values:
    """Composed figures that were not reported: the same question, asked of last year's records.

    Up to the day of what was handed in then; else to the end of that campaign. Totals of theirs are added up.
    """
    figures = figures_of(report.campaign)
    years = before.year - report.campaign.year
    asked = [
        asked_of(own, years)
        for own in declared_for(report.campaign).own
        if own.kind == OwnKind.COMPOSED and own.slug in figures and not {own.slug, own.place} & accepted.keys()
    ]
    if not asked:
        return {}
    cut_off = latest.cut_off if latest else before.ends_on
    counted = derive(before, report.union, cut_off, figures=asked)
    known = accepted | counted
    sums = {
        figure.slug: sum((known[part.slug] for part in figure.summands), start=figure.measure.value(None))
        for figure in figures
        if figure.summands and figure.slug not in known and all(part.slug in known for part in figure.summands)
    }
    return counted | sums
