"""Handing a desk over: which ones, what would go over, and the sheet of what went."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.documents.pdf import PdfUnavailableError
from portal.enums import AuditAction
from portal.forms.filters import AccountFilter
from portal.forms.handover import HandoverForm
from portal.handover.service import counted, hand_over
from portal.handover.sheet import handover_sheet
from portal.models import DeskHandover, User
from portal.printouts.views import PrintoutPage
from portal.refusals.lookup import get_object_or_404
from portal.views.listing import FilteredList
from portal.web.base import PortalPage
from portal.web.sent_once import SentOnce

RECENT = 20


def opens(user: User, url: str) -> bool:
    """Whether the page at `url` is one of those of `user`: who keeps accounts is led to no record."""
    view = getattr(resolve(url.partition("?")[0]).func, "view_class", None) if url else None
    return view is not None and can(user, view.permission)


class HandoverList(FilteredList):
    """The last handovers that concern this person, and the desks this person may hand over."""

    permission = Permission.VIEW_HOME
    template_name = "portal/handover/list.html"
    filter_class = AccountFilter

    def get_queryset(self) -> QuerySet[User]:
        found: QuerySet[User] = User.objects.to_hand_over(self.request.user)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        done = DeskHandover.objects.visible_to(self.request.user).order_by("-id")
        handed = done.select_related("union", "predecessor", "successor", "done_by")[:RECENT]
        hands_over = can(self.request.user, Permission.HAND_OVER)
        return super().get_context_data(handed=handed, hands_over=hands_over, **kwargs)


class HandoverBegin(SentOnce, FormMixin, PortalPage, ProcessFormView):
    """What would go over, to whom; and doing it."""

    permission = Permission.HAND_OVER
    template_name = "portal/handover/begin.html"
    form_class = HandoverForm

    @cached_property
    def account(self) -> User:
        account: User = get_object_or_404(User.objects.to_hand_over(self.request.user), pk=self.kwargs["pk"])
        return account

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"predecessor": self.account, "actor": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parts = [(each, opens(self.request.user, each.url)) for each in counted(self.account)]
        return super().get_context_data(account=self.account, parts=parts, **kwargs)

    def form_valid(self, form: HandoverForm) -> HttpResponse:
        try:
            done = hand_over(self.account, form.cleaned_data["successor"], by=By.of(self.request))
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.form_invalid(form)
        messages.success(self.request, _("已交接，原账号已停用。请打印交接单，由双方签名。"))
        return redirect("deskhandover_show", done.pk)


class HandoverShow(PrintoutPage):
    """The sheet of one handover, to be printed and signed; for the successor with the forms to go on with."""

    permission = Permission.VIEW_HOME

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        found = DeskHandover.objects.visible_to(request.user).select_related("union", "predecessor", "successor")
        handover = get_object_or_404(found, pk=pk)
        sheet, ending = handover_sheet(handover), self.ending
        page = reverse("deskhandover_show", args=[pk])
        try:
            answer = (
                self.handed_out([sheet], f"{sheet.title}_{pk}.{ending}")
                if ending
                else self.shown([sheet], title=sheet.title, back_url=reverse("deskhandover_list"), file_url=page)
            )
        except PdfUnavailableError as error:
            messages.error(request, str(error))
            return redirect(page)
        told = {"act": sheet.title} | ({"format": ending} if ending else {})
        subject = handover.predecessor.username
        audit.record(AuditAction.EXPORTED, by=By.of(request), subject=subject, union=handover.union, **told)
        return answer
