"""稳岗回访 of many in one form: the day and what holds for most, and a line for each."""

from collections.abc import Iterator, Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.forms.case import DAY
from employment.models import RETENTION_MONTHS, Assistance
from employment.retention.services import LONGEST_NOTE, RetentionAnswer
from portal.forms.bounded import DayField
from portal.records.editing.fields import DateInput
from portal.web.layout import form_helper
from portal.workflow import MoveRefused

YES, NO, NOT_ASKED = "yes", "no", "not_asked"
ANSWERS = [(YES, _("仍在岗")), (NO, _("已离岗"))]


class RetentionManyForm(forms.Form):
    """Whether each still works there: as said for all, unless the line says otherwise or was not reached."""

    asked_on = DayField(label=_("回访日期"), widget=DateInput(format=DAY), initial=localdate)
    employed = forms.ChoiceField(
        label=_("是否仍在岗"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        help_text=_("多数人的情况；不一样的在下面各行改。"),
    )

    def __init__(self, *args, placements: Sequence[Assistance], **kwargs):
        super().__init__(*args, **kwargs)
        self.placements = placements
        self.helper = form_helper()
        self.helper.form_tag = False
        for placement in placements:
            self._add_line(placement)

    def _add_line(self, placement: Assistance) -> None:
        own = {"required": False}
        self.fields[f"months-{placement.pk}"] = forms.TypedChoiceField(
            choices=[(each, each) for each in RETENTION_MONTHS],
            coerce=int,
            widget=forms.HiddenInput,
            initial=placement.due_months,
        )
        self.fields[f"employed-{placement.pk}"] = forms.ChoiceField(
            label=_("%(number)s 是否仍在岗") % {"number": placement.number},
            choices=[("", _("同上")), *ANSWERS, (NOT_ASKED, _("没有联系上，这次不登记"))],
            widget=forms.Select(attrs={"class": "form-select"}),
            **own,
        )
        self.fields[f"note-{placement.pk}"] = forms.CharField(
            label=_("%(number)s 说明") % {"number": placement.number},
            max_length=LONGEST_NOTE,
            widget=forms.TextInput(attrs={"class": "form-control"}),
            **own,
        )

    @property
    def shared(self) -> list[forms.BoundField]:
        return [self["asked_on"], self["employed"]]

    @property
    def lines(self) -> Iterator[tuple[Assistance, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Each placement with the fields of its line: months, answer, note."""
        for placement in self.placements:
            yield (placement, *(self[f"{name}-{placement.pk}"] for name in ("months", "employed", "note")))

    def told(self) -> list[tuple[Assistance, int, RetentionAnswer]]:
        """What was heard about each who was reached, as `check_many` takes it."""
        given, found = self.cleaned_data, []
        for placement in self.placements:
            said = given[f"employed-{placement.pk}"] or given["employed"]
            if said != NOT_ASKED:
                answer = RetentionAnswer(given["asked_on"], said == YES, given[f"note-{placement.pk}"])
                found.append((placement, given[f"months-{placement.pk}"], answer))
        return found

    def refuse(self, by_placement: dict[int, ValidationError | MoveRefused]) -> None:
        """Show each reason on the line it is about."""
        for pk, refused in by_placement.items():
            reasons = refused.messages if isinstance(refused, ValidationError) else [str(refused)]
            for reason in reasons:
                self.add_error(f"employed-{pk}", reason)
