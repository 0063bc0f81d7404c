"""The figures of a filled-in annex workbook, taken into a report: they become adjustments (domain.md, 调整)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from reports.annex.campaign_figures import figures_of
from reports.counting.derive import Values, as_value, derive
from reports.figures.registry import Figure
from reports.models import Adjustment, Report
from reports.preparing.annex_reading import read_annex
from reports.preparing.preparation import adjust_figure, locked, withdraw_adjustment
from reports.preparing.prose import prose
from reports.preparing.typed import type_figure


@dataclass(frozen=True)
class Uploaded:
    """How many figures were read, and those that were adjusted, whose adjustment was taken back, or typed in anew."""

    read: int
    adjusted: list[Figure] = field(default_factory=list)
    withdrawn: list[Figure] = field(default_factory=list)
    typed: list[Figure] = field(default_factory=list)


@dataclass(frozen=True)
class Change:
    """A figure that is to be reported as `value`; `before` is its adjustment now, None for none."""

    figure: Figure
    derived: int | Decimal
    value: int | Decimal
    before: Adjustment | None

    @property
    def difference(self) -> Decimal:
        return Decimal(self.value - self.derived)

    @property
    def is_none(self) -> bool:
        """Whether the figure is reported so already: then its reason and its file stay, whoever gave them."""
        return self.difference == (self.before.difference if self.before else 0)

    @property
    def texts(self) -> dict[str, str]:
        """What is reported now, and what the workbook says, as printed."""
        unit, now = self.figure.unit, self.derived + as_value(self.figure, self.before.difference if self.before else 0)
        return {"now": unit.format(now), "given": unit.format(self.value)}

    @property
    def key(self) -> str:
        """Names the adjustment as it is now: one that was made anew is another."""
        return f"{self.before.pk} {self.before.made_at.isoformat()}"

    def loses(self, reason: str) -> bool:
        """Whether words or a file of somebody's would go. An earlier upload with the same `reason` left neither."""
        return self.before is not None and (self.before.reason != reason or hasattr(self.before, "file"))


class HandMadeError(Exception):
    """Adjustments that somebody made by hand would be written over or taken back: `changes` says which."""

    def __init__(self, changes: list[Change]):
        super().__init__(f"{len(changes)} adjustments made by hand")
        self.changes = changes


def upload_annex(report: Report, *, content: bytes, **further) -> Uploaded:
    """Take the figures of a filled-in annex workbook as those to report; `further` as `take_figures` has it."""
    return take_figures(report, values=read_annex(report, content), **further)


@transaction.atomic
def take_figures(report: Report, *, values: Values, reason: str, by: By, agreed: Collection[str] = ()) -> Uploaded:
    """Report `values`, as `read_annex` gives them.

    What differs from the derived figure becomes an adjustment with `reason`, in place of an earlier one; where nothing
    differs an earlier adjustment is taken back; a figure that no record gives is typed in. Writes the adjustments, a
    version of the report for each, and one audit row. Raises HandMadeError, with nothing written, for adjustments made
    by hand whose keys are not among those `agreed` to go; ValidationError and MoveRefused as `adjust_figure` does.
    """
    report, reason = locked(report, by.actor), prose(reason, "reason")
    changes = list(_changes(report, values))
    if unasked := [change for change in changes if change.loses(reason) and change.key not in agreed]:
        raise HandMadeError(unasked)
    done = Uploaded(len(values), typed=_type_in(report, values, by))
    for change in changes:
        slug = change.figure.slug
        if change.difference:
            adjust_figure(report, slug=slug, difference=change.difference, reason=reason, by=by)
            done.adjusted.append(change.figure)
        else:
            withdraw_adjustment(report, slug=slug, by=by)
            done.withdrawn.append(change.figure)
    counts = {"figures": done.read, "adjusted": len(done.adjusted), "withdrawn": len(done.withdrawn)}
    audit.record(AuditAction.UPLOADED, by=by, about=report, **counts)
    return done


def _changes(report: Report, values: Values) -> Iterator[Change]:
    """What is to be adjusted otherwise than it is. A total follows from its parts."""
    figures = [figure for figure in figures_of(report.campaign) if figure.slug in values and figure.fact]
    derived = derive(report.campaign, report.union, figures=figures)
    before = {adjustment.slug: adjustment for adjustment in _with_files(report)}
    for figure in figures:
        change = Change(figure, derived[figure.slug], values[figure.slug], before.get(figure.slug))
        if not change.is_none:
            yield change


def _with_files(report: Report):
    """The adjustments; of their files it is enough to know that they are there."""
    return report.adjustments.select_related("file", "made_by").defer("file__content")


def _type_in(report: Report, values: Values, by: By) -> list[Figure]:
    """Type in what no record gives; the figures that were something else, or nothing, before."""
    before = dict(report.typed.values_list("slug", "value"))
    typed = [figure for figure in figures_of(report.campaign) if figure.slug in values and figure.is_typed]
    for figure in typed:
        type_figure(report, slug=figure.slug, value=Decimal(values[figure.slug]), by=by)
    return [figure for figure in typed if before.get(figure.slug) != values[figure.slug]]
