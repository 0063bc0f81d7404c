"""Which sheets a workbook has, and in which part of the archive each lies. Free of Django."""

import posixpath
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from portal.text import ForbiddenCharacterError, normalise
from portal.workbook.reading.archive import part_name, unpacked
from portal.workbook.reading.prescan import Budget, PartScan, feed, local_name
from portal.workbook.reading.refusal import RefusedError

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


CONTENT_TYPES = "[content_types].xml"
HIDDEN = ("hidden", "veryHidden")
SPREADSHEET_TYPES = (b"spreadsheetml", b"ms-excel")


@dataclass(frozen=True)
class Tab:
    name: str  # as the file spells it
    title: str  # as it is found by
    part: str
    hidden: bool = False


@dataclass(frozen=True)
class Contents:
    """The worksheets in order, and whether days are counted from 1904."""

    tabs: list[Tab]
    date1904: bool


def contents(file: BinaryIO, entries: dict[str, zipfile.ZipInfo], budget: Budget) -> Contents:
    """What the workbook has. Of two sheets with the same title neither can be the one that is meant."""
    if WORKBOOK not in entries or RELATIONS not in entries:
        raise RefusedError("saved_otherwise" if _is_spreadsheet(file, entries) else "not_a_workbook")
    targets, sheets = _Targets(budget), _Sheets(budget)
    feed(unpacked(file, entries[RELATIONS]), targets)
    feed(unpacked(file, entries[WORKBOOK]), sheets)
    found: list[Tab] = []
    for name, relation, hidden in sheets.found:
        kind, part = targets.found.get(relation, ("", ""))
        if kind == "worksheet":
            found.append(Tab(name, _title(name), _known(part, entries), hidden))
    for tab in found:
        if sum(other.title == tab.title for other in found) > 1:
            raise RefusedError("repeated_sheet", sheet=tab.title)
    return Contents(found, sheets.date1904)


def _is_spreadsheet(file: BinaryIO, entries: dict[str, zipfile.ZipInfo]) -> bool:
    """Whether it is a workbook after all, whose parts have other names or another form (.xlsb)."""
    entry = entries.get(CONTENT_TYPES)
    types = b"".join(unpacked(file, entry)) if entry else b""
    return any(kind in types for kind in SPREADSHEET_TYPES)


def _title(name: str) -> str:
    try:
        return normalise(name)
    except ForbiddenCharacterError:
        raise RefusedError("damaged") from None


def _known(part: str, entries: dict[str, zipfile.ZipInfo]) -> str:
    if part not in entries:
        raise RefusedError("damaged")
    return part


class _Sheets(PartScan):
    """Names and relations of all tabs, from the workbook part."""

    def __init__(self, budget: Budget):
        super().__init__(budget)
        self.found: list[tuple[str, str, bool]] = []
        self.date1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.found.append((attributes.get("name", ""), relation, attributes.get("state") in HIDDEN))
        elif local_name(name) == "workbookPr":
            self.date1904 = attributes.get("date1904") in ("1", "true")


class _Targets(PartScan):
    """Kind and part of each relation of the workbook."""

    def __init__(self, budget: Budget):
        super().__init__(budget)
        self.found: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes.get("Id", "")] = (kind, _part(attributes.get("Target", "")))


def _part(target: str) -> str:
    absolute = target.startswith(("/", "\\"))
    name = part_name(target)
    return name if absolute or name.startswith("xl/") else posixpath.normpath(posixpath.join("xl", name))
