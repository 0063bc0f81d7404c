"""Log-in and second factor."""

import math
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_otp import verify_token

from portal.accounts.pace import NAME, TooFastError
from portal.accounts.recovery import use_code
from portal.accounts.unused import SuspendedError, whom_to_ask
from portal.audit import By
from portal.models import Authenticator
from portal.web.layout import form_helper

SECONDS_OF_A_MINUTE = 60
DIGITS = 6


class SignInForm(AuthenticationForm):
    """User name and password."""

    error_messages = {
        "invalid_login": _("用户名或密码不正确，或者账号已停用。请注意大小写。"),
        "inactive": _("用户名或密码不正确，或者账号已停用。请注意大小写。"),
        "suspended": _("您的账号超过 %(days)d 天没有登录，已经暂停。要恢复使用，请找安全管理员：%(whom)s。"),
        "too_fast": _(
            "近来试密码的次数太多，登录已放慢，这一次没有核对密码（输对了也会这样提示）。请过 %(minutes)d 分钟再试。"
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()
        self.fields["username"].label = _("用户名")
        self.fields["password"].label = _("密码")

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except TooFastError:
            words = self.error_messages["too_fast"] % {"minutes": math.ceil(NAME.seconds / SECONDS_OF_A_MINUTE)}
            raise forms.ValidationError(words, code="too_fast") from None
        except SuspendedError:
            told = {"days": settings.ACCOUNT_UNUSED_DAYS, "whom": "、".join(whom_to_ask())}
            raise forms.ValidationError(self.error_messages["suspended"], code="suspended", params=told) from None


class CodeForm(forms.Form):
    """The six digits that the authenticator shows now."""

    code = forms.CharField(
        label=_("动态口令"),
        max_length=6,
        help_text=_("打开手机上的动态口令应用，输入当前显示的 6 位数字。"),
        validators=[RegexValidator(r"^[0-9]{6}\Z", _("动态口令是 6 位数字。"))],
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True, "pattern": "[0-9]{6}"}
        ),
    )

    def __init__(self, *args: Any, device: Authenticator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.device = device
        self.helper = form_helper()

    def is_right(self, code: str) -> bool:
        """By way of verify_token, which locks the device's row: one code opens one session."""
        return verify_token(self.device.user, self.device.persistent_id, code) is not None

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        self.refuse_while_slowed()
        if not self.is_right(code):
            raise forms.ValidationError(_("动态口令不正确或已用过。请等下一个口令出现后再试。"), code="wrong_code")
        return code

    def refuse_while_slowed(self) -> None:
        """After wrong codes the next counts only some seconds later: say so, since the right one is refused, too."""
        self.device.refresh_from_db()
        allowed, why = self.device.verify_is_allowed()
        if not allowed:
            seconds = math.ceil((why["locked_until"] - timezone.now()).total_seconds())
            words = _("刚才输错过动态口令，现在输入的没有核对（输对了也会这样提示）。请过 %(seconds)d 秒再试。")
            raise forms.ValidationError(words, code="too_fast", params={"seconds": max(1, seconds)})


class SecondStepForm(CodeForm):
    """The six digits, or one of the recovery codes."""

    code = forms.CharField(
        label=_("动态口令或恢复码"),
        max_length=40,
        help_text=_("打开手机上的动态口令应用，输入当前显示的 6 位数字；手机不在身边，输入一个恢复码。"),
        validators=[
            RegexValidator(r"^([0-9]{6}|[0-9A-Za-z -]{16,40})\Z", _("动态口令是 6 位数字，恢复码是 16 位字母和数字。"))
        ],
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def __init__(self, *args: Any, by: By, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.is_recovery = False

    def is_right(self, code: str) -> bool:
        if len(code) == DIGITS:
            return super().is_right(code)
        self.is_recovery = use_code(self.device.user, code, by=self.by)
        if not self.is_recovery:
            self.device.throttle_increment()
        return self.is_recovery
