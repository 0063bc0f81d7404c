"""The second factor: a code from an authenticator on the telephone."""

import base64
import io
from typing import Any

import qrcode
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView
from django_otp import devices_for_user, login
from qrcode.image.svg import SvgPathFillImage

from portal.access import SECOND_FACTOR_ROLES
from portal.audit import By, record
from portal.enums import AuditAction
from portal.forms.sign_in import CodeForm
from portal.models import Authenticator
from portal.web.base import PersonalView
from portal.web.kept_forms import kept_address


def qr_data_uri(text: str) -> str:
    """`text` as a QR code that an <img> shows without another request."""
    picture = io.BytesIO()
    qrcode.make(text, image_factory=SvgPathFillImage).save(picture)
    return "data:image/svg+xml;base64," + base64.b64encode(picture.getvalue()).decode()


class SecondFactorVerify(FormMixin, PersonalView, ProcessFormView):
    """Asks for a code after the password; nothing else opens before it is right."""

    template_name = "portal/second_factor/verify.html"
    form_class = CodeForm

    @cached_property
    def device(self) -> Authenticator:
        device: Authenticator | None = next(devices_for_user(self.request.user), None)
        if device is None:
            raise Http404
        return device

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"device": self.device}

    def form_valid(self, form: CodeForm) -> HttpResponse:
        login(self.request, self.device)
        record(AuditAction.LOGIN, by=By.of(self.request), step=_("动态口令"))
        return redirect(kept_address(self.request) or "home")

    def form_invalid(self, form: CodeForm) -> HttpResponse:
        record(AuditAction.LOGIN_FAILED, by=By.of(self.request), subject=self.request.user.username, step=_("动态口令"))
        return super().form_invalid(form)


class SecondFactorSetup(FormMixin, PersonalView, ProcessFormView):
    """Shows a new secret and takes it into use once a code proves that the authenticator has it."""

    template_name = "portal/second_factor/setup.html"
    form_class = CodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.request.user.role not in SECOND_FACTOR_ROLES:
            raise PermissionDenied(_("您的岗位不使用动态口令。"))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def device(self) -> Authenticator:
        """The device being set up: one secret until it is confirmed, so that the page can be loaded again."""
        unproved = {"user": self.request.user, "confirmed": False}
        device, _created = Authenticator.objects.get_or_create(**unproved, defaults={"name": "totp"})
        return device

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"device": self.device}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        secret = base64.b32encode(self.device.bin_key).decode()
        return super().get_context_data(qr=qr_data_uri(self.device.config_url), secret=secret, **kwargs)

    def form_valid(self, form: CodeForm) -> HttpResponse:
        with transaction.atomic():
            Authenticator.objects.filter(user=self.request.user, confirmed=True).delete()
            self.device.refresh_from_db()  # the form's check has moved its counters
            self.device.confirmed = True
            self.device.save(update_fields=["confirmed"])
            record(AuditAction.SECOND_FACTOR_SET, by=By.of(self.request))
        login(self.request, self.device)
        messages.success(self.request, _("动态口令已绑定。"))
        return redirect(kept_address(self.request) or "home")
