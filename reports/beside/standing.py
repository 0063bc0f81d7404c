"""How a report stands while it is prepared: figures side by side, what the checks find, what keeps it from going in."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from portal.models import Campaign
from reports.annex.campaign_figures import figures_of, figures_of_submission
from reports.checks import check_report, checks_for
from reports.checks.context import Preparation
from reports.checks.live import live_values
from reports.checks.registry import Finding
from reports.counting.derive import Values, as_value
from reports.enums import ReportState
from reports.figures.registry import Figure
from reports.models import Adjustment, Report, Submission, SummaryFile

NAMED_IN_SENTENCE = 5


@dataclass(frozen=True)
class FigureRow:
    """One figure: derived from records, adjusted, reported (domain.md, Adjustment 调整), and last year's, if known."""

    figure: Figure
    derived: int | Decimal
    difference: int | Decimal = 0
    reason: str = ""
    last: int | Decimal | None = None

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
            "change": "" if self.change is None else signed(self.figure, self.change),
        }


@dataclass(frozen=True)
class Explained:
    """What the unit said, and what the check had found then; '' where that was not kept yet."""

    text: str
    finding: str


@dataclass(frozen=True)
class Standing:
    """What is known of a report that can still be edited."""

    report: Report
    rows: dict[str, FigureRow]
    findings: list[Finding]
    explanations: dict[str, Explained]

    @property
    def reported(self) -> Values:
        return {slug: row.reported for slug, row in self.rows.items()}

    @property
    def soft(self) -> list[Finding]:
        """Findings that ask for an explanation (annexes.md, Checks)."""
        return [found for found in self.findings if not found.check.is_hard]

    @property
    def unexplained(self) -> list[Finding]:
        """Those without a word, or whose word was about other numbers."""
        return [found for found in self.soft if not self.explanation(found) or self.is_outdated(found)]

    def explanation(self, found: Finding) -> str:
        given = self.explanations.get(found.check.code)
        return given.text if given else ""

    def is_outdated(self, found: Finding) -> bool:
        """Whether what was explained is no longer what is found."""
        given = self.explanations.get(found.check.code)
        return given is not None and given.finding not in {"", found.own_words}

    def said(self, found: Finding) -> str:
        """The finding in a sentence, with the reason why it is open again if it was explained."""
        if self.is_outdated(found):
            return _("数字已变，请核对说明：%(finding)s") % {"finding": found.message}
        return found.message

    def _asks(self, found: Finding) -> str:
        said = self.said(found)
        return said if self.is_outdated(found) else _("需要说明：%(finding)s") % {"finding": said}

    @cached_property
    def obstacles(self) -> list[str]:
        """Why the report cannot be handed in, in sentences; empty when it can."""
        return [
            *(found.message for found in self.findings if found.check.is_hard),
            *self.impossible,
            *map(self._asks, self.unexplained),
        ]

    @cached_property
    def impossible(self) -> list[str]:
        """What records that changed since have made of adjustments and of a nil report."""
        below = [row.figure for row in self.rows.values() if row.reported < 0]
        above = [row.figure for row in self.rows.values() if row.reported] if self.report.is_nil else []
        return [
            sentence % {"figures": named(figures)}
            for figures, sentence in (
                (below, _("调整后的报送数小于 0：%(figures)s。")),
                (above, _("已声明零报告，但这些数字不是 0：%(figures)s。")),
            )
            if figures
        ]


def standing(report: Report, *, exact: bool = False) -> Standing:
    """The report as the records stand now; `exact` as `live_values` has it.

    The number of queries depends on neither units nor records.
    """
    last = last_accepted(report)
    derived, context = live_values(
        report.campaign, report.union, last_year=last, preparation=_preparation(report), exact=exact
    )
    rows = figure_rows(report, derived, last)
    checks = checks_for(figures_of(report.campaign))
    findings = check_report({slug: row.reported for slug, row in rows.items()}, checks, context=context)
    given = report.explanations.values_list("check_code", "text", "finding")
    return Standing(report, rows, findings, {code: Explained(text, finding) for code, text, finding in given})


def figure_rows(report: Report, derived: Values, last: Values | None = None) -> dict[str, FigureRow]:
    """The figures of a report that is being prepared, with its adjustments; a total has those of its summands."""
    adjustments = {adjustment.slug: adjustment for adjustment in report.adjustments.all()}
    figures = figures_of(report.campaign)
    return {
        slug: FigureRow(
            figures[slug],
            value,
            adjusted_by(figures[slug], adjustments),
            adjustments[slug].reason if slug in adjustments else "",
            (last or {}).get(slug),
        )
        for slug, value in derived.items()
    }


def adjusted_by(figure: Figure, adjustments: Mapping[str, Adjustment]) -> int | Decimal:
    """The signed difference of `figure`: its own, or for a total those of its summands added up."""
    if figure.summands:
        return sum((adjusted_by(part, adjustments) for part in figure.summands), start=figure.measure.value(None))
    return as_value(figure, adjustments[figure.slug].difference) if figure.slug in adjustments else 0


def frozen_figure_rows(submission: Submission, last: Values | None = None) -> dict[str, FigureRow]:
    """The figures as handed in."""
    figures = figures_of_submission(submission)
    return {
        kept.slug: FigureRow(
            figures[kept.slug],
            as_value(figures[kept.slug], kept.derived),
            as_value(figures[kept.slug], kept.adjustment),
            kept.adjustment_reason,
            (last or {}).get(kept.slug),
        )
        for kept in submission.figures.order_by("id")
    }


def last_accepted(report: Report) -> Values | None:
    """What was accepted of the same unit for the campaign before; None if nothing was."""
    latest = last_accepted_submission(report)
    if latest is None:
        return None
    return {slug: row.reported for slug, row in frozen_figure_rows(latest).items()}


def last_accepted_submission(report: Report) -> Submission | None:
    """The hand-in of the same unit that was accepted for the campaign before; None if none was."""
    before = Campaign.objects.filter(year__lt=report.campaign.year).first()
    accepted = Report.objects.filter(campaign=before, union=report.union_id, state=ReportState.ACCEPTED)
    latest = accepted.select_related("submission__report__campaign").order_by("-number").first()
    return latest.submission if latest else None


def has_summary(report: Report) -> bool:
    """Whether a summary report is attached, without opening it."""
    return SummaryFile.objects.filter(report=report).exists()


def signed(figure: Figure, value: int | Decimal) -> str:
    """`value` as printed, with + before what is added."""
    text = figure.unit.format(value)
    return f"+{text}" if value > 0 else text


def named(figures: list[Figure]) -> str:
    """The names of the first of `figures`."""
    names = "、".join(f"“{figure}”" for figure in figures[:NAMED_IN_SENTENCE])
    return names if len(figures) <= NAMED_IN_SENTENCE else _("%(names)s等") % {"names": names}


def _preparation(report: Report) -> Preparation:
    """A nil report needs no summary, and all its figures are 0 as declared (domain.md, Adjustment: "a unit with
    nothing declares a nil report").
    """
    contact = (report.contact_name, report.contact_telephone)
    if report.is_nil:
        return Preparation(*contact, has_summary=True)
    return Preparation(*contact, has_summary=has_summary(report), untyped=_untyped(report))


def _untyped(report: Report) -> frozenset[str]:
    """The figures that the unit types in and has not; no query where there are none."""
    asked = {figure.slug for figure in figures_of(report.campaign) if figure.is_typed}
    return frozenset(asked.difference(report.typed.values_list("slug", flat=True)) if asked else ())
