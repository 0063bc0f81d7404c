"""What waits for a second person before somebody sees in full what is masked."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from portal.access import Permission
from portal.audit import By
from portal.enums import AccountOutcome
from portal.models import RevealRequest
from portal.records.consent import answer
from portal.web.base import PortalPage, PortalView, SignedInRequest

RECENT = 20


class RevealRequestList(PortalPage):
    """What waits for this person, and what was decided last."""

    request: SignedInRequest
    permission = Permission.CONFIRM_REVEALS
    template_name = "portal/reveal_requests.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = RevealRequest.objects.visible_to(self.request.user)
        told = seen.select_related("union", "asked_by", "decided_by").order_by("-id")
        waiting = told.waiting().exclude(asked_by=self.request.user)
        return super().get_context_data(rows=waiting, decided=told.exclude(outcome="")[:RECENT], **kwargs)


class RevealRequestAnswer(PortalView):
    """Agrees to one request, or refuses it."""

    permission = Permission.CONFIRM_REVEALS
    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        asked = get_object_or_404(
            RevealRequest.objects.visible_to(request.user).select_related("union", "asked_by"), pk=pk
        )
        outcome = AccountOutcome.AGREED if request.POST.get("answer") == "agree" else AccountOutcome.REFUSED
        try:
            answer(asked, outcome, by=By.of(request))
            messages.success(request, _("已办理。"))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("revealrequest_list")
