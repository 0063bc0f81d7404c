"""The form by which help that was entered by mistake is taken back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from employment.forms.reasons import ReasonForm
from employment.voiding import LONGEST_REASON


class VoidForm(ReasonForm):
    """Why the help is void."""

    reason = forms.CharField(
        label=_("作废原因"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("如：重复登记、登错了人。原因记入审计日志和这条记录的最后一个版本。"),
    )
