"""Reminding units of the board: who is told, the words, and sending them."""

from collections import defaultdict
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.audit import By
from portal.models import Campaign, Union
from portal.web.base import PortalPage
from portal.workflow import MoveRefused
from reports.forms.board import ReminderForm
from reports.review.board import BoardRow
from reports.review.reminding import Reminded, refusal, remind, suggested_text
from reports.views.review.board import BoardAsked
from reports.views.selection import campaign_of

NAMED = 5  # units in one sentence
KEPT = ("state", "kind", "mark", "late", "sort")  # of the board, for the way back


class ReviewRemind(BoardAsked, PortalPage):
    """Chosen units (`unit`, or with `who=late` every late one of the filter), the words to edit, and sending them."""

    template_name = "reports/board/remind.html"

    @cached_property
    def campaign(self) -> Campaign:
        return campaign_of(self.kwargs["year"])

    @cached_property
    def chosen(self) -> list[BoardRow]:
        """A code that names no reporting unit in scope is not found."""
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        if asked.get("who") == "late":
            return [row for row in self.rows if row.is_late]
        codes = set(asked.getlist("unit"))
        found = [row for row in self.all_rows if row.unit.code in codes]
        if len(found) < len(codes):
            raise Http404(_("没有这个填报单位。"))
        return found

    @property
    def board_url(self) -> str:
        kept = {name: self.request.GET[name] for name in KEPT if self.request.GET.get(name)}
        return f"{reverse('review_board')}?{urlencode({'campaign': self.campaign.year} | kept)}"

    @property
    def sending_url(self) -> str:
        """This page without its units: they are posted."""
        return f"{self.request.path}?{self.board_url.partition('?')[2]}"

    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs) if self.chosen else self._nobody_chosen()

    def _nobody_chosen(self):
        messages.error(self.request, _("请先勾选要催报的单位。"))
        return redirect(self.board_url)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", ReminderForm(initial={"text": suggested_text(self.campaign)}))
        return super().get_context_data(
            campaign=self.campaign,
            owed=[row for row in self.chosen if not refusal(row.report)],
            refused=[(row.unit, refusal(row.report)) for row in self.chosen if refusal(row.report)],
            board_url=self.board_url,
            sending_url=self.sending_url,
            **kwargs,
        )

    def post(self, request, **_kwargs):
        units, form = [row.unit for row in self.chosen], ReminderForm(request.POST)
        if not units:
            return self._nobody_chosen()
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            outcome = self._send(units, form.cleaned_data["text"])
        except (ValidationError, MoveRefused) as refused:
            form.add_error(*_place(refused))
            return self.render_to_response(self.get_context_data(form=form))
        self._tell(outcome)
        return redirect(self.board_url)

    def _send(self, units: list[Union], text: str) -> Reminded:
        request = self.request
        site = (settings.PORTAL_ADDRESS or request.build_absolute_uri("/")).rstrip("/")
        return remind(self.campaign, units, text=text, site=site, by=By.of(request))

    def _tell(self, outcome: Reminded) -> None:
        if outcome.units:
            words = {"units": len(outcome.units), "sent": outcome.sent}
            messages.success(self.request, _("已向 %(units)d 个单位发出催报通知，发送邮件 %(sent)d 封。") % words)
        if outcome.units and not outcome.letters:
            messages.info(self.request, _("没有发邮件：这些单位的经办人、审核人都没有登记邮箱。"))
        if outcome.failed:
            words = _("有 %(failed)d 封邮件没有发出，通知不受影响。请检查邮件服务器，或电话联系。")
            messages.warning(self.request, words % {"failed": outcome.failed})
        for reason, units in _by_reason(outcome).items():
            words = {"units": "、".join(units[:NAMED]), "count": len(units), "reason": reason}
            if len(units) > NAMED:
                messages.warning(self.request, _("没有催报%(units)s等 %(count)d 个单位：%(reason)s。") % words)
            else:
                messages.warning(self.request, _("没有催报%(units)s：%(reason)s。") % words)


def _by_reason(outcome: Reminded) -> dict[str, list[str]]:
    """The names of the units that were passed over, under the reason."""
    units = defaultdict(list)
    for unit, reason in outcome.refused:
        units[reason].append(unit.name)
    return units


def _place(refused: ValidationError | MoveRefused) -> tuple:
    """What was refused, as `Form.add_error` takes it."""
    return (None, refused) if isinstance(refused, ValidationError) else (None, ValidationError(str(refused)))
