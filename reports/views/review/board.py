"""The reviewer's board, and a later due date for one unit."""

from dataclasses import dataclass
from itertools import accumulate

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction
from portal.models import Campaign, Union
from portal.records.exporting.answer import list_file
from portal.records.exporting.resource import ListResource, by_place
from portal.refusals.lookup import get_object_or_404
from portal.text import as_year
from portal.views.listing import address_with, pages_of
from portal.web.base import PortalPage, PortalView
from portal.workflow import MoveRefused
from reports.city.units import asked_units
from reports.forms.board import BoardFilter
from reports.forms.review import ExtensionForm
from reports.models import Report
from reports.review.board import STATES, BoardRow, board, counts_by_state
from reports.review.reviewing import extend_due_date
from reports.views.selection import campaign_of

SHOWN = 100  # units of one page
PAGE = "page"
NOT_KEPT = ("campaign", PAGE)


def chosen_campaign(request) -> Campaign | None:
    """The campaign that the address names, else the current one; None when there is none at all."""
    year = request.GET.get("campaign", "").strip()
    if not year:
        return Campaign.objects.current()
    if as_year(year) is None:
        raise Http404(_("没有这一年的活动。"))
    return campaign_of(int(year))


def reporting_units(user, campaign: Campaign) -> QuerySet:
    """The units that `user` oversees and the campaign asks, in the official order."""
    return asked_units(campaign).filter(pk__in=Union.objects.visible_to(user).order_by().values("pk"))


@dataclass(frozen=True)
class BoardColumn:
    """A heading of the board, with the address that sorts by it and how the board is sorted now."""

    label: str
    url: str = ""
    direction: str = ""
    is_numeric: bool = False


# By name in the address: heading, what a row is sorted by ("" for nothing), whether it is a number. None sorts last.
COLUMNS = {
    "code": (gettext_lazy("工会编码"), lambda row: row.unit.code, False),
    "name": (gettext_lazy("填报单位"), None, False),
    "state": (gettext_lazy("状态"), lambda row: list(STATES).index(row.state_in_hand), False),
    "due": (gettext_lazy("报送期限"), lambda row: row.due_on, False),
    "returned": (gettext_lazy("退回次数"), lambda row: row.times_returned, True),
    "findings": (gettext_lazy("需说明的核对项"), lambda row: row.findings, True),
    "adjustments": (gettext_lazy("调整"), lambda row: row.adjustments, True),
    "changed": (gettext_lazy("报送后记录变动"), lambda row: row.changed, True),
    "contact": (gettext_lazy("最近联系"), lambda row: row.last_contact and row.last_contact.at, False),
}


def sorted_rows(rows: list[BoardRow], asked: str) -> list[BoardRow]:
    """By the column that `asked` names, falling if it begins with "-"; rows that have nothing there come last."""
    key = COLUMNS.get(asked.removeprefix("-"), COLUMNS["code"])[1]
    if key is None:
        return rows
    known = [row for row in rows if key(row) is not None]
    return sorted(known, key=key, reverse=asked.startswith("-")) + [row for row in rows if key(row) is None]


class BoardAsked(PortalView):
    """The rows of the board that the address asks for."""

    permission = Permission.REVIEW_REPORTS

    @cached_property
    def campaign(self) -> Campaign | None:
        return chosen_campaign(self.request)

    @cached_property
    def filter(self) -> BoardFilter:
        return BoardFilter(self.request.GET.dict() | {"campaign": self.campaign.year})

    @cached_property
    def all_rows(self) -> list[BoardRow]:
        return board(self.campaign, reporting_units(self.request.user, self.campaign))

    @cached_property
    def rows(self) -> list[BoardRow]:
        shown = [row for row in self.all_rows if self.filter.shows(row)]
        return sorted_rows(shown, self.request.GET.get("sort", ""))


class ReviewBoard(BoardAsked, PortalPage):
    """Every reporting unit of a campaign, with how its report stands."""

    template_name = "reports/board/show.html"

    def get_context_data(self, **kwargs):
        if self.campaign is None:
            return super().get_context_data(campaign=None, **kwargs)
        counts = counts_by_state(self.all_rows)
        page = Paginator(self.rows, SHOWN).get_page(self.request.GET.get(PAGE))
        return super().get_context_data(
            campaign=self.campaign,
            found=len(self.rows),
            pages=pages_of(self.request, page) if page.has_other_pages() else {},
            filter=self.filter,
            counts=counts,
            segments=segments(counts),
            total=len(self.all_rows),
            late=sum(row.is_late for row in self.all_rows),
            late_shown=sum(row.is_late for row in self.rows),
            rows=list(page.object_list),
            columns=[self._column(name) for name in COLUMNS],
            export_url=f"{reverse('review_board_export')}?{self.request.GET.urlencode()}",
            kept=[(name, value) for name, value in self.request.GET.items() if name not in NOT_KEPT and value],
            **kwargs,
        )

    def _column(self, name: str) -> BoardColumn:
        label, key, is_numeric = COLUMNS[name]
        asked = self.request.GET.get("sort", "") or "code"
        falling = asked.startswith("-")
        direction = "" if asked.removeprefix("-") != name else "descending" if falling else "ascending"
        following = name if direction == "descending" or (not direction and not is_numeric) else f"-{name}"
        return BoardColumn(
            label, address_with(self.request, sort=following, page=None) if key else "", direction, is_numeric
        )


def segments(counts: list[tuple[str, str, int]]) -> list[tuple[str, str, int, int]]:
    """The states as pieces of one bar: state, its words, where it begins, how many units it holds."""
    starts = [0, *accumulate(count for _state, _label, count in counts)]
    return [(state, label, start, count) for (state, label, count), start in zip(counts, starts, strict=False) if count]


class ReviewBoardExport(BoardAsked):
    """The board as shown, as a workbook. Writes one audit row."""

    def get(self, request, *args, **kwargs):
        if self.campaign is None:
            raise Http404(_("尚未设立活动年度。"))
        headings = [str(label) for label, _key, _is_numeric in COLUMNS.values()]
        headings[4:4] = [_("逾期天数")]
        title = _("%(year)d年度报表审核") % {"year": self.campaign.year}
        name = f"{title}_{timezone.localdate():%Y%m%d}"
        audit.record(
            AuditAction.EXPORTED, by=By.of(request), subject=title, count=len(self.rows), filters=self.filter.words()
        )
        return list_file(request, ListResource(title, by_place(headings)), map(exported, self.rows), name=name)


def exported(row: BoardRow) -> list:
    """One row of the board as cells: numbers and dates as such."""
    contact = row.last_contact
    words = f"{timezone.localtime(contact.at):%Y-%m-%d %H:%M} {contact.who} {contact.what}" if contact else ""
    return [
        row.unit.code,
        row.unit.name,
        row.state_words,
        row.due_on,
        row.days_over or None,
        row.times_returned,
        row.findings,
        row.adjustments,
        row.changed,
        words,
    ]


class ReviewExtension(PortalPage):
    """Give one unit more time, with a reason."""

    permission = Permission.REVIEW_REPORTS
    template_name = "reports/board/extend.html"

    @cached_property
    def campaign(self):
        return campaign_of(self.kwargs["year"])

    @cached_property
    def unit(self):
        return get_object_or_404(reporting_units(self.request.user, self.campaign), code=self.kwargs["code"])

    @cached_property
    def board_url(self) -> str:
        return f"{reverse('review_board')}?campaign={self.campaign.year}"

    def get_context_data(self, **kwargs):
        report = Report.objects.filter(campaign=self.campaign, union=self.unit, number=0).first()
        given = {"extended_to": report.extended_to, "reason": report.extension_reason} if report else {}
        kwargs.setdefault("form", ExtensionForm(initial=given, campaign=self.campaign))
        shown = {"campaign": self.campaign, "unit": self.unit, "report": report, "board_url": self.board_url}
        return super().get_context_data(**shown, **kwargs)

    def post(self, request, **_kwargs):
        unit, form = self.unit, ExtensionForm(request.POST, campaign=self.campaign)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            extend_due_date(self.campaign, unit, **form.cleaned_data, by=By.of(request))
        except MoveRefused as refused:
            form.add_error(None, ValidationError(str(refused)))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, _("已为%(unit)s延长报送期限。") % {"unit": unit})
        return redirect(self.board_url)
