"""What is declared about a kind of record so that it can be made and changed in the browser."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model

from portal.fields import EncryptedTextField
from portal.models import UnionOwned, User
from portal.workbook.cells import IdNumberCell
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.sheets import Column, Workbook


@dataclass(frozen=True)
class Group:
    """A titled part of a form: the attributes of its columns, in order, and a sentence of help.

    A `folded` part opens by itself where something of it is filled in or wrong.
    """

    title: str
    attributes: tuple[str, ...]
    help: str = ""
    folded: bool = False


def changeable(_record: Model) -> str:
    """No reason why not."""
    return ""


def nothing(_parent: Model | None) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Editing:
    """Which columns of `sheet` a form shows, and what a saved form is checked with: `workbook`, as an import is.

    `sheet` takes the place of the sheet of its title in `workbook`, or joins it; it may have more columns than the
    workbook's own. `parent` is the reference column that the address of a new record fills (`?household=12`) and no
    form shows. A number left blank is made from `prefix`. `refusal` gives the reason why a record cannot be changed
    now, `barred` why nothing new can be put below a parent now, `initial` what a new form holds, by attribute, as
    it would be typed. `offered`: what a text field offers to the person who types; anything else may be typed all
    the same. `chosen`: the words of which a text field lets one choose, besides what is on file. `returns`: after
    saving one is back on the page of the parent.
    """

    sheet: ImportedSheet
    workbook: Workbook
    groups: tuple[Group, ...]
    parent: str = ""
    prefix: str = ""
    refusal: Callable[[Model], str] = changeable
    barred: Callable[[Model], str] = changeable
    initial: Callable[[Model | None], Mapping[str, Any]] = field(default=nothing)
    offered: Mapping[str, Callable[[User], Iterable[str]]] = field(default_factory=dict)
    chosen: Mapping[str, Callable[[], Iterable[str]]] = field(default_factory=dict)
    returns: bool = False

    def __post_init__(self) -> None:
        known = set(self.sheet.by_attribute)
        shown = [attribute for group in self.groups for attribute in group.attributes]
        strange = ({*shown, self.parent} - known - {""}) | ({*self.offered, *self.chosen} - set(shown))
        required = {column.attribute for column in self.sheet.columns if column.required}
        if strange or self.parent in shown or len(shown) != len(set(shown)) or required - {*shown, self.parent}:
            message = f"form of {self.sheet.title}: unknown, repeated or left out: {sorted(strange or required)}"
            raise ImproperlyConfigured(message)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns on the form."""
        return tuple(self.sheet.column(attribute) for group in self.groups for attribute in group.attributes)

    @cached_property
    def checked_with(self) -> Workbook:
        """The workbook with this form's sheet in it."""
        sheets = tuple(self.sheet if sheet.title == self.sheet.title else sheet for sheet in self.workbook.sheets)
        return Workbook(sheets if self.sheet in sheets else (*sheets, self.sheet), self.workbook.unlisted)

    @cached_property
    def parents(self) -> dict[str, type[UnionOwned]]:
        """The models that `parent` may name, by the name of the parameter."""
        if not self.parent:
            return {}
        models = [self.checked_with.by_title[title].model for title in self.sheet.column(self.parent).refers]
        return {str(model._meta.model_name): model for model in models}


def is_sensitive(sheet: ImportedSheet, column: Column) -> bool:
    """Whether a form shows a mask instead of the value, and leaves it alone unless something is typed."""
    if isinstance(column.cell, IdNumberCell):
        return True
    if column.attribute in sheet.beside:
        return False
    return isinstance(sheet.model._meta.get_field(column.attribute), EncryptedTextField)
