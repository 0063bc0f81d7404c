"""A visit as it is typed, and what was done about a need."""

from django import forms
from django.utils.translation import gettext_lazy

from aid.editing.visit import TELLS_NOTHING
from aid.enums import FollowUpKind
from aid.forms.household import HouseholdActForm
from aid.models import FollowUp
from aid.visits.services import Results
from portal.documents.file_kinds import LARGEST_SCAN, PICTURES
from portal.gate.field import UploadsField
from portal.records.editing.form import RecordForm

MOST_PHOTOS = 6


class VisitForm(RecordForm):
    """A visit, what follows from it, and photos. What was asked for before is not offered again."""

    follow_ups = forms.MultipleChoiceField(
        label=gettext_lazy("需要跟进的事项"),
        choices=FollowUpKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("勾选后列入待办；没有需要跟进的不勾选。"),
    )
    photos = UploadsField(
        label=gettext_lazy("现场照片"),
        required=False,
        kinds=PICTURES,
        largest=LARGEST_SCAN,
        most=MOST_PHOTOS,
        help_text=gettext_lazy("JPG 或 PNG，每张 10 MB 以内，最多 6 张；加密保存。"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.record is not None:
            asked = set(self.record.follow_ups.values_list("kind", flat=True))
            left = [choice for choice in FollowUpKind.choices if choice[0] not in asked]
            self.fields["follow_ups"].choices = left

    def clean(self):
        """A visit at the door of which nothing is told is none; a workbook may leave both empty (workbook.md)."""
        data = super().clean()
        if not self.errors and not data["by_telephone"] and not self._tells_something(data):
            raise forms.ValidationError(TELLS_NOTHING)
        return data

    def _tells_something(self, data: dict) -> bool:
        """What is on file and stays counts, and so does what is to be followed up."""
        needs = data["needs"] or (self.stays("needs") and self.record.needs)
        brought = data["gift_money"] or data["goods"]
        return bool(data["ways"] or needs or data["follow_ups"] or brought)

    @property
    def results(self) -> Results:
        photos = [(photo.name, photo.open().read()) for photo in self.cleaned_data["photos"]]
        return Results(self.cleaned_data["follow_ups"], photos)


class FinishForm(HouseholdActForm):
    outcome = forms.CharField(
        label=gettext_lazy("办理结果"),
        max_length=FollowUp._meta.get_field("outcome").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
