"""Forms at the door: a code, and why a sign-in is taken back."""

from django import forms
from django.utils.translation import gettext_lazy

from aid.forms.case import ActForm
from employment.attendance.services import LONGEST_REASON
from employment.forms.reasons import ReasonForm

LONGEST_CODE = 60


class ScanForm(ActForm):
    """One field into which a hand scanner types; it is empty again whatever came of the last code."""

    code = forms.CharField(
        label=gettext_lazy("签到码"),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=gettext_lazy("扫描枪对准二维码，或键入 16 位签到码后按回车；大小写和横线都不影响。"),
        error_messages={
            "required": gettext_lazy("请扫描或输入签到码。"),
            "max_length": gettext_lazy("这不是签到码，请重新扫描或输入。"),
        },
    )

    def emptied(self) -> "ScanForm":
        """The form for the next code, with what was wrong with this one: a scanner would type behind it."""
        self.data = self.data.copy()
        self.data["code"] = ""
        return self


class StrikeForm(ReasonForm):
    """Why a sign-in is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("取消原因"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("如：点错了人。原因记入审计日志。"),
    )
