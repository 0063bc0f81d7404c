"""Forms of a project: with which organisation, how it moves on, and what the chosen children got of it."""

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.enums import Acceptance, ProjectState
from aid.forms.case import DAY, ActForm
from aid.forms.children_chosen import GaveHereForm
from aid.forms.sponsor import MOST_OFFERED, ChoosingForm
from aid.models import Organisation, Project
from aid.social.moving import ProjectTold
from portal.forms.bounded import DayField
from portal.models import User
from portal.records.editing.fields import DateInput
from portal.workflow import Move


class ProjectForm(ChoosingForm):
    chosen = "organisation"

    def offered(self, user):
        known = Organisation.objects.visible_to(user).filter(closed_on=None).order_by("name", "pk")
        return ((each.number, f"{each.name}（{each.get_kind_display()}）") for each in known[: MOST_OFFERED + 1])


class ProjectMoveForm(ActForm):
    """Of an acceptance its day, its result and who accepted; else why, where the move asks for a reason."""

    accepted_on = DayField(label=_("验收日期"), widget=DateInput(format=DAY), initial=localdate)
    acceptance = forms.ChoiceField(label=_("验收结果"), choices=[("", "---------"), *Acceptance.choices])
    accepted_by = forms.CharField(label=_("验收人"), max_length=100, help_text=_("参加验收的人或单位。"))
    words = forms.CharField(label=_("说明"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, move: Move, **kwargs):
        super().__init__(*args, **kwargs)
        if move.name != "accept":
            for name in ("accepted_on", "acceptance", "accepted_by"):
                del self.fields[name]
        self.fields["words"].required = move.reason

    def clean_accepted_on(self):
        day = self.cleaned_data["accepted_on"]
        if day > localdate():
            raise forms.ValidationError(_("验收日期不能晚于今天。"))
        return day

    def told(self) -> ProjectTold:
        return ProjectTold(**self.cleaned_data)


class GaveForm(GaveHereForm):
    """Of which running project, what each of the chosen children got, and what it is worth."""

    project = forms.ModelChoiceField(label=_("社会助学项目"), queryset=Project.objects.none())
    field_order = ("project", *GaveHereForm.field_order)

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        running = Project.objects.visible_to(user).filter(state=ProjectState.RUNNING)
        self.fields["project"].queryset = running.order_by("-starts_on", "-pk")
