"""Seeing in full what is masked: asked for by one, answered by a second person."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from portal.access import Permission, require
from portal.audit import By
from portal.enums import AccountOutcome, RevealReason
from portal.models import RevealRequest, UnionOwned
from portal.records.attribute import record_url
from portal.records.caption import caption
from portal.records.consent import answer, ask_to_reveal, is_asked, may_see
from portal.records.kind import RecordKind
from portal.records.lists.paging import Keyset, turn_to
from portal.records.naming import attach_names
from portal.records.recent import kind_at
from portal.records.views.reveal import RevealForm
from portal.refusals.lookup import get_object_or_404
from portal.views.listing import page_addresses
from portal.web.base import PortalPage, PortalView, SignedInRequest

LATEST_FIRST = Keyset.parse("-id")


class RevealRequestList(PortalPage):
    """What waits for this person; asked for, what was decided; the latest first."""

    request: SignedInRequest
    permission = Permission.CONFIRM_REVEALS
    template_name = "portal/reveal/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, is_decided = self.request.user, "decided" in self.request.GET
        seen = RevealRequest.objects.visible_to(user).select_related("union", "asked_by", "decided_by")
        asked = seen.exclude(outcome="") if is_decided else seen.for_second(user)
        page = turn_to(self.request.GET, asked, seen, LATEST_FIRST)
        return super().get_context_data(
            rows=page.records, pages=page_addresses(self.request, page), is_decided=is_decided, **kwargs
        )


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


class RevealRequestAsk(FormMixin, PortalPage, ProcessFormView):
    """Asks a second person to agree that one record is seen in full, with the files that are kept with it.

    Who may see it already is led to the record.
    """

    request: SignedInRequest
    permission = Permission.REVEAL_SENSITIVE
    template_name = "portal/reveal/ask.html"
    form_class = RevealForm

    @cached_property
    def kind(self) -> RecordKind:
        try:
            return kind_at(self.kwargs["of"], self.kwargs["pk"])
        except (NoReverseMatch, KeyError):
            raise Http404 from None

    @cached_property
    def record(self) -> UnionOwned:
        user = self.request.user
        record: UnionOwned = get_object_or_404(self.kind.visible_to(user, voided=True), pk=self.kwargs["pk"])
        attach_names(self.kind, [record], user)
        return record

    @property
    def address(self) -> str:
        return record_url(self.record)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(request.user, self.permission)
        if may_see(self.request.user, self.record):
            return redirect(self.address)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            kind=self.kind,
            caption=caption(self.kind, self.record, self.request.user.union.path),
            address=self.address,
            is_waiting=is_asked(self.record, self.request.user),
            reveal_reasons=RevealReason.choices,
            **kwargs,
        )

    def form_valid(self, form: RevealForm) -> HttpResponse:
        ask_to_reveal(self.kind, self.record, reason=form.cleaned_data["reason"], by=By.of(self.request))
        messages.info(self.request, _("已提交查看申请。第二人同意后 24 小时内，可以打开这条记录的文件和完整信息。"))
        return redirect(self.address)
