"""The form of one record."""

import uuid
from collections.abc import Collection, Sequence
from typing import Any, cast

from django import forms
from django.db.models import Model
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.fields import blind_index
from portal.models import User, VersionedRecord
from portal.record_rules import Doubt
from portal.records.attribute import hidden
from portal.records.editing.declaration import Editing, is_sensitive
from portal.records.editing.doubts import token_of
from portal.records.editing.fields import (
    BLANK,
    CHOOSE,
    CellField,
    InitialsSelect,
    SuggestingInput,
    as_typed,
    field_for,
)
from portal.workbook.cells import CODES_JOINED_BY, MASKS, CodeListCell
from portal.workbook.sheets import Column

CLEAR = "__clear"
CONFIRMED = "confirmed"
REVEALED = "revealed"
OPENED = "opened"  # a form that was shown with what is needed says so: of another one, blank means that it stays


def masked(column: Column, value: str) -> str:
    """A sensitive value as a form may repeat it."""
    return MASKS.get(type(column.cell), hidden)(value)


class RecordForm(forms.Form):
    """Fields from the columns of `editing`; of a `record`, if there is one, with its version.

    A sensitive field of a record is empty, says what is on file under a mask, and blank means that it stays; where it
    may be empty a box beside it clears it. Once it is revealed (`with_revealed`) it is a field like any other; and so
    are those `needed`, the attributes which the person reads on the page of the record without giving a reason.
    """

    def __init__(
        self,
        *args: Any,
        editing: Editing,
        user: User,
        record: VersionedRecord | None = None,
        needed: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.needed = frozenset(needed if record and (not self.is_bound or OPENED in self.data) else ())
        self.initial = {**(initial_of(editing, record, self.needed) if record else {}), **self.initial}
        self.editing = editing
        self.record = record
        self.doubts: Sequence[Doubt] = ()
        self.revealed = record is not None and self.data.get(REVEALED) == reveal_token(record, user)
        for column in editing.columns:
            self._add(column, user)
        if record is None:
            self.fields["key"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
        else:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=record.version)
        if self.needed:
            self.fields[OPENED] = forms.CharField(widget=forms.HiddenInput, required=False, initial="1")
        if self.revealed:
            self.fields[REVEALED] = forms.CharField(widget=forms.HiddenInput)

    def _add(self, column: Column, user: User) -> None:
        kept = self._masks(column)
        on_file = as_typed(column, column.get_value(self.record)) if kept else ""
        is_key = column.attribute == "number" and self.record is None
        field = field_for(column, user, required=column.required and not on_file and not is_key)
        self.fields[column.attribute] = field
        if is_key:
            field.help_text = _("留空则自动编号。") + field.help_text
        if column.attribute in self.editing.offered:
            field.widget = SuggestingInput(self.editing.offered[column.attribute](user))
        if column.attribute in self.editing.chosen:
            field.widget = InitialsSelect(choices=self._choices(column.attribute))
        if on_file:
            field.help_text = _("现为 %(mask)s，不改请留空。") % {"mask": masked(column, on_file)}
            if not column.required:
                if isinstance(column.cell, CodeListCell):
                    field.help_text = _(
                        "现有内容不显示，勾选的加在现有内容之上；要去掉某项，请清除现有内容并重新勾选。"
                    )
                self.fields[column.attribute + CLEAR] = forms.BooleanField(label=_("清除现有内容"), required=False)

    def _masks(self, column: Column) -> bool:
        """Whether the field of `column` leaves what is on file unless something is typed."""
        is_open = self.record is None or self.revealed or column.attribute in self.needed
        return not is_open and is_sensitive(self.editing.sheet, column)

    @property
    def hidden_columns(self) -> list[Column]:
        """The columns of which something is on file that the form does not show."""
        masked_columns = [column for column in self.editing.columns if self._masks(column)]
        return [column for column in masked_columns if as_typed(column, column.get_value(self.record))]

    def with_revealed(self, user: User) -> "RecordForm":
        """The same form with what is on file in its sensitive fields, where nothing else was typed; not judged yet."""
        data = self._typed.copy()
        for column in self.hidden_columns:
            if not any(data.getlist(column.attribute)) and not data.get(column.attribute + CLEAR):
                shown = as_input(column, as_typed(column, column.get_value(self.record)))
                data.setlist(column.attribute, shown if isinstance(shown, list) else [shown])
        if self.record is not None:
            data[REVEALED] = reveal_token(self.record, user)
        given: dict[str, Any] = {"editing": self.editing, "user": user, "record": self.record, "needed": self.needed}
        return type(self)(data, **given).unjudged()

    @property
    def _typed(self) -> QueryDict:
        return cast("QueryDict", self.data)

    def _choices(self, attribute: str) -> list[tuple[str, str]]:
        """The words of the list, and before them what the form begins with, if it is none of them."""
        words, first = list(self.editing.chosen[attribute]()), self.initial.get(attribute) or ""
        return [
            ("", str(CHOOSE)),
            *((word, word) for word in ([first] if first and first not in words else []) + words),
        ]

    def stays(self, attribute: str) -> bool:
        """Whether a sensitive field was left blank, which leaves what is on file."""
        on_file = self._masks(self.editing.sheet.column(attribute))
        return on_file and self.cleaned_data[attribute] in BLANK and not self.cleaned_data.get(attribute + CLEAR)

    def unjudged(self) -> "RecordForm":
        """The form with what was typed and without a word about it."""
        self._errors = ErrorDict()
        self.cleaned_data = {}
        return self

    def values(self) -> dict:
        """What was typed, by attribute, as the importer would have read it."""
        attributes = [name for name, field in self.fields.items() if isinstance(field, CellField)]
        return {name: self._meant(self.editing.sheet.column(name)) for name in attributes if not self.stays(name)}

    def _meant(self, column: Column) -> Any:
        """What was typed; of a masked list, what was ticked with what is on file: nobody unticks what is not shown."""
        typed = self.cleaned_data[column.attribute]
        adds = self._is_masked_list(column) and not self.cleaned_data.get(column.attribute + CLEAR)
        if not adds:
            return typed
        kept = column.get_value(self.record).split(CODES_JOINED_BY)
        return CODES_JOINED_BY.join(dict.fromkeys([*kept, *typed.split(CODES_JOINED_BY)]))

    def _is_masked_list(self, column: Column) -> bool:
        return column.attribute + CLEAR in self.fields and isinstance(column.cell, CodeListCell)

    def typed(self, column: Column) -> str:
        """What was typed into the field of `column`, in the form in which versions are compared."""
        return as_typed(column, self._meant(column))

    def refuse(self, by_field: dict[str | None, list[str]]) -> None:
        """Show the reasons of a service beside the fields they are about, or above the form."""
        for name, reasons in by_field.items():
            self.add_error(name if name in self.fields else None, reasons)

    @property
    def confirmed(self) -> str:
        """The token of what was confirmed beside the question, '' for nothing."""
        return str(self.data.get(CONFIRMED, ""))

    @property
    def token(self) -> str:
        return token_of(self.doubts)

    def renew(self, **fresh: str | list[str]) -> None:
        """Keep what was typed, with other contents in the fields named in `fresh`; a list stands for ticked boxes."""
        data = self._typed.copy()
        for name, value in fresh.items():
            data.setlist(name, value if isinstance(value, list) else [value])
        self.data = data

    @property
    def groups(self) -> list[dict]:
        """What the template draws: titles, help, and each field with the box that clears it."""
        return [
            {
                "title": group.title,
                "help": group.help,
                "folded": group.folded,
                "open": any(self[name].value() or self[name].errors or self._clear(name) for name in group.attributes),
                "fields": [(self[name], self._clear(name)) for name in group.attributes],
            }
            for group in self.editing.groups
        ]

    def _clear(self, name: str) -> forms.BoundField | None:
        return self[name + CLEAR] if name + CLEAR in self.fields else None


def reveal_token(record: Model, user: User) -> str:
    """Said back by a form whose sensitive fields were shown to `user`: by itself no form can claim it."""
    return blind_index(f"{REVEALED} {record._meta.label} {record.pk} {user.pk}")


def initial_of(editing: Editing, record: Model, needed: Collection[str]) -> dict:
    """What is on file, as it would be typed; of sensitive fields only of those `needed`."""
    return {
        column.attribute: as_input(column, as_typed(column, column.get_value(record)))
        for column in editing.columns
        if column.attribute in needed or not is_sensitive(editing.sheet, column)
    }


def as_input(column: Column, typed: str) -> str | list[str]:
    """The same for the widget: a list of words for ticked boxes."""
    if isinstance(column.cell, CodeListCell):
        return typed.split(column.cell.separator) if typed else []
    return typed
