"""Why something is taken back: kept in the audit log as it was typed."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from aid.forms.case import ActForm
from portal.words.contacts import names_a_contact


class ReasonForm(ActForm):
    """A form with a field `reason`, which the audit log keeps: it holds no number of a person."""

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"]
        if names_a_contact(reason):
            raise ValidationError(_("原因中不要填写身份证号、电话号码等信息。"))
        return reason
