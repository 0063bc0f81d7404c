"""What the reports have on the first page: the unit's figures beside last year's, the city's progress, the days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.access import Permission, can
from portal.desk.cards import Card, Place
from portal.desk.first_steps import FirstStep
from portal.desk.season import SeasonDay
from portal.models import Campaign, Union, User
from reports.annex.campaign_figures import figures_of
from reports.beside.reported import reported_where_proved, sum_reported
from reports.city.units import asked_units
from reports.counting.derive import Values, derive
from reports.counting.kept import FORM_FIGURES
from reports.enums import ReportState
from reports.figures.registry import Figure, Registry
from reports.models import Report, ReportEvent
from reports.review.board import STATES, BoardRow, counts_by_state, standings
from reports.review.due import reports_of
from reports.workflow import REPORT_WORKFLOW

SHOWN = ("aided", "paid", "raised", "placements")  # figures of the notice, or what a campaign has in their place
BAR = 200  # length of the longest bar, in units of the drawing
MOST_LATE, MOST_EVENTS = 6, 4


@dataclass(frozen=True)
class FigureDrawn:
    """One figure this year and last, each with its bar; last year's is '' where nothing was accepted."""

    label: str
    unit: str
    now: str
    before: str
    now_length: float
    before_length: float
    url: str


def own_figures(user: User) -> dict[str, Any] | None:
    """The main figures of a union and what below it so far, and what was accepted of it last year."""
    campaign, union = Campaign.objects.current(), user.union
    if campaign is None:
        return None
    figures = chosen(campaign)
    now, before = figures_so_far(campaign, union, figures), figures_of_last_year(campaign, union, figures)
    rows = [_drawn(each, now.get(each.slug), before.get(each.slug), campaign, union) for each in figures]
    annex = f"{reverse('annex')}?campaign={campaign.year}"
    return {"rows": rows, "year": campaign.year, "has_before": bool(before), "url": annex, "length": BAR}


def chosen(campaign: Campaign) -> Registry:
    """The figures that are shown, as the forms of `campaign` have them, without their parts."""
    known = figures_of(campaign)
    found = dict.fromkeys(figure for slug in SHOWN if (figure := known.in_place_of(slug)))
    return Registry(*(replace(figure, parts=(), bound=None) for figure in found))


def figures_so_far(campaign: Campaign, union: Union, figures: Iterable[Figure]) -> Values:
    """What the records of the union and those below it say today: of the city and a 填报单位 as kept."""
    if not union.is_reporting and not union.is_city:
        return derive(campaign, union, figures=figures)
    found = FORM_FIGURES.of_union(campaign, union)
    return {figure.slug: found[figure.slug] for figure in figures}


def figures_of_last_year(campaign: Campaign, union: Union, figures: Registry) -> Values:
    """What the unit reported for the campaign before and was accepted; {} if nothing was, or it is not proved.

    Of the city the sum of what was accepted of its units.
    """
    if union.is_city:
        accepted = Report.objects.filter(campaign__year=campaign.year - 1, state=ReportState.ACCEPTED)
        latest_of = dict(accepted.order_by("number").values_list("union", "submission"))
        return sum_reported(reported_where_proved(latest_of.values(), figures).values(), figures) if latest_of else {}
    before = (report for report in reports_of(union) if report.campaign.year == campaign.year - 1)
    latest = next((report.submission_id for report in before if report.state == ReportState.ACCEPTED), None)
    return reported_where_proved([latest], figures).get(latest, {}) if latest else {}


def _drawn(
    figure: Figure, now: int | Decimal | None, before: int | Decimal | None, campaign: Campaign, union: Union
) -> FigureDrawn:
    longest = max(now or 0, before or 0) or 1
    return FigureDrawn(
        str(figure),
        str(figure.unit.label),
        figure.unit.format(now or 0),
        "" if before is None else figure.unit.format(before),
        round(float((now or 0) / longest) * BAR, 1),
        round(float((before or 0) / longest) * BAR, 1),
        reverse("figure_records", args=[campaign.year, union.code, figure.slug]),
    )


@dataclass(frozen=True)
class Tile:
    """One unit on the map of the city."""

    name: str
    state: str
    words: str
    url: str
    is_late: bool


def city_progress(user: User) -> dict[str, Any] | None:
    """Every unit by how far its report is, and those that are late, the longest first."""
    campaign = Campaign.objects.current()
    if campaign is None:
        return None
    rows = standings(campaign, asked_units(campaign))
    late = sorted((row for row in rows if row.is_late), key=lambda row: row.days_left)
    reviews = can(user, Permission.REVIEW_REPORTS)
    board = f"{reverse('review_board')}?campaign={campaign.year}" if reviews else ""
    return {
        "campaign": campaign,
        "tiles": [_tile(row, reviews=reviews) for row in rows],
        "counts": counts_by_state(rows),
        "late": late[:MOST_LATE],
        "late_count": len(late),
        "board": board,
    }


def _tile(row: BoardRow, *, reviews: bool) -> Tile:
    in_hand = row.in_hand
    url = reverse("review_show", args=[in_hand.pk]) if reviews and in_hand and in_hand.submission_id else ""
    return Tile(row.unit.name, row.state_in_hand, str(STATES[row.state_in_hand]), url, row.is_late)


def came_today(_user: User) -> dict[str, Any]:
    """What passed with the reports of the city today, the latest first. One query."""
    events = ReportEvent.objects.filter(at__date=timezone.localdate()).select_related("report__union", "actor")
    return {"events": [(event, REPORT_WORKFLOW.words(event.move)) for event in events[:MOST_EVENTS]]}


def season_days(user: User, campaign: Campaign) -> Iterator[SeasonDay]:
    """The day on which the reports are due: of a unit its own, if that was extended. One query at most."""
    own = None
    if user.union.is_reporting:
        mine = (report for report in reports_of(user.union) if report.number == 0)
        own = next((report for report in mine if report.campaign_id == campaign.pk), None)
    due_on = own.extended_to if own and own.extended_to else campaign.due_on
    url = reverse("report_list") if can(user, Permission.VIEW_REPORTS) else ""
    yield SeasonDay(due_on, _("报表报送期限"), url, is_due=True)
    yield SeasonDay(campaign.ends_on, _("本年度活动结束"))


def handed_in(user: User) -> QuerySet:
    """The reports that anybody in the scope of `user` handed in, ever."""
    return Report.objects.visible_to(user).filter(submission__isnull=False)


FIRST_STEPS = (
    FirstStep(
        _("开设本年度活动"),
        _("起止日期、报送期限、公示工作日和表式"),
        Permission.MANAGE_CAMPAIGNS,
        lambda _user: reverse("campaign_list"),
        lambda _user: Campaign.objects.filter(year=timezone.localdate().year),
    ),
    FirstStep(
        _("审核第一份报表"),
        _("单位报送后，在“审核”里打开"),
        Permission.REVIEW_REPORTS,
        lambda _user: reverse("review_board"),
        handed_in,
        is_last=True,
    ),
)

CARDS = (
    Card("reports/home/_city.html", Permission.EXPORT_CITY, Place.MAIN, city_progress),
    Card("reports/home/_today.html", Permission.REVIEW_REPORTS, Place.BELOW, came_today),
    Card("reports/home/_figures.html", Permission.VIEW_FIGURES, Place.SIDE, own_figures),
)
