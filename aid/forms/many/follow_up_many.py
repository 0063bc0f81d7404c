"""办结 of many to-dos in one form: what became of all of them, and a line for each."""

from collections.abc import Iterator, Sequence

from django import forms
from django.utils.translation import gettext as _

from aid.forms.visit import FinishForm
from aid.models import FollowUp


class FinishManyForm(FinishForm):
    """What stands on a line goes before what is said of all."""

    def __init__(self, *args, follow_ups: Sequence[FollowUp], **kwargs):
        super().__init__(*args, **kwargs)
        self.follow_ups = follow_ups
        self.helper.form_tag = False
        said = self.fields["outcome"]
        self.said_of_all, said.required = said.required, False
        for follow_up in follow_ups:
            self.fields[f"outcome-{follow_up.pk}"] = forms.CharField(
                label=_("%(visit)s %(kind)s 办理结果")
                % {"visit": follow_up.visit.number, "kind": follow_up.get_kind_display()},
                max_length=said.max_length,
                required=False,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )

    @property
    def lines(self) -> Iterator[tuple[FollowUp, forms.BoundField]]:
        """Each to-do with the field of its line."""
        for follow_up in self.follow_ups:
            yield follow_up, self[f"outcome-{follow_up.pk}"]

    def clean(self):
        data = super().clean()
        if not self.errors and self.said_of_all and not all(outcome for _each, outcome in self._told(data)):
            self.add_error("outcome", _("请填写办理结果；每条不一样的填在下面各行。"))
        return data

    def told(self) -> list[tuple[FollowUp, str]]:
        """Each to-do with what became of it."""
        return self._told(self.cleaned_data)

    def _told(self, data: dict) -> list[tuple[FollowUp, str]]:
        return [(each, data.get(f"outcome-{each.pk}") or data.get("outcome") or "") for each in self.follow_ups]
