"""What is said of the children who are ticked on the page of an activity or a project."""

from django.utils.translation import gettext_lazy as _

from aid.forms.case import ActForm
from aid.social.giving import Gift
from aid.workbook.social.gain import ProjectGainSheet
from portal.models import User
from portal.records.editing.fields import field_for

GAIN = ProjectGainSheet()


class CameHereForm(ActForm):
    """Nothing is said but who came."""

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False


class GaveHereForm(CameHereForm):
    """What each of them got of the project, and what it is worth: as the sheet reads it."""

    field_order = ("what", "value")

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        for name, label in (("what", _("每人得到的帮助")), ("value", _("每人折合金额(元)"))):
            column = GAIN.column(name)
            self.fields[name] = field_for(column, user, required=column.required)
            self.fields[name].label = label
        self.order_fields(self.field_order)
        self.fields["what"].help_text = _("例如：暑期数学辅导 10 次、书包和文具一套。")

    def gift(self) -> Gift:
        return Gift(self.cleaned_data["what"], self.cleaned_data["value"])
