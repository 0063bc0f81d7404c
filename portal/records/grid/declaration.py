"""What is declared about a kind of record so that many of it can be entered in a grid."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model

from portal.models import User
from portal.record_rules import Doubt
from portal.records.editing.declaration import Editing
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.sheets import Workbook

MOST = 200  # lines of one grid, filled in or ticked
LINES = 20  # of an empty one


def no_defaults(_user: User) -> Mapping[str, str]:
    return {}


def nothing_follows(_parent: Model, _typed: Mapping[str, str]) -> Mapping[str, str]:
    return {}


def no_doubts(_records: Sequence[Any], _user: User) -> Iterable[tuple[int, Doubt]]:
    return ()


@dataclass(frozen=True, kw_only=True)
class EntryGrid:
    """The `columns` of a grid, by attribute, in the order in which people type them.

    New records name what they belong to in the column `Editing.parent`, as a row of a workbook does; it cannot be
    changed afterwards, nor can the number. `defaults`: what a blank cell of a new record means, as it would be typed.
    `follows`: the same as it depends on the record that the new one belongs to and on what else was typed; the blank
    cell says it in the words of `told`. `doubts` are asked about new records besides those of the sheet, each with the
    place of its record. `caption` are the paths by which a record on file is known, where those of the kind are not
    enough. `sheet` and `workbook` stand in for those of the kind's form, where a grid is judged otherwise.
    """

    columns: tuple[str, ...]
    defaults: Callable[[User], Mapping[str, str]] = field(default=no_defaults)
    follows: Callable[[Any, Mapping[str, str]], Mapping[str, str]] = field(default=nothing_follows)
    told: Mapping[str, str] = field(default_factory=dict)
    doubts: Callable[[Sequence[Any], User], Iterable[tuple[int, Doubt]]] = field(default=no_doubts)
    caption: tuple[str, ...] = ()
    sheet: ImportedSheet | None = None
    workbook: Workbook | None = None

    def form(self, editing: Editing) -> Editing:
        """The form of the kind as its grid is judged. Raises ImproperlyConfigured for columns that it cannot have."""
        form = replace(editing, sheet=self.sheet or editing.sheet, workbook=self.workbook or editing.workbook)
        required = {column.attribute for column in form.sheet.columns if column.required} - {"number"}
        strange = set(self.columns) - set(form.sheet.by_attribute)
        if strange or required - set(self.columns) or len(set(self.columns)) != len(self.columns):
            wrong = sorted(strange or required - set(self.columns))
            message = f"grid of {form.sheet.title}: unknown, repeated or left out: {wrong}"
            raise ImproperlyConfigured(message)
        return form
