"""续办 as one form: a line for each child, filled in from last year, with what differs marked."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.editing import CASE_FORM, CHILD_FORM
from aid.enums import AidMode, NotRenewedReason, Stage
from aid.models import AidCase, Child
from aid.renewal.promotion import Proposal, a_year_on
from aid.renewal.services import NotTakenUp, Renewal
from portal.form_keys import digest_of
from portal.models import Campaign, User
from portal.records.editing.fields import field_for
from portal.records.editing.saving import Reasons

OF_CASE = ("stage", "mode", "standard")
CHOSEN, GRADE, REASON, TEXT = "chosen", "grade", "reason", "text"


def name_of(attribute: str, child: Child) -> str:
    return f"{attribute}_{child.pk}"


@dataclass(frozen=True)
class RenewalLine:
    """One child as the page draws it."""

    child: Child
    last: AidCase
    proposal: Proposal
    fields: Mapping[str, forms.BoundField]


class RenewalKey(forms.Form):
    """By what the form is known again when it is sent twice."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class RenewalForm(RenewalKey):
    """`children` come from `renewable`; `standards` is what the campaign grants by stage."""

    def __init__(
        self,
        *args,
        children: Sequence[Child],
        campaign: Campaign,
        standards: Mapping[str, Decimal],
        user: User,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.children, self.campaign, self.standards = children, campaign, standards
        self.proposals = {child.pk: a_year_on(child.stage, child.grade) for child in children}
        for child in children:
            self._add(child, user)

    def _add(self, child: Child, user: User) -> None:
        last, proposal = child.aided[0], self.proposals[child.pk]
        stage = proposal.stage or Stage(child.stage)
        initial = {
            "stage": str(stage.label),
            "mode": str(AidMode(last.mode).label),
            "standard": f"{self.standards.get(stage, last.standard):.2f}",
        }
        box = forms.BooleanField(required=False, initial=proposal.stage is not None)
        self.fields[name_of(CHOSEN, child)] = box
        for attribute in OF_CASE:
            field = field_for(CASE_FORM.sheet.column(attribute), user, required=False)
            field.initial = initial[attribute]
            self.fields[name_of(attribute, child)] = field
        grade = field_for(CHILD_FORM.sheet.column(GRADE), user, required=False)
        grade.initial = proposal.grade if proposal.stage else child.grade
        self.fields[name_of(GRADE, child)] = grade
        finished = NotRenewedReason.FINISHED if proposal.stage is None else ""
        self.fields[name_of(REASON, child)] = forms.ChoiceField(
            required=False, choices=[("", _("以后再定")), *NotRenewedReason.choices], initial=finished
        )
        self.fields[name_of(TEXT, child)] = forms.CharField(required=False, max_length=200)
        self._dress(child)

    def _dress(self, child: Child) -> None:
        for attribute in (CHOSEN, *OF_CASE, GRADE, REASON, TEXT):
            field = self.fields[name_of(attribute, child)]
            field.label = f"{child.name} {LABELS[attribute]}"
            field.help_text = ""
            is_select = isinstance(field.widget, forms.Select)
            style = "form-check-input" if attribute == CHOSEN else "form-select" if is_select else "form-control"
            field.widget.attrs["class"] = style

    @property
    def lines(self) -> Iterator[RenewalLine]:
        for child in self.children:
            names = (CHOSEN, *OF_CASE, GRADE, REASON, TEXT)
            fields = {name: self[name_of(name, child)] for name in names}
            yield RenewalLine(child, child.aided[0], self.proposals[child.pk], fields)

    def clean(self):
        cleaned = super().clean()
        for child in self.children:
            if cleaned.get(name_of(CHOSEN, child)):
                self._demand(child, OF_CASE)
            elif cleaned.get(name_of(REASON, child)) == NotRenewedReason.OTHER:
                self._demand(child, (TEXT,))
        if not self.errors and not (self.renewals() or self.refusals()):
            raise forms.ValidationError(_("请勾选要续办的子女，或为不再续办的选择原因。"))
        return cleaned

    def _demand(self, child: Child, attributes: Sequence[str]) -> None:
        for attribute in attributes:
            name = name_of(attribute, child)
            if name not in self.errors and self.cleaned_data.get(name) in (None, ""):
                self.add_error(name, _("必须填写"))

    def renewals(self) -> list[Renewal]:
        """The children ticked."""
        return [self._renewal(child) for child in self.children if self.cleaned_data[name_of(CHOSEN, child)]]

    def _renewal(self, child: Child) -> Renewal:
        given, last = self.cleaned_data, child.aided[0]
        values = {attribute: given[name_of(attribute, child)] for attribute in OF_CASE}
        same = {"programme": last.programme, "sponsor": last.sponsor}
        if values["mode"] != last.mode:
            same = {}
        fixed = {"campaign": self.campaign.year, "applied_on": localdate()}
        return Renewal(child.pk, given[name_of(GRADE, child)] or "", {**values, **same, **fixed})

    def refusals(self) -> list[NotTakenUp]:
        """The others, where a reason was chosen."""
        given = self.cleaned_data
        left = [child for child in self.children if not given[name_of(CHOSEN, child)]]
        told = [(child.pk, given[name_of(REASON, child)], given[name_of(TEXT, child)]) for child in left]
        return [NotTakenUp(*row) for row in told if row[1]]

    @property
    def digest(self) -> str:
        return digest_of({str(row.child): row for row in (*self.renewals(), *self.refusals())})

    def refuse(self, by_child: Mapping[int, Reasons]) -> None:
        """Show each reason on the line and in the field it is about."""
        for child in self.children:
            for attribute, reasons in by_child.get(child.pk, {}).items():
                name = name_of(attribute or CHOSEN, child)
                self.add_error(name if name in self.fields else name_of(CHOSEN, child), reasons)


LABELS = {
    CHOSEN: _("续办"),
    "stage": _("学段"),
    "mode": _("助学方式"),
    "standard": _("帮扶标准(元)"),
    GRADE: _("年级"),
    REASON: _("不再续办的原因"),
    TEXT: _("说明"),
}
