"""What Django's own form fields say, in the words of the forms made from a sheet: one wording for one fault."""

from django import forms
from django.utils.translation import gettext_lazy as _

REQUIRED = _("必须填写")
NOT_LISTED = _("请从列出的选项中选择。")
CHOOSING = (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField, forms.ModelMultipleChoiceField)


def speak_as_sheets_do() -> None:
    """Replace the messages of Django's classes, before any form is declared; a field's own messages stay."""
    forms.Field.default_error_messages["required"] = REQUIRED
    for field in CHOOSING:
        field.default_error_messages["invalid_choice"] = NOT_LISTED
