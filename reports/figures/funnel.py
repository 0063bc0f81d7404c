"""就业全程: what is counted on the way from graduating to keeping a job, and at the turn of the year.

In no form, so `form` is NO_FORM; otherwise figures like those of the annexes, each with its list and its near misses.
Persons are counted, never person-times: who was trained twice was trained.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from employment.enums import AssistanceKind, Intention
from employment.models import RETENTION_MONTHS, Assistance, RetentionCheck
from reports.figures import annex2
from reports.figures.annex2 import FRESH, SEEKS_WORK, SIGNED_IN_TIME, intends
from reports.figures.facts import GRADUATES
from reports.figures.measures import COUNT
from reports.figures.registry import Condition, Figure, Registry
from reports.figures.units import Unit

NO_FORM = 0


def helped_by(kind: AssistanceKind) -> Condition:
    """At least one act of help of `kind` to the graduate in the window, by whichever union."""
    return Condition(
        format_lazy(_("统计期内得到过“{kind}”"), kind=kind.label),
        lambda window: Q(
            Exists(
                Assistance.objects.filter(
                    graduate=OuterRef("pk"), kind=kind, given_on__range=(window.starts_on, window.cut_off)
                )
            )
        ),
        format_lazy(_("统计期内没有“{kind}”的帮扶记录"), kind=kind.label),
    )


def not_helped_by(kind: AssistanceKind) -> Condition:
    """The contrary: no act of help of `kind` in the window."""
    helped = helped_by(kind)
    return Condition(
        format_lazy(_("统计期内没有“{kind}”的帮扶记录"), kind=kind.label),
        lambda window: ~helped.holds(window),
        format_lazy(_("统计期内得到过“{kind}”"), kind=kind.label),
    )


def kept(months: int) -> Condition:
    """Still employed when asked `months` after a placement of the window. Asked whenever: it may be the next year."""
    return Condition(
        format_lazy(_("就业满 {months} 个月回访时仍在岗"), months=months),
        lambda window: Q(
            Exists(
                RetentionCheck.objects.filter(
                    placement__graduate=OuterRef("pk"),
                    placement__kind=AssistanceKind.PLACEMENT,
                    placement__given_on__range=(window.starts_on, window.cut_off),
                    months=months,
                    employed=True,
                )
            )
        ),
        format_lazy(_("没有就业满 {months} 个月仍在岗的回访记录"), months=months),
    )


TRACKED_BEYOND = Condition(
    _("到年底没有结束跟踪"),
    lambda window: Q(closed_on__isnull=True) | Q(closed_on__gt=window.year_ends_on),
    _("在 {year} 年底前已结束跟踪"),
)
ON_FILE_BEYOND = Condition(
    _("家庭到年底没有注销"),
    lambda window: Q(household__closed_on__isnull=True) | Q(household__closed_on__gt=window.year_ends_on),
    _("家庭在 {year} 年底前已注销"),
)
UNSIGNED_BEYOND = Condition(
    _("到年底没有签约"),
    lambda window: Q(contract_on__isnull=True) | Q(contract_on__gt=window.year_ends_on),
    _("在 {year} 年底前已签约"),
)
TURNS = (FRESH, TRACKED_BEYOND, ON_FILE_BEYOND)


def persons(slug: str, label: str, *conditions: Condition) -> Figure:
    return Figure(slug, NO_FORM, "", label, Unit.PERSONS, GRADUATES, COUNT, conditions)


_of_annex2 = {figure.slug: figure for figure in annex2.FIGURES}
TRACKED, NEED = _of_annex2["graduates"], _of_annex2["graduates_need_help"]
SELF_PLACED = _of_annex2["graduates_self_placed"]
FURTHER_STUDY = persons("path_further_study", _("升学及其他"), intends(Intention.FURTHER_STUDY))
NEEDS = NEED.conditions
TRAINED = persons("path_trained", _("参加技能培训"), *NEEDS, helped_by(AssistanceKind.TRAINING))
PRACTISED = persons("path_practised", _("参加实习见习"), *NEEDS, helped_by(AssistanceKind.INTERNSHIP))
PLACED = persons("path_placed", _("已帮助实现就业"), *NEEDS, helped_by(AssistanceKind.PLACEMENT))
SIGNED = persons("path_signed", _("自行签约"), *NEEDS, SIGNED_IN_TIME, not_helped_by(AssistanceKind.PLACEMENT))
KEPT = tuple(
    persons(
        f"path_kept_{months}",
        format_lazy(_("稳定就业满 {months} 个月"), months=months),
        *PLACED.conditions,
        kept(months),
    )
    for months in RETENTION_MONTHS
)
STAGES = (TRACKED, NEED, TRAINED, PRACTISED, PLACED, *KEPT)
TURNING = persons("path_turning_past", _("明年 1 月 1 日起转为往届"), *TURNS)
TURNING_UNEMPLOYED = persons("path_turning_unemployed", _("其中尚未签约"), *TURNS, UNSIGNED_BEYOND, SEEKS_WORK)

FUNNEL = Registry(
    *STAGES,
    *(_of_annex2[part] for part in TRACKED.parts),
    SELF_PLACED,
    FURTHER_STUDY,
    SIGNED,
    TURNING,
    TURNING_UNEMPLOYED,
)
OF_ANNEX2 = tuple(figure for figure in annex2.FIGURES if figure.fact is GRADUATES)
