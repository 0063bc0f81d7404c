"""Sensitive fields in full, for a reason."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction, RevealReason
from portal.models import UnionOwned
from portal.records.consent import ask_to_reveal, may_see
from portal.records.views.page import KindPage, caption, value_of


class RevealForm(forms.Form):
    """Why somebody must see what is masked: one of the ready reasons, in whose words it is kept."""

    reason = forms.ChoiceField(
        label=gettext_lazy("查看理由"),
        choices=RevealReason.choices,
        error_messages={
            "required": gettext_lazy("请选择查看理由。"),
            "invalid_choice": gettext_lazy("请选择查看理由。"),
        },
    )

    def clean_reason(self) -> str:
        return str(RevealReason(self.cleaned_data["reason"]).label)


class RecordReveal(KindPage):
    """A record's sensitive fields in full, once; the reason is kept in the audit log.

    Who may not see them alone asks with the same press, and sees them once a second person has agreed.
    """

    act = "reveal"
    shows_voided = True
    permission = Permission.REVEAL_SENSITIVE
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record = self.get_record()
        form = RevealForm(request.POST)
        if form.is_valid() and not may_see(self.request.user, record):
            return self._ask(record, form.cleaned_data["reason"])
        revealed = self._reveal(record, form.cleaned_data["reason"]) if form.is_valid() else []
        context = self.get_context_data(
            record=record,
            record_url=reverse(f"{self.kind.name}_detail", args=[record.pk]),
            caption=caption(self.kind, record, self.request.user.union.path),
            form=form,
            revealed=revealed,
        )
        return self.render_to_response(context, status=200 if form.is_valid() else 400)

    def _ask(self, record: UnionOwned, reason: str) -> HttpResponse:
        ask_to_reveal(self.kind, record, reason=reason, by=By.of(self.request))
        messages.info(self.request, _("已提交查看申请。第二人同意后 24 小时内，在这里再按一次就能看到。"))
        return redirect(f"{self.kind.name}_detail", pk=record.pk)

    @transaction.atomic
    def _reveal(self, record: UnionOwned, reason: str) -> list[dict]:
        """The values, with an audit row that says who saw which fields of which record, and why."""
        scope = self.request.user.union.path
        shown = [value_of(attribute, record, scope, reveal=True) for attribute in self.kind.sensitive]
        audit.record(
            AuditAction.REVEALED,
            by=By.of(self.request),
            subject=self.kind.subject(record),
            union=record.union,
            reason=reason,
            fields=[value["label"] for value in shown if value["text"]],
        )
        return shown
