"""Why figures are returned, counted over the city: hints before the next submission, and a table for the reviewers."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city
from reports.annex.campaign_figures import figures_of
from reports.enums import ReturnedPart, ReturnReason
from reports.figures.registry import Figure
from reports.models import Report, ReturnedFigure
from reports.review.returned import named_subject

YEARS = 3  # this campaign and the two before it
FREQUENT = 3  # units: a reason that fewer had is no pattern, and might tell which unit it was
SHOWN = 8


@dataclass(frozen=True)
class Returns:
    """How often one figure was returned for one reason in one campaign: by how many units, and times in all."""

    year: int
    slug: str
    reason: ReturnReason
    units: int
    times: int


@whole_city(Across.PATTERN)
def returns(years: Iterable[int]) -> list[Returns]:
    """The return reasons of the campaigns of `years` by figure and code, what concerned most units first. One query."""
    of_years = ReturnedFigure.objects.filter(event__report__campaign__year__in=list(years))
    counted = of_years.values_list("event__report__campaign__year", "slug", "reason").annotate(
        units=Count("event__report__union", distinct=True), times=Count("id")
    )
    ordered = counted.order_by("-units", "-times", "-event__report__campaign__year", "slug", "reason")
    return [Returns(year, slug, ReturnReason(reason), *numbers) for year, slug, reason, *numbers in ordered]


@dataclass(frozen=True)
class Hint:
    """What to look at before handing in; it names no unit."""

    figure: Figure | str
    words: str


def hints_for(report: Report) -> list[Hint]:
    """The most frequent reasons why units' figures were returned lately, and parts, of those that `report` has."""
    year, figures = report.campaign.year, figures_of(report.campaign)
    frequent = [
        found
        for found in returns(range(year - YEARS + 1, year + 1))
        if found.units >= FREQUENT and (found.slug in figures or found.slug in ReturnedPart.values)
    ]
    named = [(found, named_subject(found.slug, figures)) for found in frequent[:SHOWN]]
    return [Hint(subject, _words(found, subject, year)) for found, subject in named]


def _words(found: Returns, figure: Figure | str, year: int) -> str:
    when = {year: _("今年"), year - 1: _("去年")}.get(found.year) or _("%(year)d 年") % {"year": found.year}
    message = _("%(when)s有 %(units)d 个单位的“%(figure)s”因“%(reason)s”被退回。")
    return message % {"when": when, "units": found.units, "figure": figure, "reason": found.reason.label}


@dataclass(frozen=True)
class ReasonRow:
    """One figure with its returns by reason, in the order of the codes; None where there was none."""

    figure: Figure | str
    cells: list[Returns | None]
    times: int


def reasons_by_figure(year: int, figures: Iterable[Figure]) -> list[ReasonRow]:
    """The returned figures of one campaign in the order of the forms; a slug the form no longer has comes last."""
    cells = {(found.slug, found.reason): found for found in returns([year])}
    order = {figure.slug: figure for figure in figures}
    slugs = {slug for slug, _reason in cells}
    rows = []
    for slug in [*(slug for slug in order if slug in slugs), *sorted(slugs - order.keys())]:
        row = [cells.get((slug, reason)) for reason in ReturnReason]
        rows.append(ReasonRow(named_subject(slug, order), row, sum(cell.times for cell in row if cell)))
    return rows
