"""How a report stands while it is prepared: figures side by side, what the checks find, what keeps it from going in."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from reports.annex.campaign_figures import figures_of
from reports.beside.last_year import last_year
from reports.checks import check_report, checks_for
from reports.checks.context import Preparation
from reports.checks.live import live_values
from reports.checks.registry import Finding
from reports.counting.derive import Values
from reports.counting.rows import FigureRow, figure_rows, named
from reports.models import Report, SummaryFile
from reports.preparing.written import summary_lacks


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


def standing(report: Report) -> Standing:
    """The report as the records stand now.

    The number of queries depends on neither units nor records.
    """
    last = last_year(report)
    derived, context = live_values(
        report.campaign, report.union, last_year=last.accepted, preparation=_preparation(report)
    )
    rows = figure_rows(report, derived, last)
    checks = checks_for(figures_of(report.campaign))
    findings = check_report({slug: row.reported for slug, row in rows.items()}, checks, context=context)
    given = report.explanations.values_list("check_code", "text", "finding")
    return Standing(report, rows, findings, {code: Explained(text, finding) for code, text, finding in given})


def has_summary(report: Report) -> bool:
    """Whether a summary report is attached, without opening it."""
    return SummaryFile.objects.filter(report=report).exists()


def _preparation(report: Report) -> Preparation:
    """A nil report needs no summary, and all its figures are 0 as declared (domain.md, Adjustment: "a unit with
    nothing declares a nil report").
    """
    contact = (report.contact_name, report.contact_telephone)
    if report.is_nil:
        return Preparation(*contact, has_summary=True)
    return Preparation(
        *contact,
        has_summary=has_summary(report),
        untyped=_untyped(report),
        summary_lacks=summary_lacks(report),
    )


def _untyped(report: Report) -> frozenset[str]:
    """The figures that the unit types in and has not; no query where there are none."""
    asked = {figure.slug for figure in figures_of(report.campaign) if figure.is_typed}
    return frozenset(asked.difference(report.typed.values_list("slug", flat=True)) if asked else ())
