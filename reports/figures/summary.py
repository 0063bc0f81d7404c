"""What a summary report tells besides the figures of the annexes, by the clauses of the notice (part one).

In no form, so `form` is NO_FORM; otherwise figures like those of the annexes, of one window and counted in one pass.
Of pairings and of the way to work the conditions are those of the pages that count them.
"""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from aid.both_sides import givers, pupils, workers
from aid.enums import ActivityKind, AidMode, ExemplarKind, PolicyOutcome, Programme, ProjectState, ProjectWay
from aid.models import (
    Activity,
    Child,
    Exemplar,
    Household,
    NoticedCase,
    Objection,
    Participation,
    PolicyAid,
    PracticePlacement,
    Project,
    ProjectGain,
    ProjectPayment,
    PublicNotice,
    Sponsor,
)
from aid.models.casework.case import APPROVED_STATES
from aid.models.casework.case_lists import aided_before
from employment.enums import AssistanceKind
from portal.models import Campaign, UnionOwned
from portal.models.voidable import VoidableRecord
from reports.figures.annex2 import UNSIGNED
from reports.figures.facts import CASES, NOT_VOID, VISITS, dated
from reports.figures.funnel import (
    NEEDS,
    NO_FORM,
    PLACED,
    PRACTISED,
    TRAINED,
    TURNING,
    TURNING_UNEMPLOYED,
    not_helped_by,
    persons,
)
from reports.figures.measures import COUNT, Measure, distinct, money, sum_of
from reports.figures.registry import Condition, Fact, Figure, Registry, Window
from reports.figures.units import Unit

Words = str | Promise


def told(label: Words, model: type[UnionOwned], date: str, *conditions: Condition) -> Fact:
    """A kind of record that the summary alone counts: no list stands behind its numbers but that of its kind."""
    live = (NOT_VOID,) if issubclass(model, VoidableRecord) else ()
    return Fact(str(model._meta.model_name), label, model, date, (*live, *conditions), columns=())


def counted(
    slug: str, label: Words, fact: Fact, *conditions: Condition, unit: Unit = Unit.POSTS, measure: Measure = COUNT
) -> Figure:
    return Figure(slug, NO_FORM, "", label, unit, fact, measure, conditions)


def condition(words: Words, holds) -> Condition:
    return Condition(words, holds, words)


def _until(window: Window) -> Campaign:
    """The campaign as if it ended with the cut-off: what begins later is not told yet. Not to be saved."""
    return Campaign(pk=window.campaign.pk, year=window.year, starts_on=window.starts_on, ends_on=window.cut_off)


def side(words: Words, chosen, programmes: Iterable[Programme]) -> Condition:
    """On one side of one of `programmes` in the window, by a pairing or by an approved case (`aid.both_sides`)."""
    asked = tuple(programmes)
    return condition(words, lambda window: chosen(asked, _until(window)))


def ran(prefix: str = "") -> Condition:
    """What has a first and perhaps a last day lay at least in part in the window."""
    return condition(
        _("在统计期内进行"),
        lambda window: (
            Q(**{f"{prefix}starts_on__lte": window.cut_off})
            & (Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": window.starts_on}))
        ),
    )


SPONSORS = told(_("结对方"), Sponsor, "number", side(_("参与结对"), givers, Programme))
PUPILS = told(_("结对学生"), Child, "number", side(_("得到结对"), pupils, Programme))
PAIRED_WORKERS = told(_("结对职工"), Household, "filed_on", side(_("得到结对"), workers, Programme))
BEGUN = condition(_("项目已实施"), lambda _window: ~Q(state=ProjectState.PLANNED))
OF_BEGUN = condition(_("项目已实施"), lambda _window: ~Q(project__state=ProjectState.PLANNED))
PROJECTS = told(_("社会助学项目"), Project, "starts_on", ran(), BEGUN)
PROJECT_PAYMENTS = told(_("项目付款"), ProjectPayment, "paid_on", dated("paid_on"))
PROJECT_GAINS = told(_("项目受益"), ProjectGain, "number", ran("project__"), OF_BEGUN)
PLACEMENTS = told(_("社会实践安排"), PracticePlacement, "starts_on", ran())
POLICIES = told(
    _("政策落实情况"),
    PolicyAid,
    "case",
    condition(
        _("本年度已审批的申请，政策已落实"),
        lambda window: Q(
            case__campaign=window.campaign, case__status__in=APPROVED_STATES, outcome=PolicyOutcome.GRANTED
        ),
    ),
)
ACTIVITIES = told(_("助学活动"), Activity, "held_on", dated("held_on"))
COMING = told(_("参加活动"), Participation, "number", dated("activity__held_on"))
NOTICES = told(_("公示单"), PublicNotice, "first_day", dated("first_day"))
NOTICED = told(
    _("公示的申请"),
    NoticedCase,
    "case",
    dated("notice__first_day"),
    condition(_("没有从公示单上撤下"), lambda _window: Q(taken_off=False)),
)
OBJECTIONS = told(_("公示异议"), Objection, "raised_on", dated("raised_on"))
EXEMPLARS = told(_("典型"), Exemplar, "published_on", dated("published_on"))

CONTINUED = condition(_("继续帮扶"), lambda _window: Q(aided_before()))
TAKEN_IN = condition(_("新纳入"), lambda _window: ~Q(aided_before()))


def _of(field: str, choice) -> Condition:
    return condition(choice.label, lambda _window: Q(**{field: choice}))


def _each(choices, slug: str, label: Words, fact: Fact, field: str, **told_so) -> list[Figure]:
    """One figure for each word of a code list, `{word}` of the label being the word."""
    return [
        counted(slug.format(choice.value), format_lazy(label, word=choice.label), fact, _of(field, choice), **told_so)
        for choice in choices
    ]


PERSONS = {"unit": Unit.PERSONS}
CHILDREN = {"unit": Unit.PERSONS, "measure": distinct("child__person")}

PAIRING_FIGURES = (
    counted("givers", _("结对方"), SPONSORS),
    counted("pupils", _("结对学生"), PUPILS, **PERSONS),
    counted("paired_workers", _("结对职工"), PAIRED_WORKERS, **PERSONS),
    *(
        figure
        for programme in Programme
        for figure in (
            counted(
                f"givers_{programme.value}",
                format_lazy("{}：{}", programme.label, _("结对方")),
                SPONSORS,
                side(programme.label, givers, [programme]),
            ),
            counted(
                f"pupils_{programme.value}",
                format_lazy("{}：{}", programme.label, _("结对学生")),
                PUPILS,
                side(programme.label, pupils, [programme]),
                **PERSONS,
            ),
        )
    ),
)
SOCIAL_FIGURES = (
    counted("projects", _("社会助学项目"), PROJECTS),
    *_each(ProjectWay, "projects_{}", _("社会助学项目：{word}"), PROJECTS, "way"),
    counted(
        "project_organisations",
        _("承接项目的社会组织"),
        PROJECTS,
        unit=Unit.EMPLOYERS,
        measure=distinct("organisation"),
    ),
    counted("project_volunteers", _("项目志愿者"), PROJECTS, unit=Unit.PERSON_TIMES, measure=sum_of("volunteers")),
    counted("project_children", _("项目受益子女"), PROJECT_GAINS, **CHILDREN),
    counted("project_paid", _("项目付款"), PROJECT_PAYMENTS, unit=Unit.WAN_YUAN, measure=money()),
)
WORK_FIGURES = (
    counted("practice_students", _("参加社会实践的学生"), PLACEMENTS, **CHILDREN),
    TRAINED,
    PRACTISED,
    PLACED,
)
POLICY_FIGURES = (
    counted("policies_granted", _("落实的政策救助"), POLICIES),
    counted("policy_children", _("落实政策救助的子女"), POLICIES, unit=Unit.PERSONS, measure=distinct("case__person")),
    counted("policy_amount", _("政策救助金额"), POLICIES, unit=Unit.WAN_YUAN, measure=money()),
)
CARE_FIGURES = (
    counted("activities", _("助学活动"), ACTIVITIES, unit=Unit.EVENTS),
    *_each(ActivityKind, "activities_{}", _("助学活动：{word}"), ACTIVITIES, "kind", unit=Unit.EVENTS),
    counted("activity_children", _("参加活动的子女"), COMING, **CHILDREN),
    counted("activity_times", _("参加活动人次"), COMING, unit=Unit.PERSON_TIMES),
    counted("visits", _("走访慰问"), VISITS, unit=Unit.PERSON_TIMES),
    counted(
        "visits_at_door",
        _("上门走访"),
        VISITS,
        condition(_("上门"), lambda _window: Q(by_telephone=False)),
        unit=Unit.PERSON_TIMES,
    ),
    counted(
        "visits_by_telephone",
        _("电话回访"),
        VISITS,
        condition(_("电话"), lambda _window: Q(by_telephone=True)),
        unit=Unit.PERSON_TIMES,
    ),
)
CASE_FIGURES = (
    *_each(AidMode, "aided_by_{}", _("受助的子女：{word}"), CASES, "mode", **PERSONS),
    counted("aided_new", _("受助的子女：新纳入"), CASES, TAKEN_IN, **PERSONS),
    counted("aided_continued", _("受助的子女：继续帮扶"), CASES, CONTINUED, **PERSONS),
    counted("notices", _("公示单"), NOTICES),
    counted("noticed_cases", _("公示的申请"), NOTICED, measure=distinct("case")),
    counted("objections", _("公示异议"), OBJECTIONS),
)
EXEMPLAR_FIGURES = (
    counted("exemplars", _("公开的典型"), EXEMPLARS),
    *_each(ExemplarKind, "exemplars_{}", _("公开的典型：{word}"), EXEMPLARS, "kind"),
)
LEFT_FIGURES = (
    persons("path_unplaced", _("需要就业帮扶、尚未就业"), *NEEDS, not_helped_by(AssistanceKind.PLACEMENT), UNSIGNED),
    TURNING,
    TURNING_UNEMPLOYED,
)

SUMMARY = Registry(
    *PAIRING_FIGURES,
    *SOCIAL_FIGURES,
    *WORK_FIGURES,
    *POLICY_FIGURES,
    *CARE_FIGURES,
    *CASE_FIGURES,
    *EXEMPLAR_FIGURES,
    *LEFT_FIGURES,
)
