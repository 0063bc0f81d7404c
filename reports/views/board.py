"""The reviewer's board, and a later due date for one unit."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.access import Permission
from portal.audit import address_of
from portal.models import Campaign, Union
from portal.views.base import PortalPage
from portal.workflow import MoveRefused
from reports.board import board, counts_by_state
from reports.forms_review import BoardFilter, ExtensionForm
from reports.models import Report
from reports.reviewing import extend_due_date
from reports.views.selection import campaign_of, current_campaign


def chosen_campaign(request) -> Campaign | None:
    """The campaign that the address names, else the current one; None when there is none at all."""
    year = request.GET.get("campaign", "").strip()
    if not year:
        return current_campaign()
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise Http404(_("没有这一年的活动。"))
    return campaign_of(int(year))


def reporting_units(user) -> QuerySet:
    """The reporting units that `user` oversees, in the official order."""
    return Union.objects.visible_to(user).reporting()


class ReviewBoard(PortalPage):
    """Every reporting unit of a campaign, with how its report stands."""

    permission = Permission.REVIEW_REPORTS
    template_name = "reports/board/show.html"

    def get_context_data(self, **kwargs):
        campaign = chosen_campaign(self.request)
        if campaign is None:
            return super().get_context_data(campaign=None, **kwargs)
        rows = board(campaign, reporting_units(self.request.user))
        chosen = BoardFilter(self.request.GET.dict() | {"campaign": campaign.year})
        asked = chosen.cleaned_data if chosen.is_valid() else {}
        return super().get_context_data(
            campaign=campaign,
            filter=chosen,
            counts=counts_by_state(rows),
            total=len(rows),
            late=sum(row.is_late for row in rows),
            rows=[row for row in rows if self._is_asked_for(row, asked)],
            **kwargs,
        )

    def _is_asked_for(self, row, asked: dict) -> bool:
        return asked.get("state", "") in {"", row.state} and (row.is_late or not asked.get("late"))


class ReviewExtension(PortalPage):
    """Give one unit more time, with a reason."""

    permission = Permission.REVIEW_REPORTS
    template_name = "reports/board/extend.html"

    @cached_property
    def campaign(self):
        return campaign_of(self.kwargs["year"])

    @cached_property
    def unit(self):
        return get_object_or_404(reporting_units(self.request.user), code=self.kwargs["code"])

    @cached_property
    def board_url(self) -> str:
        return f"{reverse('review_board')}?campaign={self.campaign.year}"

    def get_context_data(self, **kwargs):
        report = Report.objects.filter(campaign=self.campaign, union=self.unit, number=0).first()
        given = {"extended_to": report.extended_to, "reason": report.extension_reason} if report else {}
        kwargs.setdefault("form", ExtensionForm(initial=given, campaign=self.campaign))
        return super().get_context_data(campaign=self.campaign, unit=self.unit, board_url=self.board_url, **kwargs)

    def post(self, request, **_kwargs):
        unit, form = self.unit, ExtensionForm(request.POST, campaign=self.campaign)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            extend_due_date(self.campaign, unit, **form.cleaned_data, actor=request.user, address=address_of(request))
        except MoveRefused as refused:
            form.add_error(None, ValidationError(str(refused)))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, _("已为%(unit)s延长报送期限。") % {"unit": unit})
        return redirect(self.board_url)
