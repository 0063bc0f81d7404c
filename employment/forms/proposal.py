"""Why a proposed graduate is not taken up."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employment.enums import DeclineReason
from employment.models import DeclinedProposal
from portal.records.editing.fields import CHOOSE
from portal.web.layout import form_helper


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(label=gettext_lazy("原因"), choices=[("", CHOOSE), *DeclineReason.choices])
    text = forms.CharField(
        label=gettext_lazy("说明"),
        required=False,
        max_length=DeclinedProposal._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("选“其他原因”时必须填写。"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()

    def clean(self):
        given = super().clean()
        if given.get("reason") == DeclineReason.OTHER and not given.get("text"):
            self.add_error("text", _("选“其他原因”时请说明。"))
        return given
