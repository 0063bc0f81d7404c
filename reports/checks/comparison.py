"""Checks that compare a report with other days, other units and last year (annexes.md, Checks)."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checks.arithmetic import standing
from reports.checks.context import Context, per_child
from reports.checks.registry import Check, CheckKind
from reports.checks.relations import amount, slugs, stated
from reports.counting.derive import Values
from reports.counting.rows import last_of
from reports.figures.facts import CONTRIBUTIONS, DISBURSEMENTS, NOT_VOID, PAYMENT_MADE
from reports.figures.measures import money
from reports.figures.registry import Condition, Figure, Registry
from reports.figures.units import Unit

LEAST_SHARE, GREATEST_SHARE = Fraction(1, 5), 5
# The mean of few units would tell one of them the others' money: below this it stays unsaid.
UNITS_TO_STATE_MEAN = 5
# A change stands out that is more than half of last year's figure and more than this, in the unit of the form.
CHANGE_SHARE = Decimal("0.5")
CHANGE = 5
CHANGE_IN_YUAN = 50_000


def before(field: str) -> Condition:
    return Condition(
        gettext_lazy("日期在活动开始日之前"),
        lambda window: Q(**{f"{field}__lt": window.starts_on}),
        gettext_lazy("日期（{date}）不在活动开始日 {starts_on} 之前"),
    )


# The balance carried over: raised less paid, all sources, on all days before the campaign, of whatever campaign.
RAISED_BEFORE = Figure(
    "raised_before",
    1,
    "1",
    gettext_lazy("活动开始日之前筹集的资金"),
    Unit.WAN_YUAN,
    replace(CONTRIBUTIONS, name="contributions_before", conditions=(NOT_VOID, before("received_on"))),
    money(),
)
PAID_BEFORE = Figure(
    "paid_before",
    1,
    "2",
    gettext_lazy("活动开始日之前发放的助学款"),
    Unit.WAN_YUAN,
    replace(DISBURSEMENTS, name="disbursements_before", conditions=(PAYMENT_MADE, before("paid_on"))),
    money(),
)


def checks(figures: Registry) -> Iterator[Check]:
    if asked := standing(figures, "paid", "raised"):
        yield covered(*asked)
    if asked := standing(figures, "paid", "aided"):
        yield per_child_usual(*asked)
    yield from changes(figures)


@lru_cache(maxsize=64)
def carried_over(figures: Registry) -> tuple[Figure, Figure]:
    """What was raised and paid before the campaign, counted like what is raised and paid in it."""
    return tuple(
        _before(question, figures.in_place_of(slug))
        for slug, question in (("raised", RAISED_BEFORE), ("paid", PAID_BEFORE))
    )


def _before(question: Figure, like: Figure | None) -> Figure:
    """`question`, asked of the same records as `like`, if that is counted from records of the same kind."""
    if like is None or not like.conditions or like.source.model is not question.source.model:
        return question
    return replace(question, conditions=like.conditions)


def covered(paid: Figure, raised: Figure) -> Check:
    """No more is paid than was raised, the balance carried over included."""

    def message(values: Values, context: Context) -> str:
        available = values[raised.slug] + context.balance
        if values[paid.slug] <= available:
            return ""
        return _("{paid}，超过{raised}与以前结余 {balance}之和 {available}，多出 {gap}。").format(
            paid=stated(paid, values),
            raised=stated(raised, values),
            balance=amount(raised, context.balance),
            available=amount(raised, available),
            gap=amount(paid, values[paid.slug] - available),
        )

    words = format_lazy(
        gettext_lazy("“{paid}”不超过“{raised}”与活动开始日之前的结余（筹集减去发放）之和"),
        paid=paid.label,
        raised=raised.label,
    )
    return Check("paid_covered", CheckKind.SOFT, slugs(paid, raised), words, message, needs="balance")


def per_child_usual(paid: Figure, aided: Figure) -> Check:
    """What a child received on average lies within 0.2 to 5 times the mean over the units that aided anyone."""

    def message(values: Values, context: Context) -> str:
        if values[aided.slug] <= 0:
            return ""
        ratio, mean = per_child(values, paid.slug, aided.slug), context.per_child.mean
        if LEAST_SHARE * mean <= ratio <= GREATEST_SHARE * mean:
            return ""
        side = _("低于各单位平均数的 0.2 倍") if ratio < mean else _("高于各单位平均数的 5 倍")
        if context.per_child.units >= UNITS_TO_STATE_MEAN:
            side += _("（平均数约 {mean} 元）").format(mean=about(mean))
        return _("{paid}，{aided}，人均约 {ratio} 元，{side}。").format(
            paid=stated(paid, values), aided=stated(aided, values), ratio=about(ratio), side=side
        )

    words = format_lazy(
        gettext_lazy("人均助学款（“{paid}”除以“{aided}”）在各单位平均数的 0.2 倍至 5 倍之间"),
        paid=paid.label,
        aided=aided.label,
    )
    return Check("paid_per_child", CheckKind.SOFT, slugs(paid, aided), words, message, needs="per_child")


def about(ratio: Fraction) -> str:
    """A ratio in yuan to the fen: it is no figure of the form, and may have no last digit."""
    return f"{Decimal(ratio.numerator) / Decimal(ratio.denominator):.2f}"


def changes(figures: Registry) -> Iterator[Check]:
    """One check for each figure, as each change has an explanation of its own."""
    return (unchanged(figure) for figure in figures)


def unchanged(figure: Figure) -> Check:
    """A figure differs from last campaign's accepted one by at most 50 % of it, or by at most 5 of its own unit."""
    limit = CHANGE_IN_YUAN if figure.unit is Unit.YUAN else CHANGE

    def message(values: Values, context: Context) -> str:
        last, now = last_of(figure, context.last_year), values[figure.slug]
        if last is None:  # last year's form did not ask for it
            return ""
        gap = abs(now - last)
        if figure.unit.shown(gap) <= limit or gap <= CHANGE_SHARE * abs(last):
            return ""
        way = _("增加") if now > last else _("减少")
        return _("{now}，上一年度为 {last}，{way} {gap}，超过上一年度的 50% 和 {limit} {unit}。").format(
            now=stated(figure, values),
            last=amount(figure, last),
            way=way,
            gap=amount(figure, gap),
            limit=limit,
            unit=figure.unit.label,
        )

    words = gettext_lazy("每个数字与上一年度已接受的相比，变化不超过其 50%，或者不超过 5（以元为单位的不超过 50000）")
    return Check(f"change_{figure.slug}", CheckKind.SOFT, slugs(figure), words, message, needs="last_year")
