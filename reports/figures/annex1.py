"""附件 1 上海工会金秋助学情况统计表: 28 figures (annexes.md, "Annex 1"). Money is in yuan, printed in 万元."""

from collections.abc import Callable

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from aid.enums import STAGE_GROUPS, FundSource, StageGroup, WorkerCategory
from reports.figures.facts import CASES, CONTRIBUTIONS, DISBURSEMENTS, ENTRIES, PRACTICE_POSTS
from reports.figures.measures import COUNT, distinct, money, sum_of
from reports.figures.registry import Condition, Figure
from reports.figures.units import Unit


def source_is(source: FundSource) -> Condition:
    return Condition(
        format_lazy(_("来源为{source}"), source=source.label),
        lambda _window: Q(source=source),
        format_lazy(_("来源不是“{source}”"), source=source.label),
        is_kind=True,
    )


def stage_in(group: StageGroup, field: str) -> Condition:
    """The stage group: basic, secondary, tertiary (annexes.md, "stage group")."""
    return Condition(
        format_lazy(_("学段属于{group}"), group=group.label),
        lambda _window: Q(**{f"{field}__in": STAGE_GROUPS[group]}),
        format_lazy(_("学段不属于“{group}”"), group=group.label),
    )


def migrant(case: str = "") -> Condition:
    """Lines 5: the worker category copied to the case when it was approved."""
    return Condition(
        _("职工为困难农民工"),
        lambda _window: Q(**{f"{case}counted_category": WorkerCategory.MIGRANT}),
        _("审批时职工类别不是“困难农民工”"),
    )


def single_mother(case: str = "") -> Condition:
    """Line 6: a woman and a single parent, copied the same way; a migrant single mother counts in 5 and in 6."""
    return Condition(
        _("职工为困难单亲女职工"),
        lambda _window: Q(**{f"{case}counted_single_mother": True}),
        _("审批时职工不是困难单亲女职工"),
    )


def aided(slug: str, line: str, label: str, *conditions: Condition, parts: tuple[str, ...] = ()) -> Figure:
    return Figure(slug, 1, line, label, Unit.PERSONS, CASES, COUNT, conditions, parts)


def paid(slug: str, line: str, label: str, *conditions: Condition, parts: tuple[str, ...] = ()) -> Figure:
    return Figure(slug, 1, line, label, Unit.WAN_YUAN, DISBURSEMENTS, money(), conditions, parts)


def advanced(slug: str, line: str, label: str, *conditions: Condition, parts: tuple[str, ...] = ()) -> Figure:
    return Figure(slug, 1, line, label, Unit.PERSONS, ENTRIES, COUNT, conditions, parts)


# Where the stage of a case, a disbursement and an entry is written.
CASE_STAGE, PAYMENT_STAGE, ENTRY_STAGE = "counted_stage", "case__counted_stage", "stage"


def total(make: Callable[..., Figure], slug: str, line: str, label: str, *conditions: Condition) -> Figure:
    """A figure that the three stage groups add up to."""
    return make(slug, line, label, *conditions, parts=tuple(f"{slug}_{group}" for group in StageGroup.values))


def part(group: StageGroup, stage: str, of: Figure, make: Callable[..., Figure]) -> Figure:
    """The share of `of` that falls to one stage group."""
    label = format_lazy("{total}：{group}", total=of.label, group=group.label)
    return make(f"{of.slug}_{group}", of.line, label, *of.conditions, stage_in(group, stage))


def with_parts(whole: Figure, stage: str, make: Callable[..., Figure]) -> tuple[Figure, ...]:
    return (whole, *(part(group, stage, whole, make) for group in StageGroup))


def raised(slug: str, label: str, *conditions: Condition, parts: tuple[str, ...] = ()) -> Figure:
    return Figure(slug, 1, "1", label, Unit.WAN_YUAN, CONTRIBUTIONS, money(), conditions, parts)


RAISED = raised("raised", _("筹集资金"), parts=tuple(f"raised_{source}" for source in FundSource.values))
RAISED_BY_SOURCE = tuple(
    raised(
        f"raised_{source}",
        format_lazy("{total}：{source}", total=RAISED.label, source=source.label),
        source_is(source),
    )
    for source in FundSource
)
PAID = with_parts(total(paid, "paid", "2", _("发放助学款")), PAYMENT_STAGE, paid)
ADVANCED = with_parts(total(advanced, "advanced", "3", _("在档家庭子女升学")), ENTRY_STAGE, advanced)
AIDED = with_parts(total(aided, "aided", "4", _("资助子女")), CASE_STAGE, aided)

MIGRANT_AIDED = total(aided, "migrant_aided", "5", _("资助困难农民工子女"), migrant())
MIGRANT_PAID = total(paid, "migrant_paid", "5", _("困难农民工子女助学款"), migrant("case__"))
# The form prints persons and money of one stage group side by side.
MIGRANT_BY_STAGE = tuple(
    share
    for group in StageGroup
    for share in (part(group, CASE_STAGE, MIGRANT_AIDED, aided), part(group, PAYMENT_STAGE, MIGRANT_PAID, paid))
)


FIGURES = (
    RAISED,
    *RAISED_BY_SOURCE,
    *PAID,
    *ADVANCED,
    *AIDED,
    MIGRANT_AIDED,
    MIGRANT_PAID,
    *MIGRANT_BY_STAGE,
    aided("single_mother_aided", "6", _("资助困难单亲女职工子女"), single_mother()),
    paid("single_mother_paid", "6", _("困难单亲女职工子女助学款"), single_mother("case__")),
    # Distinct within one reporting unit: an employer whom two units contacted counts in both.
    Figure("practice_employers", 1, "7", _("联系社会实践单位"), Unit.EMPLOYERS, PRACTICE_POSTS, distinct("employer")),
    Figure("practice_posts", 1, "7", _("勤工俭学社会实践岗位"), Unit.POSTS, PRACTICE_POSTS, sum_of("posts")),
)
