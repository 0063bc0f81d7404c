"""What stands on the pages of the reports, the review, the city and the settings of the year."""

from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from aid.models import MinimumIncome
from portal.access import Permission, can
from portal.desk.cards import Card, Place
from portal.desk.shortlists import DRAWN, Told, told
from portal.models import Announcement, Campaign, User
from reports.home import city_progress, own_figures
from reports.models import Consolidation, Report, ReportEvent
from reports.review.due import reports_of
from reports.workflow import REPORT_WORKFLOW

YEARS, EVENTS = 5, 8


def own_reports(user: User) -> dict[str, Any] | None:
    """The reports of the own 填报单位, a line for each of the last campaigns, and how the time stands."""
    if not user.union.is_reporting:
        return None
    begun: dict[int, list[Report]] = {}
    for report in reports_of(user.union):
        begun.setdefault(report.campaign_id, []).append(report)
    headings = [_("活动年度"), _("状态"), _("报送期限"), _("期限")]
    rows = (
        _report_told(campaign, report)
        for campaign in Campaign.objects.filter(starts_on__lte=localdate())[:YEARS]
        for report in begun.get(campaign.pk, [None])
    )
    return told(_("各年度的报表"), reverse("report_list"), headings, rows)


def _report_told(campaign: Campaign, report: Report | None) -> tuple[Told, ...]:
    due_on = report.due_on if report else campaign.due_on
    year = str(campaign.year) + (report.supplement if report else "")
    if report is None:
        return year, _("未开始"), f"{due_on:%Y-%m-%d}", days_to(due_on)
    page = reverse("report_show", args=[report.pk])
    still = report.is_editable and not report.number
    return (year, page), report.get_state_display(), f"{due_on:%Y-%m-%d}", days_to(due_on) if still else "—"


def days_to(day: Any) -> str:
    left = (day - localdate()).days
    if left > 0:
        return _("还有 %(days)d 天") % {"days": left}
    return _("已逾期 %(days)d 天") % {"days": -left} if left else _("今天到期")


def latest_moves(user: User) -> dict[str, Any] | None:
    """What passed last with the reports that the person sees."""
    events = ReportEvent.objects.filter(report__in=Report.objects.visible_to(user)).order_by("-at")
    events = events.select_related("report__union", "report__campaign", "actor")[:EVENTS]
    page = "review_show" if can(user, Permission.REVIEW_REPORTS) else "report_show"
    headings = [_("时间"), _("单位"), _("活动年度"), _("办理"), _("人员")]
    return told(_("最近的办理"), "", headings, (_move_told(event, page) for event in events))


def _move_told(event: ReportEvent, page: str) -> tuple[Told, ...]:
    report = event.report
    unit = (report.union.name, reverse(page, args=[report.pk]))
    words, who = REPORT_WORKFLOW.words(event.move), event.actor.name if event.actor else "—"
    return f"{localtime(event.at):%Y-%m-%d %H:%M}", unit, str(report.campaign.year), words, who


def kept_consolidations(_user: User) -> dict[str, Any] | None:
    """The consolidations that were kept, latest first."""
    found = Consolidation.objects.select_related("campaign", "made_by").order_by("-made_at")[:YEARS]
    headings = [_("汇总时间"), _("活动年度"), _("汇总人"), _("单位数"), _("缺")]
    rows = (
        (
            (f"{localtime(made.made_at):%Y-%m-%d %H:%M}", reverse("consolidation_kept", args=[made.pk])),
            str(made.campaign.year),
            made.made_by.name,
            str(len(made.submissions)),
            str(len(made.missing)),
        )
        for made in found
    )
    return told(_("已保存的汇总"), reverse("consolidation"), headings, rows)


def campaigns(_user: User) -> dict[str, Any] | None:
    """The last campaigns with their days and rules."""
    headings = [_("年度"), _("统计日期"), _("报送期限"), _("公示工作日"), _("初审")]
    return told(_("活动年度"), reverse("campaign_list"), headings, map(_campaign_told, Campaign.objects.all()[:YEARS]))


def _campaign_told(campaign: Campaign) -> tuple[Told, ...]:
    period = _("%(first)s 至 %(last)s") % {
        "first": f"{campaign.starts_on:%Y-%m-%d}",
        "last": f"{campaign.ends_on:%Y-%m-%d}",
    }
    check = _("先初审再公示") if campaign.check_first else _("不初审")
    year = (str(campaign.year), reverse("campaign_edit", args=[campaign.year]))
    return year, period, f"{campaign.due_on:%Y-%m-%d}", str(campaign.notice_days), check


def minimum_incomes(_user: User) -> dict[str, Any] | None:
    """The line of minimum income of the last years."""
    rows = (
        (str(each.year), each.city, f"{each.monthly:,.2f}", each.note or "—")
        for each in MinimumIncome.objects.order_by("-year")[:YEARS]
    )
    headings = [_("年度"), _("城市"), _("每人每月(元)"), _("依据")]
    return told(_("最低生活保障标准"), reverse("minimumincome_list"), headings, rows)


def sent_announcements(_user: User) -> dict[str, Any] | None:
    """What was announced last, a line for each text, and how many units were told."""
    found = Announcement.objects.order_by("-sent_at").select_related("union", "sent_by")[:EVENTS]
    rows = (
        (f"{localtime(each.sent_at):%Y-%m-%d %H:%M}", each.title, each.union.name, each.sent_by.name) for each in found
    )
    return told(_("最近的通知"), "", [_("时间"), _("标题"), _("发给"), _("发布人")], rows)


P = Permission
CARDS = (
    Card(DRAWN, P.VIEW_REPORTS, Place.MAIN, own_reports, ("reports",)),
    Card(DRAWN, P.VIEW_REPORTS, Place.MAIN, latest_moves, ("reports",)),
    Card("reports/home/_figures.html", P.VIEW_FIGURES, Place.SIDE, own_figures, ("reports",)),
    Card("reports/home/_city.html", P.REVIEW_REPORTS, Place.MAIN, city_progress, ("review",)),
    Card(DRAWN, P.REVIEW_REPORTS, Place.SIDE, latest_moves, ("review",)),
    Card(DRAWN, P.EXPORT_CITY, Place.MAIN, kept_consolidations, ("city",)),
    Card(DRAWN, P.MANAGE_CAMPAIGNS, Place.MAIN, campaigns, ("settings",)),
    Card(DRAWN, P.KEEP_STANDARDS, Place.SIDE, minimum_incomes, ("settings",)),
    Card(DRAWN, P.SEND_ANNOUNCEMENTS, Place.MAIN, sent_announcements, ("settings",)),
)
