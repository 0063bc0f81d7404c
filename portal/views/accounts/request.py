"""What waits for a second person before an account is opened, changed or reset."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.access import Permission
from portal.accounts.second_person import agree, fetch_password, refuse, withdraw
from portal.audit import By
from portal.enums import AccountAct
from portal.models import AccountBatch, AccountRequest, FactorChange
from portal.outside.systems import fetch_token
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalPage, SignedInRequest

RECENT = 20


class AccountRequestList(PortalPage):
    """What waits for this person, what this person asked for, and what was decided last."""

    request: SignedInRequest
    permission = Permission.CONFIRM_ACCOUNTS
    template_name = "portal/account/requests.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, seen = self.request.user, AccountRequest.objects.visible_to(self.request.user).told()
        waiting, fetched = AccountRequest.objects.for_second(user), AccountRequest.objects.to_hand_over(user)
        batches = AccountBatch.objects.visible_to(user)
        if batches.exists():  # who sees lists is told of them as such, not of each of their accounts
            waiting, fetched = waiting.one_by_one(), fetched.one_by_one()
        return super().get_context_data(
            rows=waiting.told(),
            batches=batches.waiting().told().defer("content", "outcome"),
            own=seen.waiting().one_by_one().filter(asked_by=user),
            fetched=fetched.told(),
            decided=seen.exclude(outcome="")[:RECENT],
            changes=FactorChange.objects.told_to_second(user),
            **kwargs,
        )


class AccountRequestShow(PortalPage):
    """One request: what the account is to be, and the answer to it."""

    permission = Permission.CONFIRM_ACCOUNTS
    template_name = "portal/account/request.html"

    @cached_property
    def asked(self) -> AccountRequest:
        return get_object_or_404(AccountRequest.objects.visible_to(self.request.user).told(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        to_fetch = AccountRequest.objects.to_hand_over(user).filter(pk=self.asked.pk).exists()
        shown = {"asked": self.asked, "is_own": self.asked.asked_by_id == user.pk, "to_fetch": to_fetch}
        return super().get_context_data(**shown, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            if request.POST.get("answer") == "fetch":
                return self._fetched()
            self._answer(request.POST.get("answer", ""), request.POST.get("reason", "").strip()[:200])
        except ValidationError as error:
            return self.render_to_response(self.get_context_data(faults=error.messages))
        messages.success(request, _("已办理。"))
        return redirect("accountrequest_list")

    def _answer(self, answer: str, reason: str) -> None:
        by = By.of(self.request)
        if answer == "agree":
            agree(self.asked, by=by)
        elif not reason:
            raise ValidationError(_("请写明原因。"))
        else:
            (withdraw if answer == "withdraw" else refuse)(self.asked, reason=reason, by=by)

    def _fetched(self) -> HttpResponse:
        """The secret, which no page shows again."""
        if self.asked.act == AccountAct.TOKEN:
            system, token = fetch_token(self.asked, by=By.of(self.request))
            shown = {"system": system, "secret": token, "title": _("令牌")}
            return render(self.request, "portal/outside/secret.html", shown)
        account, password = fetch_password(self.asked, by=By.of(self.request))
        shown = {"account": account, "password": password, "back": "accountrequest_list"}
        return render(self.request, "portal/account/password.html", shown)
