"""The numbers of a summary report that no longer hold: the report's own have changed since it was written."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.annex.campaign_figures import figures_of, figures_of_submission
from reports.counting.derive import derive
from reports.counting.rows import FigureRow, figure_rows
from reports.figures.registry import Figure, Registry
from reports.models import Report, Submission, SummaryFile

Printed = Mapping[str, str]  # reported figures by slug, as they are printed


@dataclass(frozen=True)
class Stale:
    """One figure as it was printed when the text was written, and as it is reported now."""

    figure: Figure
    then: str
    now: str


def printed(rows: Mapping[str, FigureRow]) -> Printed:
    return {slug: row.texts["reported"] for slug, row in rows.items()}


def printed_now(report: Report) -> Printed:
    """The figures of a report that is being prepared; counts them."""
    return printed(figure_rows(report, derive(report.campaign, report.union)))


def stale(then: Printed, now: Printed, figures: Registry) -> list[Stale]:
    """The figures of `now` that were others `then`; one that was not known then says nothing."""
    return [Stale(figures[slug], then[slug], text) for slug, text in now.items() if slug in then and then[slug] != text]


def stale_in_summary(report: Report, rows: Mapping[str, FigureRow]) -> list[Stale]:
    """What no longer holds of the summary report attached to `report`, whose figures now are `rows`.

    Nothing of one that is written here: it is made again with the numbers of the moment when it is handed in.
    """
    uploaded = SummaryFile.objects.filter(report=report, is_written_here=False)
    kept = uploaded.values_list("figures", flat=True).first()
    return stale(kept or {}, printed(rows), figures_of(report.campaign))


def mark_of(found: Iterable[Stale]) -> str:
    """By what a person says that these, and no others, were seen; '' for none."""
    content = json.dumps(dump(found))
    return hashlib.sha256(content.encode()).hexdigest()[:16] if found else ""


def dump(found: Iterable[Stale]) -> dict[str, list[str]]:
    """As it is frozen with what was handed in all the same: then and now, by slug."""
    return {each.figure.slug: [each.then, each.now] for each in found}


def frozen_stale(submission: Submission) -> list[Stale]:
    """What the unit knew of its summary report when it handed it in. Older submissions did not ask."""
    figures = figures_of_submission(submission)
    return [Stale(figures[slug], *texts) for slug, texts in submission.content.get("stale", {}).items()]
