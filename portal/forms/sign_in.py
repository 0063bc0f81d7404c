"""Log-in and second factor."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django_otp import verify_token

from portal.web.layout import form_helper


class SignInForm(AuthenticationForm):
    """User name and password."""

    error_messages = {
        "invalid_login": _("用户名或密码不正确，或者账号已停用。请注意大小写。"),
        "inactive": _("用户名或密码不正确，或者账号已停用。请注意大小写。"),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()
        self.fields["username"].label = _("用户名")
        self.fields["password"].label = _("密码")


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

    def __init__(self, *args, device, **kwargs):
        super().__init__(*args, **kwargs)
        self.device = device
        self.helper = form_helper()

    def clean_code(self):
        code = self.cleaned_data["code"]
        # By way of verify_token, which locks the device's row: one code opens one session.
        if not verify_token(self.device.user, self.device.persistent_id, code):
            raise forms.ValidationError(_("动态口令不正确或已用过。请等下一个口令出现后再试。"), code="wrong_code")
        return code
