"""Sensitive fields in full, for a reason."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction
from portal.identity import IdentityError
from portal.records.search import read_query
from portal.records.views.page import KindPage, caption, value_of
from portal.words.contacts import is_sensitive


class RevealForm(forms.Form):
    """Why somebody must see the whole number."""

    reason = forms.CharField(
        label=gettext_lazy("查看理由"),
        min_length=2,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("请填写查看理由。"),
            "min_length": gettext_lazy("请把查看理由写完整。"),
            "max_length": gettext_lazy("查看理由请在 100 字以内。"),
        },
    )

    def clean_reason(self):
        try:
            reason = read_query(self.cleaned_data["reason"])
        except IdentityError as error:
            raise ValidationError(str(error)) from None
        # The reason is kept in the audit log, and the log holds no such number.
        if is_sensitive(reason):
            raise ValidationError(_("理由中不要填写身份证号、银行卡号或电话号码。"))
        return reason


class RecordReveal(KindPage):
    """A record's sensitive fields in full, once; the reason is kept in the audit log."""

    act = "reveal"
    shows_voided = True
    permission = Permission.REVEAL_SENSITIVE
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        record = self.get_record()
        form = RevealForm(request.POST)
        revealed = self._reveal(record, form.cleaned_data["reason"]) if form.is_valid() else []
        context = self.get_context_data(
            record=record,
            record_url=reverse(f"{self.kind.name}_detail", args=[record.pk]),
            caption=caption(self.kind, record, request.user.union.path),
            form=form,
            revealed=revealed,
        )
        return self.render_to_response(context, status=200 if form.is_valid() else 400)

    @transaction.atomic
    def _reveal(self, record, reason: str) -> list[dict]:
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
