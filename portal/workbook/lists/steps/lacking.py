"""What a list lacks and must be said once for all its rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.workbook.cells import CardCell, IdNumberCell, NameCell, TelephoneCell
from portal.workbook.importing.sheet import IdentityColumn
from portal.workbook.lists.kinds import Part
from portal.workbook.lists.mapping import Mapping
from portal.workbook.lists.rows import KEY
from portal.workbook.sheets import Column

OF_ONE_PERSON = (IdNumberCell, CardCell, NameCell, TelephoneCell)


@dataclass(frozen=True)
class Lack:
    """A column that no heading of the list fills. `opens`: saying it makes the rows records of this sheet, too."""

    part: Part
    column: Column
    opens: bool = False

    @property
    def place(self) -> str:
        return f"{self.part.title}.{self.column.attribute}"


def lacking(mapping: Mapping, said: dict[str, dict[str, str]]) -> list[Lack]:
    """In the order of the sheets, of the parts whose records the list can name."""
    found: list[Lack] = []
    attributes = {name for values in said.values() for name in values}
    meant = mapping.parts(attributes)
    for part in mapping.kind.parts:
        if part.identity in mapping.attributes(part.title):
            found += _of_part(part, mapping, said, is_meant=part in meant and part in mapping.parts())
    return found


def _of_part(part: Part, mapping: Mapping, said: dict, *, is_meant: bool) -> Iterator[Lack]:
    own = mapping.attributes(part.title)
    for column in mapping.kind.sheets[part.title].columns:
        if column.attribute in own or not _can_be_said(column) or _comes_along(part, column, mapping, said):
            continue
        if column.required:
            opens = not is_meant and column.attribute in part.wanted_by
            yield Lack(part, column, opens)


def _can_be_said(column: Column) -> bool:
    """Numbers and what belongs to one person differ from row to row."""
    return not isinstance(column, IdentityColumn) and not isinstance(column.cell, OF_ONE_PERSON)


def _comes_along(part: Part, column: Column, mapping: Mapping, said: dict) -> bool:
    """Whether the value is taken from elsewhere in the row, or is what the rows refer to each other by."""
    if column.refers and column.attribute not in part.takes:
        return True
    for source in part.takes.get(column.attribute, ()):
        filled = mapping.attributes(source.title).keys() | said.get(source.title, {}).keys()
        if source.attribute == KEY or source.attribute in filled:
            return True
        other, its = mapping.kind.part(source.title), mapping.kind.sheets[source.title].column(source.attribute)
        if other is not part and _comes_along(other, its, mapping, said):
            return True  # the stage of the case from that of the child, and that from its grade
    return False
