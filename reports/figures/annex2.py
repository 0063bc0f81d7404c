"""附件 2 上海工会阳光就业行动情况统计表: 21 figures (annexes.md, "Annex 2"). `microloan_amount` is printed in yuan."""

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from employment.enums import EVENT_KINDS, AssistanceKind, EventKind, Intention, Location
from reports.figures.facts import ASSISTANCE, EVENTS, GRADUATES
from reports.figures.measures import COUNT, money, sum_of
from reports.figures.registry import Condition, Figure
from reports.figures.units import Unit

# 毕业日期 in the campaign's calendar year, even after the cut-off; the fact excludes later years.
FRESH = Condition(
    _("应届（本年度毕业）"),
    lambda window: Q(graduated_on__gte=window.year_starts_on),
    _("毕业日期（{date}）早于 {year} 年，属往届"),
)
PAST = Condition(
    _("往届（以前年度毕业）"),
    lambda window: Q(graduated_on__lt=window.year_starts_on),
    _("毕业日期（{date}）不早于 {year} 年，不属往届"),
)
UNSIGNED = Condition(
    _("截至统计截止日未签约"),
    lambda window: Q(contract_on__isnull=True) | Q(contract_on__gt=window.cut_off),
    _("在统计截止日 {cut_off} 前（含当日）已签约"),
)
SIGNED_IN_TIME = Condition(
    _("截至统计截止日已签约"),
    lambda window: Q(contract_on__lte=window.cut_off),
    _("在统计截止日 {cut_off} 前（含当日）没有签约"),
)
LOCAL_SCHOOL = Condition(_("院校在本市"), lambda _window: Q(school_location=Location.LOCAL), _("院校所在地不是本市"))
SEEKS_WORK = Condition(
    _("就业意向不是升学及其他"),
    lambda _window: ~Q(intention=Intention.FURTHER_STUDY),
    _("就业意向为“升学及其他”"),
)


def intends(intention: Intention) -> Condition:
    return Condition(
        format_lazy(_("就业意向为{intention}"), intention=intention.label),
        lambda _window: Q(intention=intention),
        format_lazy(_("就业意向不是“{intention}”"), intention=intention.label),
    )


def kind_is(kind: AssistanceKind | EventKind) -> Condition:
    return Condition(
        format_lazy(_("类别为{kind}"), kind=kind.label),
        lambda _window: Q(kind=kind),
        format_lazy(_("类别不是“{kind}”"), kind=kind.label),
        is_kind=True,
    )


IS_EVENT = Condition(
    _("类型为招聘会或其他就业服务活动"),
    lambda _window: Q(kind__in=EVENT_KINDS),
    _("类型是“岗位提供”，不是活动"),
    is_kind=True,
)


def graduates(slug: str, line: str, label: str, *conditions: Condition, parts: tuple[str, ...] = ()) -> Figure:
    return Figure(slug, 2, line, label, Unit.PERSONS, GRADUATES, COUNT, conditions, parts)


def help_given(slug: str, line: str, label: str, kind: AssistanceKind) -> Figure:
    """Acts of help of one kind, counted in 人次: the same graduate may be helped more than once."""
    return Figure(slug, 2, line, label, Unit.PERSON_TIMES, ASSISTANCE, COUNT, (kind_is(kind),))


def help_amount(slug: str, line: str, label: str, unit: Unit, kind: AssistanceKind) -> Figure:
    return Figure(slug, 2, line, label, unit, ASSISTANCE, money(), (kind_is(kind),))


def posts(slug: str, line: str, label: str, condition: Condition) -> Figure:
    return Figure(slug, 2, line, label, Unit.POSTS, EVENTS, sum_of("posts"), (condition,))


K = AssistanceKind

FIGURES = (
    graduates("graduates", "1", _("困难职工家庭高校毕业生"), parts=("graduates_fresh", "graduates_past")),
    graduates("graduates_fresh", "1(1)", _("应届毕业生"), FRESH),
    graduates("graduates_past", "1(1)", _("往届毕业生"), PAST),
    # A third intention, 升学及其他, is in neither: these two are no parts of the total.
    graduates("graduates_self_placed", "1(2)", _("已自谋职业"), intends(Intention.SELF_PLACED)),
    graduates("graduates_need_help", "1(2)", _("需要就业帮扶"), intends(Intention.NEEDS_HELP)),
    help_given("internships", "2", _("提供实习见习机会"), K.INTERNSHIP),
    help_given("trainings", "3", _("就业技能培训"), K.TRAINING),
    help_given("certificates", "3", _("获得职业资格证书"), K.CERTIFICATE),
    Figure("job_events", 2, "4(1)", _("就业服务系列活动"), Unit.EVENTS, EVENTS, COUNT, (IS_EVENT,)),
    posts("event_posts", "4(2)", _("活动提供的就业岗位"), IS_EVENT),
    # All four channels of job offers; the form asks for their sum.
    posts("employer_posts", "5", _("企业及公益性岗位"), kind_is(EventKind.OFFER)),
    help_given("startup_guidance", "6(1)", _("创业指导"), K.STARTUP_GUIDANCE),
    help_given("startup_trainings", "6(2)", _("创业培训"), K.STARTUP_TRAINING),
    help_given("microloans", "6(3)", _("小额担保贷款"), K.MICROLOAN),
    help_amount("microloan_amount", "6(3)", _("小额担保贷款金额"), Unit.YUAN, K.MICROLOAN),
    help_given("policies", "7", _("落实就业扶持政策"), K.POLICY),
    help_given("placements", "8", _("实现就业"), K.PLACEMENT),
    help_given("job_grants", "9(1)", _("资助求职"), K.JOB_GRANT),
    help_amount("job_grant_amount", "9(2)", _("发放求职补贴"), Unit.WAN_YUAN, K.JOB_GRANT),
    graduates("fresh_unsigned_local", "10", _("本地就读未签约应届毕业生"), FRESH, LOCAL_SCHOOL, UNSIGNED),
    graduates("past_unemployed", "11", _("往届未就业毕业生"), PAST, UNSIGNED, SEEKS_WORK),
)
