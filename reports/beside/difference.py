"""A submission beside the one before it, figure by figure and record by record (domain.md, Report)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from reports.annex.campaign_figures import figures_of_submission
from reports.counting.rows import FigureRow, frozen_figure_rows
from reports.enums import ReportState
from reports.figures.facts import FACTS
from reports.figures.registry import Fact, Figure
from reports.models import Report, Submission

CAME, WENT, CHANGED, RECOUNTED = "came", "went", "changed", "recounted"


def submission_before(submission: Submission) -> Submission | None:
    """What a submission is compared with: the one before it, or of a supplementary report what was accepted before."""
    report = submission.report
    if submission.number > 1:
        return report.submissions.get(number=submission.number - 1)
    earlier = Report.objects.beside(report).filter(number__lt=report.number, state=ReportState.ACCEPTED)
    latest = earlier.select_related("submission").last()
    return latest and latest.submission


@dataclass(frozen=True)
class FigureChange:
    """A figure that a resubmission states otherwise than the submission before."""

    figure: Figure
    before: FigureRow
    after: FigureRow

    @property
    def difference(self) -> int | Decimal:
        return self.after.reported - self.before.reported


@dataclass(frozen=True)
class RecordChange:
    """A frozen record that came, went, changed, or is but counted by other figures than before.

    Cells are pairs (before, after), equal where nothing changed. `figures` are all that count it before or after,
    `joined` those that count it only now, `left` those that count it no more.
    """

    kind: str
    pk: int
    cells: list[tuple[str, str]]
    figures: list[Figure]
    joined: list[Figure]
    left: list[Figure]


@dataclass(frozen=True)
class RecordChanges:
    """What changed among the records of one fact."""

    fact: Fact
    headings: list[str]
    changes: list[RecordChange]


def figure_changes(before: Submission, after: Submission) -> list[FigureChange]:
    """Figures of both whose derived number, adjustment or reason differs, in the order of the forms."""
    old, new = frozen_figure_rows(before), frozen_figure_rows(after)
    pairs = ((slug, old[slug], new[slug]) for slug in new if slug in old)
    return [
        FigureChange(now.figure, was, now)
        for slug, was, now in pairs
        if (was.derived, was.difference, was.reason) != (now.derived, now.difference, now.reason)
    ]


def figures_only_in(one: Submission, other: Submission) -> list[FigureRow]:
    """The figures of `one` that the form of `other` did not have, in the order of the forms."""
    there = frozen_figure_rows(other)
    return [row for slug, row in frozen_figure_rows(one).items() if slug not in there]


def record_changes(before: Submission, after: Submission) -> list[RecordChanges]:
    """Records that came into, went out of, or changed within the frozen lists, by fact."""
    old, new = ({kept.fact: kept for kept in submission.records.all()} for submission in (before, after))
    figures, found = figures_of_both(before, after), []
    for fact in FACTS:
        was, now = old.get(fact.name), new.get(fact.name)
        changes = list(_changes(was.rows if was else [], now.rows if now else [], figures))
        if changes:
            found.append(RecordChanges(fact, (now or was).headings, changes))
    return found


def figures_of_both(before: Submission, after: Submission) -> list[Figure]:
    """The figures of the later form, then those that only the earlier one had."""
    old, new = figures_of_submission(before), figures_of_submission(after)
    return [*new, *(figure for figure in old if figure.slug not in new)]


def _changes(before: list[dict], after: list[dict], figures: Iterable[Figure]) -> Iterator[RecordChange]:
    old, new = ({row["pk"]: row for row in rows} for rows in (before, after))
    for pk in {**old, **new}:
        was, now = old.get(pk), new.get(pk)
        if was != now:
            yield _change(pk, was, now, figures)


def _change(pk: int, was: dict | None, now: dict | None, figures: Iterable[Figure]) -> RecordChange:
    kind = _kind(was, now)
    blank = {"cells": [""] * len((now or was)["cells"]), "figures": []}
    was, now = was or blank, now or blank
    earlier, later = set(was["figures"]), set(now["figures"])
    cells = list(zip(was["cells"], now["cells"], strict=False))
    chosen = [[f for f in figures if f.slug in slugs] for slugs in (earlier | later, later - earlier, earlier - later)]
    return RecordChange(kind, pk, cells, *chosen)


def _kind(was: dict | None, now: dict | None) -> str:
    if not (was and now):
        return CAME if now else WENT
    return RECOUNTED if was["cells"] == now["cells"] else CHANGED
