"""The form of an aid case."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.editing.case import is_registered
from portal.models import User
from portal.records.editing.form import RecordForm

CONFIRMED = "sponsor_confirmed"


class CaseForm(RecordForm):
    """A sponsor who is not in the directory is asked about: a name written otherwise is another sponsor."""

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.union, self.asks = user.union, False
        label = gettext_lazy("名录中没有这个结对方，仍按所填名称保存")
        self.fields[CONFIRMED] = forms.BooleanField(label=label, required=False)

    def clean(self):
        cleaned = super().clean()
        sponsor = cleaned.get("sponsor", "")
        self.asks = self._is_changed(sponsor) and not is_registered(sponsor, self.union)
        if self.asks and not cleaned.get(CONFIRMED):
            words = _("结对方名录中没有“%(sponsor)s”，请改用名录中的名称，或在下面确认后再保存。")
            self.add_error("sponsor", words % {"sponsor": sponsor})
        return cleaned

    def _is_changed(self, sponsor: str) -> bool:
        """Whether a sponsor is named who is not on file with the case already."""
        return bool(sponsor) and (self.record is None or self.record.sponsor != sponsor)

    def _clear(self, name: str):
        """The box that confirms stands beside the sponsor, once there is something to confirm."""
        return self[CONFIRMED] if name == "sponsor" and self.asks else super()._clear(name)
