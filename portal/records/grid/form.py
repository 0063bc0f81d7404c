"""The columns of a grid as one person has them: what may be chosen, what a blank cell means, how a cell is read."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from portal.days import with_year
from portal.models import User
from portal.records.editing.declaration import Editing, is_sensitive
from portal.records.editing.fields import as_typed
from portal.records.editing.form import masked
from portal.records.grid.declaration import EntryGrid
from portal.records.grid.lines import Line
from portal.workbook.cells import CellFault, DateCell
from portal.workbook.importing.links import UnionColumn
from portal.workbook.importing.rows import BLANK
from portal.workbook.lists.places import Places
from portal.workbook.sheets import Column

NUMBER = "number"
OFFERED_UNIONS = 300  # names that a column suggests


class GridForm:
    """A grid in the hands of `user`: of new records, or of records on file that are changed."""

    def __init__(self, editing: Editing, grid: EntryGrid, user: User, *, is_new: bool):
        self.editing = grid.form(editing)
        self.grid = grid
        self.user = user
        self.is_new = is_new

    @cached_property
    def places(self) -> Places:
        return Places(self.user.union)

    @cached_property
    def _unions(self) -> list:
        return list(self.places.unions()[: OFFERED_UNIONS + 1])

    @cached_property
    def columns(self) -> list[Column]:
        """What stands in the grid. A union is asked for where there is more than one to choose from."""
        columns = [self.editing.sheet.column(attribute) for attribute in self.grid.columns]
        if not self.is_new:
            columns = [column for column in columns if column.attribute not in (NUMBER, self.editing.parent)]
        return [column for column in columns if not isinstance(column, UnionColumn) or len(self._unions) > 1]

    @cached_property
    def attributes(self) -> list[str]:
        return [column.attribute for column in self.columns]

    @cached_property
    def defaults(self) -> dict[str, str]:
        """What a blank cell of a new record means, as it would be typed."""
        if not self.is_new:
            return {}
        own = {column.attribute: self.user.union.code for column in self._all if isinstance(column, UnionColumn)}
        return own | dict(self.grid.defaults(self.user))

    @property
    def _all(self) -> Iterable[Column]:
        return (self.editing.sheet.column(attribute) for attribute in self.grid.columns)

    def is_required(self, column: Column) -> bool:
        return bool(column.required) and column.attribute != NUMBER

    def is_masked(self, column: Column) -> bool:
        """Whether the cell of a record on file leaves its value alone unless something is typed."""
        return not self.is_new and is_sensitive(self.editing.sheet, column)

    def stays(self, line: Line, column: Column) -> bool:
        """Whether a masked cell was left blank, which leaves what is on file."""
        blank = not line.typed.get(column.attribute, "").strip()
        return blank and self.is_masked(column) and bool(column.get_value(line.record))

    def words(self, column: Column) -> list[str]:
        """What may be chosen in a column, or is offered there."""
        if isinstance(column, UnionColumn):
            few = self._unions[:OFFERED_UNIONS]
            return [self.places.name_of(union) for union in few] if len(self._unions) <= OFFERED_UNIONS else []
        if column.attribute in self.editing.chosen:
            return list(self.editing.chosen[column.attribute]())
        if column.attribute in self.editing.offered:
            return list(self.editing.offered[column.attribute](self.user))
        return list(column.cell.words)

    def hint(self, column: Column, record: Model | None) -> str:
        """What stands in the blank cell."""
        if record is not None:
            on_file = as_typed(column, column.get_value(record)) if self.is_masked(column) else ""
            return masked(column, on_file) if on_file else ""
        if isinstance(column, UnionColumn):
            return self.user.union.name
        if column.attribute == NUMBER:
            return _("自动编号")
        return str(self.grid.told.get(column.attribute) or self.defaults.get(column.attribute, ""))

    def text(self, column: Column, record: Model) -> str:
        """What is on file, as it would be typed; nothing of what is masked."""
        if self.is_masked(column):
            return ""
        typed = as_typed(column, column.get_value(record))
        return self.places.name(typed) if isinstance(column, UnionColumn) else typed

    def value(self, column: Column, text: str) -> Any:
        """What a cell says. Raises CellFault in the words of the workbook."""
        if isinstance(column, UnionColumn):
            text = self.places.find(text) or text
        if isinstance(column.cell, DateCell):
            text = with_year(text, future=column.cell.future)
        required = self.is_required(column)
        value = (column.cell.clean if required else column.cell.clean_optional)(text)
        if required and value in BLANK:
            raise CellFault(_("必须填写"))
        return value

    def differs(self, line: Line) -> bool:
        """Whether something is typed into the line that is not on file."""
        typed = ((column, line.typed.get(column.attribute)) for column in self.columns)
        return any(text is not None and text.strip() != self.text(column, line.record) for column, text in typed)
