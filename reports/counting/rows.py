"""Figures side by side: counted, adjusted, reported, and what they were the year before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from reports.annex.campaign_figures import figures_of, figures_of_submission
from reports.counting.derive import Values, as_value
from reports.figures.registry import Figure, Registry
from reports.models import Adjustment, FrozenFigure, Report, Submission

NAMED_IN_SENTENCE = 5


@dataclass(frozen=True)
class LastYear:
    """What is known of a unit's year before: what was accepted, by slug and place; what its records tell besides."""

    accepted: Values | None
    counted: Values


@dataclass(frozen=True)
class FigureRow:
    """One figure: derived from records, adjusted, reported (domain.md, Adjustment 调整), and last year's, if known.

    `last_is_counted` where it was not reported last year, but the records of last year tell it.
    """

    figure: Figure
    derived: int | Decimal
    difference: int | Decimal = 0
    reason: str = ""
    last: int | Decimal | None = None
    last_is_counted: bool = False

    @property
    def reported(self) -> int | Decimal:
        return self.derived + self.difference

    @property
    def change(self) -> int | Decimal | None:
        return None if self.last is None else self.reported - self.last

    @property
    def source(self) -> str:
        """What the number before adjustments is where it is not counted from records; '' where it is."""
        if self.figure.is_typed:
            return _("单位填写")
        return _("分项相加") if self.figure.summands else ""

    @property
    def texts(self) -> dict[str, str]:
        """Every number of the row as printed; '' for what there is none of."""
        unit = self.figure.unit
        return {
            "derived": unit.format(self.derived),
            "difference": signed(self.figure, self.difference) if self.difference else "",
            "reported": unit.format(self.reported),
            "last": "" if self.last is None else unit.format(self.last),
            "last_note": _("按当年记录统计") if self.last_is_counted else "",
            "change": "" if self.change is None else signed(self.figure, self.change),
        }


def figure_rows(report: Report, derived: Values, last: LastYear | None = None) -> dict[str, FigureRow]:
    """The figures of a report that is being prepared, with its adjustments; a total has those of its summands."""
    adjustments = {adjustment.slug: adjustment for adjustment in report.adjustments.all()}
    figures = figures_of(report.campaign)
    return {
        slug: FigureRow(
            figures[slug],
            value,
            adjusted_by(figures[slug], adjustments),
            adjustments[slug].reason if slug in adjustments else "",
            *_last(figures[slug], last),
        )
        for slug, value in derived.items()
    }


def _last(figure: Figure, last: LastYear | None) -> tuple[int | Decimal | None, bool]:
    """Last year's value, and whether it was counted and not reported."""
    if last is None:
        return None, False
    reported = last_of(figure, last.accepted)
    return (reported, False) if reported is not None else (last.counted.get(figure.slug), figure.slug in last.counted)


def last_of(figure: Figure, last: Values | None) -> int | Decimal | None:
    """What `figure` was in `last`, or what stood in its place; None where there was neither."""
    known = last or {}
    return known.get(figure.slug, known.get(figure.place))


def adjusted_by(figure: Figure, adjustments: Mapping[str, Adjustment]) -> int | Decimal:
    """The signed difference of `figure`: its own, or for a total those of its summands added up."""
    if figure.summands:
        return sum((adjusted_by(part, adjustments) for part in figure.summands), start=figure.measure.value(None))
    return as_value(figure, adjustments[figure.slug].difference) if figure.slug in adjustments else 0


def frozen_figure_rows(submission: Submission, last: LastYear | None = None) -> dict[str, FigureRow]:
    """The figures as handed in."""
    return rows_of(submission, submission.figures.order_by("id"), last)


def rows_of(
    submission: Submission, stored: Iterable[FrozenFigure], last: LastYear | None = None
) -> dict[str, FigureRow]:
    """The rows of figures frozen with `submission` that were read, and perhaps proved, before."""
    figures = figures_of_submission(submission)
    return {
        kept.slug: FigureRow(
            figures[kept.slug],
            as_value(figures[kept.slug], kept.derived),
            as_value(figures[kept.slug], kept.adjustment),
            kept.adjustment_reason,
            *_last(figures[kept.slug], last),
        )
        for kept in stored
    }


def signed(figure: Figure, value: int | Decimal) -> str:
    """`value` as printed, with + before what is added."""
    text = figure.unit.format(value)
    return f"+{text}" if value > 0 else text


def adjusted_words(figures: Mapping[str, Figure] | Registry, slug: str) -> str:
    """What a file is called that shows why figure `slug` is adjusted."""
    return _("调整依据：%(figure)s") % {"figure": figures[slug]}


def named(figures: list[Figure]) -> str:
    """The names of the first of `figures`."""
    names = "、".join(f"“{figure}”" for figure in figures[:NAMED_IN_SENTENCE])
    return names if len(figures) <= NAMED_IN_SENTENCE else _("%(names)s等") % {"names": names}
