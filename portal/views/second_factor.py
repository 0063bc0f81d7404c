"""The second factor: a code from an authenticator on the telephone."""

import base64
import io
from typing import Any

import qrcode
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView
from django_otp import devices_for_user, login, user_has_device
from qrcode.image.svg import SvgPathFillImage

from portal.access import SECOND_FACTOR_ROLES
from portal.accounts.recovery import codes_left, make_codes, note_change
from portal.audit import By, record
from portal.enums import AuditAction, FactorAct
from portal.forms.sign_in import CodeForm, SecondStepForm
from portal.models import Authenticator, FactorChange
from portal.refusals.telling import tell
from portal.web.base import PersonalView
from portal.web.kept_forms import kept_address


def qr_data_uri(text: str) -> str:
    """`text` as a QR code that an <img> shows without another request."""
    picture = io.BytesIO()
    qrcode.make(text, image_factory=SvgPathFillImage).save(picture)
    return "data:image/svg+xml;base64," + base64.b64encode(picture.getvalue()).decode()


def shown_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """New codes, which no page shows again, and the way to where one was going."""
    onward = kept_address(request) or reverse("home")
    return render(request, "portal/second_factor/codes.html", {"codes": codes, "onward": onward})


class SecondFactorVerify(FormMixin, PersonalView, ProcessFormView):
    """Asks for a code after the password; nothing else opens before it is right."""

    template_name = "portal/second_factor/verify.html"
    form_class = SecondStepForm

    @cached_property
    def device(self) -> Authenticator:
        device: Authenticator | None = next(devices_for_user(self.request.user), None)
        if device is None:
            raise Http404
        return device

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"device": self.device, "by": By.of(self.request)}

    def form_valid(self, form: SecondStepForm) -> HttpResponse:
        login(self.request, self.device)
        step = _("恢复码") if form.is_recovery else _("动态口令")
        record(AuditAction.LOGIN, by=By.of(self.request), step=step)
        if form.is_recovery:
            left = {"count": codes_left(self.request.user)}
            messages.warning(
                self.request, _("这个恢复码已用掉，还剩 %(count)d 个。手机换了或丢了，请马上重新绑定。") % left
            )
            return redirect("recovery_codes")
        return redirect(kept_address(self.request) or "home")

    def form_invalid(self, form: CodeForm) -> HttpResponse:
        by, step = By.of(self.request), _("动态口令")
        tell(AuditAction.LOGIN_FAILED, by=by, of="code", subject=self.request.user.username, step=step)
        return super().form_invalid(form)


class OwnSecondFactor(PersonalView):
    """A page about the second factor of who has one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.request.user.role not in SECOND_FACTOR_ROLES:
            raise PermissionDenied(_("您的岗位不使用动态口令。"))
        return super().dispatch(request, *args, **kwargs)


class RecoveryCodes(OwnSecondFactor):
    """How many codes are left, what was done to the second factor lately; new codes in place of the old, once."""

    template_name = "portal/second_factor/own.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        user = self.request.user
        shown = {
            "left": codes_left(user),
            "changes": FactorChange.objects.of(user),
            "has_device": user_has_device(user),
        }
        return self.render_to_response(self.get_context_data(**shown))

    def post(self, request: HttpRequest) -> HttpResponse:
        return shown_codes(request, make_codes(self.request.user, by=By.of(request)))


class SecondFactorSetup(FormMixin, OwnSecondFactor, ProcessFormView):
    """Shows a new secret and takes it into use once a code proves that the authenticator has it."""

    template_name = "portal/second_factor/setup.html"
    form_class = CodeForm

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
            note_change(self.request.user, FactorAct.BOUND, by=By.of(self.request))
            codes = make_codes(self.request.user, by=By.of(self.request))
        login(self.request, self.device)
        messages.success(self.request, _("动态口令已绑定。"))
        return shown_codes(self.request, codes)
