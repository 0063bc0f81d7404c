"""What is said once for all rows of a list: by the person, by the words above the table, by the unit that imports."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.models import Union
from portal.workbook.cells import CellFault, DateCell
from portal.workbook.lists.cells import read_cell
from portal.workbook.lists.kinds import ListKind
from portal.workbook.lists.mapping import Mapping
from portal.workbook.lists.places import Places
from portal.workbook.lists.table import ReadTable
from portal.workbook.lists.vocabulary import Target, vocabulary_of
from portal.workbook.sheets import Column

YEAR = re.compile("(20[0-9]{2}) *(?:年|学年)")
DAY = re.compile(
    "(?:填报|填表|制表|上报)?(?:日期|时间) *[:：] *([0-9]{4} *[-./年] *[0-9]{1,2} *[-./月] *[0-9]{1,2} *日?)"
)
CAMPAIGN = "campaign"


class UnknownColumn(ValueError):  # noqa: N818  named after what the person typed
    """A column that the list's kind does not have."""


@dataclass
class Said:
    """What the person says: (heading or 工作表.列, value) for all rows, and the campaign's year."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    year: int | None = None


def said_of(table: ReadTable, mapping: Mapping, unit: Union, said: Said) -> dict[str, dict[str, str]]:
    """Values by sheet title and attribute. Raises UnknownColumn, and CellFault for a value that cannot be read."""
    found: dict[str, dict[str, str]] = {}
    days: list[str] = []
    for title, attribute, value in _told(table, mapping.kind, unit):
        found.setdefault(title, {})[attribute] = value
    if said.year is not None:
        _put(found, mapping.kind, CAMPAIGN, str(said.year))
    for heading, value in said.pairs:
        for target in columns_called(heading, mapping.kind):
            column = mapping.column(target)
            if target.attribute != "union":
                read_cell(column, value)
            found.setdefault(target.title, {})[target.attribute] = value
            if target.attribute in mapping.kind.dated:
                days.append(value)
    _date(found, mapping.kind, days)
    return found


def _date(found: dict, kind: ListKind, days: list[str]) -> None:
    """The one day that is said is that of the list: no other date is taken from the words above the table then."""
    for title, sheet in kind.sheets.items():
        for attribute in kind.dated & sheet.by_attribute.keys():
            if len(days) == 1:
                found.setdefault(title, {})[attribute] = days[0]


def _told(table: ReadTable, kind: ListKind, unit: Union) -> Iterator[tuple[str, str, str]]:
    """What the words above the table tell, and the union that imports."""
    places = Places(unit)
    union = places.told(table.above) or unit.code
    year, day = YEAR.search(table.titled), DAY.search(table.above)
    told = kind.told(table.titled)
    for title, sheet in kind.sheets.items():
        for column in sheet.columns:
            if column.attribute == "union":
                yield title, "union", union
            elif column.attribute == CAMPAIGN and year:
                yield title, CAMPAIGN, year[1]
            elif column.attribute in kind.dated and day and _is_day(column, day[1]):
                yield title, column.attribute, "".join(day[1].split())
            elif column.attribute in told:
                yield title, column.attribute, told[column.attribute]


def _is_day(column: Column, text: str) -> bool:
    try:
        read_cell(column, text)
    except CellFault:
        return False
    return isinstance(column.cell, DateCell)


def _put(found: dict, kind: ListKind, attribute: str, value: str) -> None:
    for title, sheet in kind.sheets.items():
        if attribute in sheet.by_attribute:
            found.setdefault(title, {})[attribute] = value


def columns_called(name: str, kind: ListKind) -> list[Target]:
    """The columns that `name` means: 工作表.列, or a heading in every sheet that has it. Raises UnknownColumn."""
    title, dot, heading = name.partition(".")
    sheets = {title: kind.sheets[title]} if dot and title in kind.sheets else kind.sheets
    heading = heading if dot and title in kind.sheets else name
    exact = [
        Target(title, column.attribute)
        for title, sheet in sheets.items()
        for column in sheet.columns
        if column.heading in (heading, f"{heading}(元)")
    ]
    if exact:
        return exact
    words = vocabulary_of(kind)
    choices = words.prefixed(heading) or words.unprefixed(heading)
    found = [target for title, targets in choices.items() if title in sheets for target in targets]
    if not found:
        raise UnknownColumn(_("没有“%(name)s”这一列") % {"name": name})
    return found
