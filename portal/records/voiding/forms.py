"""Why a record is taken back."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.enums import VoidReason
from portal.web.layout import form_helper
from portal.words.contacts import names_a_contact


class VoidForm(forms.Form):
    """A code, and a note that the audit log keeps: it holds no number of a person."""

    reason = forms.ChoiceField(
        label=gettext_lazy("作废原因"), choices=[("", gettext_lazy("请选择")), *VoidReason.choices]
    )
    note = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("选了其他原因必须写明。记入审计日志和这条记录的历次变动。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"]
        if names_a_contact(note):
            raise ValidationError(_("说明中不要填写身份证号、电话号码等信息。"))
        return note

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reason") == VoidReason.OTHER and not cleaned.get("note", "").strip():
            self.add_error("note", _("请写明是什么原因。"))
        return cleaned
