"""Where one says how one is reached outside the portal, and sees what was sent there."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.access import Permission
from portal.audit import By
from portal.enums import MessageChannel
from portal.messaging.channels import in_use
from portal.messaging.forms import MessageWayForm
from portal.messaging.ways import end_way, open_way, ways_of
from portal.models import Message
from portal.web.base import PortalPage, PortalView

LATEST = 10


class MessageWayList(PortalPage):
    """One's own ways, one form for each channel that is in use, and what was sent lately."""

    permission = Permission.VIEW_HOME
    template_name = "portal/messaging/list.html"

    def get_context_data(self, *, form: MessageWayForm | None = None, **kwargs: Any) -> dict[str, Any]:
        ways = ways_of(self.request.user)
        rows = [(form_of(channel, form), ways.get(channel)) for channel in in_use()]
        latest = Message.objects.latest_of(self.request.user)[:LATEST]
        return super().get_context_data(rows=rows, latest=latest, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        channel = request.POST.get("channel", "")
        if channel not in in_use():
            raise Http404
        form = MessageWayForm(channel, request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        way = open_way(self.request.user, form.channel, form.cleaned_data["address"], by=By.of(request))
        messages.success(request, _("已开通：%(way)s。") % {"way": way})
        return redirect("messageway_list")


def form_of(channel: str, sent: MessageWayForm | None) -> MessageWayForm:
    """The form of a channel: what was just refused stands in it as it was typed."""
    return sent if sent is not None and sent.channel == channel else MessageWayForm(channel)


class MessageWayEnd(PortalView):
    """One channel less; ended twice, it is ended."""

    permission = Permission.VIEW_HOME

    def post(self, request: HttpRequest, channel: str) -> HttpResponse:
        if channel not in MessageChannel.values:
            raise Http404
        if end_way(self.request.user, channel, by=By.of(request)):
            messages.success(request, _("已停用%(channel)s提醒。") % {"channel": MessageChannel(channel).label})
        return redirect("messageway_list")
