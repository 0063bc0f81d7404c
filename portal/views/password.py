"""Changing one's own password."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.edit import FormMixin, ProcessFormView

from portal.accounts.passwords import has_expired
from portal.accounts.sessions import end_sessions
from portal.audit import By, record
from portal.enums import AuditAction
from portal.forms.password import OwnPasswordForm
from portal.web.base import PersonalView
from portal.web.kept_forms import kept_address


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PasswordChange(FormMixin, PersonalView, ProcessFormView):
    """A first password, and one too old, must be changed here before anything else opens.

    Every other session of the account ends.
    """

    template_name = "portal/password/form.html"
    form_class = OwnPasswordForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        days = settings.PASSWORD_MAX_AGE_DAYS if has_expired(self.request.user) else None
        return super().get_context_data(expired_after=days, **kwargs)

    def form_valid(self, form: OwnPasswordForm) -> HttpResponse:
        with transaction.atomic():
            form.user.must_change_password = False
            form.save()
            record(AuditAction.PASSWORD_CHANGED, by=By.of(self.request))
        update_session_auth_hash(self.request, form.user)
        end_sessions(form.user, keep=self.request.session.session_key)
        messages.success(self.request, _("密码已修改。"))
        return redirect(kept_address(self.request) or "home")
