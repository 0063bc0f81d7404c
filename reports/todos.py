"""What of the reports waits for whom; the home page asks."""

from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.access import Permission
from portal.desk.todos import Todo
from portal.models import Campaign, Union, User
from portal.models.asked_once import once
from reports.enums import EDITABLE, ReportState
from reports.models import Report


def returned(user: User):
    """The returned reports of the person's own union, latest first."""
    return Report.objects.filter(union=user.union_id, state=ReportState.RETURNED).order_by("-campaign__year", "-number")


def owed(user: User) -> list[Campaign]:
    """The campaigns that have begun and whose report the person's own union has not handed in."""
    if not user.union.is_reporting:
        return []
    return once(("owed", user.pk), lambda: _owed(user))


def _owed(user: User) -> list[Campaign]:
    handed_in = Report.objects.filter(union=user.union_id, campaign=OuterRef("pk"), number=0).exclude(
        state__in=EDITABLE
    )
    begun = Campaign.objects.filter(starts_on__lte=timezone.localdate(), ends_on__gte=timezone.localdate())
    return list(begun.exclude(Exists(handed_in)))


def in_state(user: User, state: ReportState) -> QuerySet:
    """The reports of the units that the board shows in `state`, by a supplementary report as by the report itself.

    Of a unit's reports at most one waits for the reviewer: a supplementary one follows what was accepted.
    """
    return Report.objects.visible_to(user).filter(campaign=Campaign.objects.current(), state=state)


def late(_user: User) -> QuerySet:
    """The units that the board shows as late."""
    campaign, today = Campaign.objects.current(), timezone.localdate()
    if campaign is None or campaign.due_on >= today:
        return Union.objects.none()
    in_time = Report.objects.filter(campaign=campaign, union=OuterRef("pk"), number=0)
    in_time = in_time.filter(~Q(state__in=EDITABLE) | Q(extended_to__gte=today))
    return Union.objects.reporting().open_on(today).exclude(Exists(in_time))


def board_url(**asked: str):
    return lambda _user: f"{reverse('review_board')}?{urlencode(asked)}"


def _returned_url(user: User) -> str:
    first = returned(user).first()
    return reverse("report_show", args=[first.pk])


TODOS = (
    Todo(
        _("被退回的报表，请更正后重新报送"),
        Permission.PREPARE_REPORT,
        returned,
        _returned_url,
        urgent=True,
        act=_("更正被退回的报表，重新报送"),
    ),
    Todo(
        _("未报送的报表"), Permission.PREPARE_REPORT, lambda user: len(owed(user)), lambda _user: reverse("report_list")
    ),
    Todo(
        _("已报送、待审核的单位"),
        Permission.REVIEW_REPORTS,
        lambda user: in_state(user, ReportState.SUBMITTED),
        board_url(state=ReportState.SUBMITTED),
        urgent=True,
        act=_("审核 {count} 个单位报来的报表"),
    ),
    Todo(
        _("审核中的单位"),
        Permission.REVIEW_REPORTS,
        lambda user: in_state(user, ReportState.UNDER_REVIEW),
        board_url(state=ReportState.UNDER_REVIEW),
    ),
    Todo(
        _("逾期未报的单位"),
        Permission.REVIEW_REPORTS,
        late,
        board_url(late="on"),
        urgent=True,
        act=_("催报 {count} 个逾期未报的单位"),
    ),
)
