"""The form in which the city speaks to its units."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.enums import UnionKind
from portal.models import Announcement
from portal.models.union import REPORTING_KINDS
from portal.web.layout import form_helper

LONGEST_TEXT = 2000


class AnnouncementForm(forms.ModelForm):
    """Words to all units of the chosen kinds."""

    kinds = forms.MultipleChoiceField(
        label=_("发给"),
        choices=[(kind.value, kind.label) for kind in UnionKind if kind in REPORTING_KINDS],
        initial=list(REPORTING_KINDS),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选择发给哪些单位。")},
    )

    class Meta:
        model = Announcement
        fields = ["title", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5, "maxlength": LONGEST_TEXT})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()
        cast("forms.CharField", self.fields["text"]).max_length = LONGEST_TEXT
        self.fields["title"].error_messages["required"] = _("请填写标题。")
