"""The quick form of a 稳岗回访."""

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.forms.case import DAY, ActForm
from employment.models import RETENTION_MONTHS
from employment.retention.services import LONGEST_NOTE, RetentionAnswer
from portal.forms.bounded import DayField
from portal.records.editing.fields import DateInput


class RetentionForm(ActForm):
    """Whether the graduate still works there. The months stand in the form, so that sending it twice asks once."""

    months = forms.TypedChoiceField(
        choices=[(each, each) for each in RETENTION_MONTHS], coerce=int, widget=forms.HiddenInput
    )
    employed = forms.TypedChoiceField(
        label=_("是否仍在岗"),
        choices=[("yes", _("仍在岗")), ("no", _("已离岗"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    asked_on = DayField(label=_("回访日期"), widget=DateInput(format=DAY), initial=localdate)
    note = forms.CharField(
        label=_("说明"), max_length=LONGEST_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def told(self) -> RetentionAnswer:
        given = self.cleaned_data
        return RetentionAnswer(given["asked_on"], given["employed"], given["note"])
