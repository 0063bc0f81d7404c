"""The numbers of a summary report as they are now, each counted by what counts it elsewhere; never one by one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from aid.payments.coverage import COVERAGE
from portal.models import Campaign, Union
from portal.words.on_paper import day_on_paper
from reports.annex.campaign_figures import figures_of
from reports.annex.wording import YEAR
from reports.beside.movement import DIRECTIONS, SUBJECTS, Movement
from reports.checks import checks_for
from reports.checks.registry import Finding
from reports.counting.derive import derive
from reports.counting.rows import FigureRow
from reports.figures.registry import Window
from reports.figures.summary import SUMMARY
from reports.figures.units import Unit
from reports.summary.left import LEFT
from reports.summary.names import (
    CHANGE,
    COVER,
    DERIVED,
    DIFFERENCE,
    LAST,
    check_slug,
    figure_slug,
    moved_slug,
)


@dataclass(frozen=True)
class Number:
    """One number as it is printed; `counts` unless it is nothing, of which a draft says nothing."""

    text: str
    counts: bool = True

    @classmethod
    def of(cls, value: int | Decimal, unit: Unit = Unit.PERSONS) -> "Number":
        return cls(unit.format(value), bool(value))


Numbers = dict[str, Number]


def numbers_of(
    campaign: Campaign,
    union: Union,
    rows: Mapping[str, FigureRow],
    *,
    moved: Movement | None = None,
    soft: Iterable[Finding] = (),
) -> Numbers:
    """Every number by slug. `rows` are the figures of the forms, `moved` who came and went, `soft` what checks find.

    One query for each kind of record, whatever the number of records or of units below.
    """
    return (
        _general(campaign, union)
        | _of_rows(rows.values())
        | _counted(campaign, union)
        | (_moved(moved) if moved else {})
        | _found(campaign, soft)
    )


def texts_of(numbers: Mapping[str, Number]) -> dict[str, str]:
    """What stands for each slug in a text."""
    return {slug: number.text for slug, number in numbers.items()}


def _general(campaign: Campaign, union: Union) -> Numbers:
    window = Window.of(campaign)
    days = {"starts_on": window.starts_on, "cut_off": window.cut_off, "due_on": campaign.due_on}
    told = {slug: day_on_paper(day) for slug, day in days.items()}
    return {slug: Number(text) for slug, text in (told | {YEAR: str(campaign.year), "unit": union.name}).items()}


def _of_rows(rows: Iterable[FigureRow]) -> Numbers:
    found: Numbers = {}
    for row in rows:
        figure, texts = row.figure, row.texts
        found[figure.slug] = Number(texts["reported"], bool(row.reported or row.last))
        found[figure_slug(figure, LAST)] = Number(texts["last"] or _("无"), bool(row.last))
        found[figure_slug(figure, CHANGE)] = Number(change_in_words(row))
        found[figure_slug(figure, DERIVED)] = Number(texts["derived"], bool(row.derived))
        found[figure_slug(figure, DIFFERENCE)] = Number(texts["difference"] or "0", bool(row.difference))
    return found


def change_in_words(row: FigureRow) -> str:
    """The rise or fall since last year."""
    if row.change is None or row.last is None:
        return _("上年没有这一数字")
    if not row.change:
        return _("与上年持平")
    unit = row.figure.unit
    values = {"last": unit.format(row.last), "change": unit.format(abs(row.change)), "unit": unit.label}
    if row.change > 0:
        return _("比上年（%(last)s）增加%(change)s%(unit)s") % values
    return _("比上年（%(last)s）减少%(change)s%(unit)s") % values


def _counted(campaign: Campaign, union: Union) -> Numbers:
    values = derive(campaign, union, figures=SUMMARY)
    found = {slug: Number.of(value, SUMMARY[slug].unit) for slug, value in values.items()}
    left = {one.slug: Number.of(one.of(campaign, union).count()) for one in LEFT}
    return found | _covered(campaign, union) | left


def _covered(campaign: Campaign, union: Union) -> Numbers:
    units = Union.objects.reporting().values_list("path", flat=True) if union.is_city else [union.path]
    counts = COVERAGE.of_units(campaign, campaign.ends_on, units).values()
    return {slug: Number.of(sum(each.get(slug.removeprefix("cover_"), 0) for each in counts)) for slug in COVER}


def _moved(movement: Movement) -> Numbers:
    counts = {moved_slug(s, d): movement.count(s, d) for s in SUBJECTS for d in DIRECTIONS}
    return {slug: Number.of(count) for slug, count in counts.items()}


def _found(campaign: Campaign, soft: Iterable[Finding]) -> Numbers:
    told = dict(_sentences(soft))
    codes = [check.code for check in checks_for(figures_of(campaign)) if not check.is_hard]
    return {check_slug(code): Number(told.get(code, _("此项核对已没有问题。")), code in told) for code in codes}


def _sentences(soft: Iterable[Finding]) -> Iterator[tuple[str, str]]:
    """What the checks find, without the spaces that a form has around digits."""
    return ((found.check.code, "".join(found.message.split())) for found in soft)
