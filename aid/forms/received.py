"""What a family said when it was called back, as it is typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aid.casework.received import Received, faults_of
from portal.forms.bounded import DayField
from portal.records.editing.fields import DateInput

SAID = {"yes": True, "no": False}
ANSWERS = (("", _("没有问到")), ("yes", _("足额收到")), ("no", _("没有足额收到")))


class ReceivedForm(forms.Form):
    """Two fields that may both be left as they are."""

    received_in_full = forms.ChoiceField(
        label=_("助学款是否足额收到"),
        choices=ANSWERS,
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    received_on = DayField(
        label=_("收到日期"), required=False, widget=DateInput(format="%Y-%m-%d", attrs={"class": "form-control"})
    )

    def without_received(self) -> None:
        """For what is not about money that was paid."""
        for name in ("received_in_full", "received_on"):
            del self.fields[name]

    @property
    def received(self) -> Received:
        """What was said; also of a form that does not ask."""
        told = self.cleaned_data
        return Received(SAID.get(told.get("received_in_full", "")), told.get("received_on"))

    def clean(self):
        cleaned = super().clean()
        for name, words in faults_of(self.received).items() if "received_on" in self.fields else ():
            self.add_error(name, words)
        return cleaned
