"""Where a figure comes from, said alike while a report is prepared and after it was handed in.

Counted from records, typed in (by whom), or the sum of which parts; and by what it was adjusted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from reports.counting.derive import Values
from reports.counting.rows import FigureRow, adjusted_by, frozen_figure_rows, signed
from reports.figures.registry import Figure
from reports.models import Report, Submission

TypedBy = Mapping[str, dict[str, str]]  # by slug {"by": name, "on": day}


@dataclass(frozen=True)
class Origin:
    """One figure with the parts of a total, each with its own origin; `typed` as `typed_by` gives it."""

    figure: Figure
    row: FigureRow | None
    parts: tuple["Origin", ...] = ()
    typed: dict[str, str] | None = None

    @property
    def said(self) -> str:
        """How the number before adjustments came about, in a sentence without its full stop."""
        if self.row is None:
            return _("表中没有这个数字")
        number: dict[str, object] = {"number": self.row.texts["derived"], "unit": self.figure.unit.label}
        if self.figure.is_typed:
            return self._typed_in(number)
        if self.figure.summands:
            named = " + ".join(part.named for part in self.parts)
            return _("由分项相加：%(named)s = %(number)s %(unit)s") % {**number, "named": named}
        return _("按记录统计 %(number)s %(unit)s") % number

    def _typed_in(self, number: dict[str, object]) -> str:
        if not self.typed:
            return _("由填报单位填写 %(number)s %(unit)s，不从记录统计") % number
        words = _("由填报单位填写 %(number)s %(unit)s（%(by)s，%(on)s），不从记录统计")
        return words % {**number, **self.typed}

    @property
    def named(self) -> str:
        """A part as it stands in the sentence of its total."""
        number = self.row.texts["derived"] if self.row else "—"
        return f"{self.figure} {number}"

    @property
    def adjusted(self) -> list[str]:
        """By what the figure was adjusted, and why: of a total the adjustments of its parts."""
        if self.parts:
            named = _("“%(part)s”%(words)s")
            return [named % {"part": part.figure, "words": words} for part in self.parts for words in part.adjusted]
        if self.row is None or not self.row.difference:
            return []
        words = {"difference": signed(self.figure, self.row.difference), "unit": self.figure.unit.label}
        return [_("调整 %(difference)s %(unit)s：%(reason)s") % {**words, "reason": self.row.reason}]


def origin(figure: Figure, rows: Mapping[str, FigureRow], typed: TypedBy) -> Origin:
    """The origin of `figure`, its number and those of its parts being in `rows`."""
    parts = tuple(origin(part, rows, typed) for part in figure.summands)
    return Origin(figure, rows.get(figure.slug), parts, typed.get(figure.slug))


def origins(rows: Mapping[str, FigureRow], typed: TypedBy) -> dict[str, Origin]:
    """The origins of all figures of a report."""
    return {slug: origin(row.figure, rows, typed) for slug, row in rows.items()}


def live_origin(figure: Figure, values: Values, report: Report | None) -> Origin:
    """While it is prepared: `values` are those of `figure` and its parts, `report` the unit's, if there is one."""
    adjustments = {made.slug: made for made in report.adjustments.all()} if report else {}
    rows = {
        each.slug: FigureRow(
            each,
            values[each.slug],
            adjusted_by(each, adjustments),
            adjustments[each.slug].reason if each.slug in adjustments else "",
        )
        for each in (figure, *figure.summands)
    }
    return origin(figure, rows, typed_by(report) if report else {})


def frozen_origins(submission: Submission) -> dict[str, Origin]:
    """As it was handed in. Who typed was not kept from the beginning."""
    return origins(frozen_figure_rows(submission), submission.content.get("typed", {}))


def typed_by(report: Report) -> TypedBy:
    """Who typed the figures of `report`, and when last."""
    return {
        typed.slug: {"by": str(typed.made_by), "on": f"{timezone.localtime(typed.made_at):%Y-%m-%d}"}
        for typed in report.typed.select_related("made_by")
    }
