"""Checks that find single records (annexes.md, Checks, the last two lines).

Each asks a question made like a figure, so that its number and its list (`lineage`) come from one declaration.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.models import Visit
from aid.visits.plan import SUMMER
from reports.checks.context import Context
from reports.checks.registry import Check, CheckKind
from reports.checks.relations import stated
from reports.counting.derive import Values
from reports.figures import FIGURES
from reports.figures.facts import CASES, DISBURSEMENTS, PAYMENT_MADE, PAYMENT_OF_CAMPAIGN
from reports.figures.measures import COUNT
from reports.figures.registry import Condition, Figure, Registry, Window
from reports.figures.units import Unit


def visited_in_summer(window: Window, person: str) -> Exists:
    """A visit to `person` in July or August of the campaign's year, by any union, up to the cut-off.

    Every date is one of the window's own, so that the statement is written once for all campaigns.
    """
    days = Q(visited_on__range=(window.year_starts_on, window.year_ends_on), visited_on__lte=window.cut_off)
    return Exists(Visit.objects.filter(days, visited_on__month__in=SUMMER, person=OuterRef(person)))


NOT_VISITED = Condition(
    gettext_lazy("本年 7 月、8 月（至统计截止日）没有走访过子女本人，也没有走访过其家庭的职工"),
    lambda window: ~visited_in_summer(window, "person") & ~visited_in_summer(window, "child__household__worker"),
    gettext_lazy("7 月、8 月走访过"),
)
UNVISITED = Figure(
    "unvisited",
    1,
    "4",
    gettext_lazy("7 月、8 月没有走访的受助子女"),
    Unit.PERSONS,
    CASES,
    COUNT,
    (NOT_VISITED,),
)

# The campaign's own days, not the cut-off: what is paid after the cut-off counts later, this counts never.
OUTSIDE = Condition(
    gettext_lazy("发放日期在所属活动年度的起止日期以外"),
    lambda _window: Q(paid_on__lt=F("case__campaign__starts_on")) | Q(paid_on__gt=F("case__campaign__ends_on")),
    gettext_lazy("发放日期（{date}）在活动年度的起止日期以内"),
)
PAID_OUTSIDE = Figure(
    "paid_outside",
    1,
    "2",
    gettext_lazy("发放日期在活动年度以外的助学款"),
    Unit.PERSON_TIMES,
    replace(DISBURSEMENTS, name="disbursements_outside", conditions=(PAYMENT_OF_CAMPAIGN, PAYMENT_MADE, OUTSIDE)),
    COUNT,
)


def checks(figures: Registry) -> Iterator[Check]:
    """Those whose figures are counted from the records that they ask for, whoever declared them."""
    for slug, question, make in (("aided", UNVISITED, visited), ("paid", PAID_OUTSIDE, within_campaign)):
        figure = figures.in_place_of(slug)
        if figure and figure.fact is FIGURES[slug].fact:
            yield make(figure, _asked_of(figure, question))


@lru_cache(maxsize=256)
def _asked_of(figure: Figure, question: Figure) -> Figure:
    """`question` about the records that `figure` counts."""
    return replace(question, conditions=(*figure.conditions, *question.conditions)) if figure.conditions else question


def visited(aided: Figure, question: Figure) -> Check:
    """Each child aided, or the worker of its household, was visited in July or August."""

    def message(values: Values, context: Context) -> str:
        count = context.records[question.slug]
        sentence = _("{aided}中，有 {count} 人在 7 月、8 月没有走访记录（本人和家庭的职工都没有）。")
        return sentence.format(aided=stated(aided, values), count=count) if count else ""

    words = gettext_lazy("受助子女本人或其家庭的职工在 7 月、8 月接受过走访")
    return Check(question.slug, CheckKind.SOFT, (aided.slug,), words, message, needs="records", records=question)


def within_campaign(paid: Figure, question: Figure) -> Check:
    """Nothing is paid on a day outside its campaign."""
    words = gettext_lazy("助学款的发放日期在其活动年度的起止日期以内")
    return Check(question.slug, CheckKind.SOFT, (paid.slug,), words, paid_outside, needs="records", records=question)


def paid_outside(_values: Values, context: Context) -> str:
    count = context.records[PAID_OUTSIDE.slug]
    sentence = _("有 {count} 笔已发放的助学款，发放日期在活动年度的起止日期以外，不计入任何统计表。")
    return sentence.format(count=count) if count else ""
