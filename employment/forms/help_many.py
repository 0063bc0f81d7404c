"""Help for many in one form: what is the same for all, and a line for each graduate."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from employment.editing.assistance import ASSISTANCE_FORM
from employment.forms.promise import IS_MEANT, NEXT, NEXT_HELP, NextPromise
from employment.models import Graduate
from portal.form_keys import digest_of
from portal.models import User
from portal.records.editing.fields import CellField, field_for
from portal.records.editing.saving import Reasons
from portal.web.layout import form_helper

SHARED = ("given_on", "kind", "provider", "note", "ends_on", "amount", "voucher", "certificate", "certificate_level")
OF_EACH = ("amount", "certificate_number")
MEANT = "is_meant"
OF_MONEY = _("类别为小额担保贷款或求职补贴时必填。")
OF_CERTIFICATES = _("类别为职业资格证书时必填。")
NEEDED = {"amount": OF_MONEY, "voucher": OF_MONEY, "certificate": OF_CERTIFICATES, "certificate_level": OF_CERTIFICATES}


class HelpManyForm(NextPromise):
    """Fields from the columns of the form of one act of help; an amount on a line goes before that for all.

    What is promised next is promised to each.
    """

    next_help = NEXT_HELP

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, graduates: Sequence[Graduate], user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.graduates = graduates
        self.helper = form_helper()
        self.helper.form_tag = False
        sheet = ASSISTANCE_FORM.sheet
        for attribute in SHARED:
            column = sheet.column(attribute)
            self.fields[attribute] = field_for(column, user, required=column.required)
            self.fields[attribute].help_text += NEEDED.get(attribute, "")
        self.fields["given_on"].initial = localdate().isoformat()
        self.fields["amount"].label = _("每人金额(元)")
        self.fields["amount"].help_text += _("各人不同的填在下面各行。")
        for graduate in graduates:
            for attribute in OF_EACH:
                self.fields[name_of(attribute, graduate)] = self._of_each(attribute, graduate, user)
            self.fields[name_of(MEANT, graduate)] = self._box(graduate)

    @staticmethod
    def _of_each(attribute: str, graduate: Graduate, user: User) -> CellField:
        field = field_for(ASSISTANCE_FORM.sheet.column(attribute), user, required=False)
        field.label = f"{graduate.name} {field.label}"
        field.widget.attrs |= {"class": "form-control"}
        return field

    @staticmethod
    def _box(graduate: Graduate) -> forms.BooleanField:
        """That help which seems to be on file already is meant; drawn on the lines where that was asked."""
        box = forms.BooleanField(required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"}))
        box.label = f"{graduate.name} {IS_MEANT}"
        return box

    @property
    def shared(self) -> list[forms.BoundField]:
        return [self[attribute] for attribute in SHARED]

    @property
    def promise(self) -> list[forms.BoundField]:
        return [self[name] for name in NEXT]

    @property
    def lines(self) -> Iterator[tuple]:
        """Each graduate with the fields of the line, and the box where there is doubt."""
        for graduate in self.graduates:
            box = self[name_of(MEANT, graduate)]
            asked = box if box.errors or box.value() else None
            yield graduate, [_marked(self[name_of(attribute, graduate)]) for attribute in OF_EACH], asked

    def meant(self) -> set[int]:
        """The graduates of whom the box is ticked."""
        return {each.pk for each in self.graduates if self.cleaned_data[name_of(MEANT, each)]}

    def doubt(self, by_graduate: dict[int, str]) -> None:
        """Ask on each line whether help that seems to be on file already is meant."""
        for graduate in self.graduates:
            if words := by_graduate.get(graduate.pk):
                self.add_error(name_of(MEANT, graduate), words)

    def rows(self) -> list[tuple[int, dict]]:
        """What is saved: each graduate's key with the values of one act of help."""
        same = {attribute: self.cleaned_data[attribute] for attribute in SHARED}
        return [(graduate.pk, same | self._own(graduate)) for graduate in self.graduates]

    def told(self) -> dict[str, Any]:
        """What is saved, by the names under which employment.promises.services.help_many takes it."""
        rows, promised = self.rows(), self.promised()
        digest = digest_of({str(pk): values for pk, values in rows} | {"promised": promised})
        once = {"key": self.cleaned_data["key"], "digest": digest}
        return {"rows": rows, "promised": promised, "meant": self.meant(), **once}

    def _own(self, graduate: Graduate) -> dict:
        given = {attribute: self.cleaned_data[name_of(attribute, graduate)] for attribute in OF_EACH}
        return {attribute: value for attribute, value in given.items() if value not in (None, "")}

    def refuse(self, by_graduate: dict[int, Reasons]) -> None:
        """Show each reason on the line it is about; what is shared says it once."""
        said = set()
        for graduate in self.graduates:
            for attribute, reasons in by_graduate.get(graduate.pk, {}).items():
                name = name_of(attribute, graduate) if attribute in OF_EACH else attribute
                for reason in reasons:
                    if (name, reason) not in said:
                        said.add((name, reason))
                        self.add_error(name if name in self.fields else None, reason)


def _marked(field: forms.BoundField) -> forms.BoundField:
    """The field, with a red border where something is wrong with it."""
    if field.errors:
        field.field.widget.attrs["class"] += " is-invalid"
    return field


def name_of(attribute: str, graduate: Graduate) -> str:
    return f"{attribute}_{graduate.pk}"
