"""What reports said of figures, and which figures they were handed in without: a form may change while they come in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.models import Campaign, Union
from reports.counting.derive import Values, as_value
from reports.enums import EDITABLE
from reports.figures.registry import Figure, Registry
from reports.models import FrozenFigure, Report
from reports.sealing.proving import proved, proved_figures

NAMED_BRIEFLY = 5  # units in a sentence below a form; the list of units has them all


def reported_values(submissions: Iterable[int], figures: Iterable[Figure]) -> dict[int, Values]:
    """What each of `submissions` reported of `figures`, by its id, in the order of `figures`.

    A figure that its form did not have is left out, so that nobody takes it for a 0. A total is added up from the
    parts that the report has; without any of them it is what was reported. Raises Tampered. Three queries.
    """
    return {submission: _read(kept, figures) for submission, kept in proved(submissions).items()}


def reported_where_proved(submissions: Iterable[int], figures: Registry) -> dict[int, Values]:
    """The same without the submissions that are no longer what was frozen: for those, nothing can be said."""
    found = proved_figures(submissions)
    whole = {submission: kept for submission, kept in found.figures.items() if submission not in set(found.broken)}
    return {submission: _read(kept, figures) for submission, kept in whole.items()}


def sum_reported(rows: Iterable[Values], figures: Iterable[Figure]) -> Values:
    """The sum of what was reported, figure by figure, of those that have it; a figure that none of them has is left
    out. Of no report at all it is 0."""
    rows, sums = list(rows), {}
    for figure in figures:
        values = [row[figure.slug] for row in rows if figure.slug in row]
        if values or not rows:
            sums[figure.slug] = sum(values, start=figure.measure.value(None))
    return sums


def _read(kept: Mapping[str, FrozenFigure], figures: Iterable[Figure]) -> Values:
    sums, values = {slug: figure.reported for slug, figure in kept.items()}, {}
    for figure in figures:
        parts = [sums[part.slug] for part in figure.summands if part.slug in sums]
        if parts or figure.slug in sums:
            values[figure.slug] = as_value(figure, sum(parts) if parts else sums[figure.slug])
    return values


@dataclass(frozen=True)
class Lack:
    """Figures of one form that the same units reported without: their forms had not got them."""

    figures: tuple[Figure, ...]
    units: tuple[Union, ...]

    @property
    def form(self) -> int:
        return self.figures[0].form

    @property
    def said(self) -> str:
        """In a sentence, with the name of every unit."""
        return self._sentence("、".join(unit.name for unit in self.units))

    @property
    def warning(self) -> str:
        """To who changes the form: which reports stay without these figures."""
        words = _("已有 %(count)d 个单位报送的报表没有%(figures)s：%(units)s。")
        units = "、".join(unit.name for unit in self.units)
        return words % {"count": len(self.units), "figures": self._figures, "units": units}

    @property
    def brief(self) -> str:
        """The same with the first units alone where there are many."""
        first, count = "、".join(unit.name for unit in self.units[:NAMED_BRIEFLY]), len(self.units)
        many = _("%(first)s等 %(count)d 个单位") % {"first": first, "count": count}
        return self._sentence(first if count <= NAMED_BRIEFLY else many)

    def _sentence(self, units: str) -> str:
        words = _("以下单位的报表按旧表式报送，没有%(figures)s：%(units)s。没有的数字不计为 0，合计只加已报送的。")
        return words % {"figures": self._figures, "units": units}

    @property
    def _figures(self) -> str:
        return "、".join(f"“{figure}”" for figure in self.figures)


def lacks(reported: Mapping[Union, Values], figures: Iterable[Figure]) -> list[Lack]:
    """Which of `figures` units reported without, in the order of the forms; those of the same units are told once."""
    groups: dict[tuple, list[Figure]] = {}
    for figure in figures:
        units = tuple(unit for unit, values in reported.items() if figure.slug not in values)
        if units:
            groups.setdefault((figure.form, units), []).append(figure)
    return [Lack(tuple(lacking), units) for (_form, units), lacking in groups.items()]


def handed_in_without(campaign: Campaign, figures: Registry) -> list[Lack]:
    """Which of `figures` the reports of `campaign` have not got that are handed in and not returned: they stay so."""
    reports = Report.objects.filter(campaign=campaign).exclude(state__in=EDITABLE).select_related("union")
    latest = {report.union: report.submission_id for report in reports.order_by("number")}
    values = reported_values(latest.values(), figures)
    by_unit = {unit: values[submission] for unit, submission in latest.items()}
    return lacks(dict(sorted(by_unit.items(), key=lambda pair: pair[0].code)), figures)
