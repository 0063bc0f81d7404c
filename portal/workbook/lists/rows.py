"""Rows of a list as rows of its sheets: cells read, what is missing taken from beside, from above or from the file."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from portal.identity import clean_text
from portal.models import Union
from portal.words.identity_kinds import named_by_kind
from portal.workbook.cells import CellFault, CodeCell
from portal.workbook.importing.book import Row
from portal.workbook.importing.links import UnionColumn
from portal.workbook.lists.cells import Unknown, read_cell, says_nothing
from portal.workbook.lists.implied import implied_columns
from portal.workbook.lists.kinds import Part, Source
from portal.workbook.lists.mapping import Mapping
from portal.workbook.lists.places import Places
from portal.workbook.lists.table import ReadTable
from portal.workbook.lists.vocabulary import Target, in_ten_thousands
from portal.workbook.raw import Raw, shown
from portal.workbook.reading.norows import is_blank
from portal.workbook.sheets import Column

BLANK = (None, "")
KEY = "number"
COUNTED_BY = 100


@dataclass(frozen=True)
class Held:
    """A cell for whose sake its row is left to be completed; `column` is the heading of the list, where it has one.

    `at` is the position of that column, `target` the column of the workbook that could not be filled.
    """

    row: int
    column: str
    value: str | None
    reason: str
    at: int | None
    target: Target

    def as_json(self) -> dict:
        return {"row": self.row, "column": self.column, "value": self.value, "reason": self.reason}


@dataclass
class AskedWord:
    """A word that a coded column does not surely know: how it is read meanwhile, and in how many rows it stands."""

    meaning: str
    rows: int = 0


@dataclass(slots=True)
class Entry:
    """What one row of the list says for one of its sheets; `record` is the one on file that it is about."""

    part: Part
    raw: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    said: tuple[str, ...] = ()  # attributes that are said for all rows, not by this one
    rest: tuple[tuple[str, str], ...] = ()  # attributes, and what their cells hold besides the value
    record: Model | None = None


@dataclass(slots=True)  # 20 000 of them, three entries each: nothing is made before there is something to hold
class ListRow:
    """One row of the list: an entry for each of its sheets, what is wrong with it, and what a second person sees."""

    number: int
    entries: dict[str, Entry] = field(default_factory=dict)
    held: tuple[Held, ...] = ()
    waits: tuple[Held, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether it may come in as it is."""
        return not self.held and not self.waits


class RowReader:
    """Reads the rows of one list. `said` is, by sheet title and attribute, what is said once for all rows."""

    def __init__(self, table: ReadTable, mapping: Mapping, said: AnyMapping[str, AnyMapping[str, str]], unit: Union):
        self.table = table
        self.mapping = mapping
        self.said = said
        self.unit = unit
        self.places = Places(unit)
        self.parts = mapping.parts({name for values in said.values() for name in values})
        self.positions = {part.title: mapping.positions(part.title) for part in self.parts}
        self.implied = list(implied_columns(table, mapping))
        self.notices: list[str] = []
        self.words: dict[tuple[str, str], dict[str, AskedWord]] = {}

    def read_cells(
        self,
        rows: Sequence[tuple[int, list]],
        answers: AnyMapping[str, AnyMapping[str, str]],
        tick: Callable[[int], None],
    ) -> list[ListRow]:
        """All rows, as far as their cells tell; `tick` is told of every COUNTED_BY of them."""
        self.answers = answers
        found = []
        for start in range(0, len(rows), COUNTED_BY):
            some = rows[start : start + COUNTED_BY]
            found += [self._cells(number, cells) for number, cells in some]
            tick(len(some))
        return found

    def complete(self, rows: Sequence[ListRow]) -> None:
        """Fill the rows from what is on file; each has the reasons why it is held back, if it is."""
        for part in self.parts:
            self._complete(part, [row for row in rows if part.title in row.entries])

    def _cells(self, number: int, cells: list) -> ListRow:
        row = ListRow(number)
        for part in self.parts:
            raw = self._raw(part, cells)
            if self._is_meant(part, raw, row):
                entry = row.entries[part.title] = Entry(part, raw)
                for attribute, value in raw.items():
                    self._read(row, entry, attribute, value)
        self._compare_implied(row, cells)
        return row

    def _compare_implied(self, row: ListRow, cells: list) -> None:
        for implied in self.implied:
            entry = row.entries.get(implied.title)
            number = entry and entry.values.get(entry.part.identity)
            if entry and number and (sex := implied.untold_sex(cells, number)):
                entry.values |= dict.fromkeys(entry.part.sexed, sex)
            if told := implied.told(row.number, cells, number):
                self.notices.append(told)

    def _raw(self, part: Part, cells: list) -> dict[str, Any]:
        found: dict[str, Raw] = {}
        for attribute, sources in self.positions[part.title].items():
            for position, target in sources:
                value = _cut(cells[position] if position < len(cells) else None, target)
                if position in self.table.added and is_blank(value):
                    continue  # the list has no such column: nothing is said
                if attribute not in found or (is_blank(found[attribute]) and not is_blank(value)):
                    found[attribute] = value
        for name, other in self.mapping.kind.sheets[part.title].put_before.items():
            word = found.pop(name, None)
            if other in found:
                found[other] = named_by_kind(word, found[other])
        return found

    def _is_meant(self, part: Part, raw: dict[str, Any], row: ListRow) -> bool:
        if part.follows:
            return part.follows in row.entries
        own = (attribute for attribute in raw if attribute not in part.takes)
        return any(not says_nothing(self._column(part, attribute), raw[attribute]) for attribute in own)

    def _read(self, row: ListRow, entry: Entry, attribute: str, raw: Raw) -> None:
        """Take what a cell says. A blank one says nothing: the list of one occasion erases nothing that is on file."""
        column = self._column(entry.part, attribute)
        if says_nothing(column, raw):
            return
        if isinstance(column, UnionColumn):
            raw = self.places.code(raw, self._said(entry.part, attribute))
        try:
            answer = read_cell(
                column,
                raw,
                ten_thousands=in_ten_thousands(self.heading(entry.part, attribute), self.table.above),
                answers=self.answers.get(f"{entry.part.title}.{column.heading}"),
            )
        except CellFault as fault:
            if isinstance(fault, Unknown):
                self._ask(entry.part, attribute, raw, "")
            self.hold(row, entry.part, attribute, raw, str(fault))
            return
        entry.values[attribute] = answer.value
        if answer.rest:
            entry.rest = (*entry.rest, (attribute, answer.rest))
        if answer.remark and isinstance(column.cell, CodeCell):
            self._ask(entry.part, attribute, raw, column.cell.render(answer.value) or "")
        if answer.remark:
            self.notices.append(
                _("第 %(row)d 行“%(heading)s”：%(remark)s")
                % {"row": row.number, "heading": self.heading(entry.part, attribute), "remark": answer.remark}
            )

    def _ask(self, part: Part, attribute: str, raw: Raw, meaning: str) -> None:
        word = clean_text(shown(raw) or "")
        asked = self.words.setdefault((part.title, attribute), {}).setdefault(word, AskedWord(meaning))
        asked.rows += 1

    def _said(self, part: Part, attribute: str) -> str | None:
        return self.said.get(part.title, {}).get(attribute)

    def _column(self, part: Part, attribute: str) -> Column:
        return self.mapping.kind.sheets[part.title].column(attribute)

    def heading(self, part: Part, attribute: str) -> str:
        """The heading of the list's column that fills the attribute, or of the sheet's where the list has none."""
        found = self.positions[part.title].get(attribute)
        return self.table.headings[found[0][0]] if found else self._column(part, attribute).heading

    def hold(self, row: ListRow, part: Part, attribute: str, raw: Raw, reason: str) -> None:
        """Leave the row to be completed; of one cell the first reason counts."""
        held = self.cell(row, part, attribute, raw, reason)
        if not any(other.column == held.column for other in row.held):
            row.held = (*row.held, held)

    def cell(self, row: ListRow, part: Part, attribute: str, raw: Raw, reason: str) -> Held:
        """The cell of the list that fills the attribute, with the reason why its row does not come in."""
        found = self.positions[part.title].get(attribute)
        at = found[0][0] if found else None
        heading = self.heading(part, attribute)
        return Held(row.number, heading, shown(raw), reason, at, Target(part.title, attribute))

    def _complete(self, part: Part, rows: list[ListRow]) -> None:
        """Fill what the cells lack: from other parts of the row, from what is said, from the record on file."""
        for row in rows:
            for attribute in self.said.get(part.title, {}):
                self._say(row, part, attribute)
            for attribute, sources in part.takes.items():
                if row.entries[part.title].values.get(attribute) in BLANK:
                    self._take(row, part, attribute, sources)
            self._keep_rest(row, row.entries[part.title])
        known = part.on_file(self.unit, [row.entries[part.title].values for row in rows])
        for row, record in zip(rows, known, strict=True):
            entry = row.entries[part.title]
            entry.record = record
            self._keep_rest(row, entry, on_file=True)
            self._find(row, entry)

    def _keep_rest(self, row: ListRow, entry: Entry, *, on_file: bool = False) -> None:
        """Put what cells hold besides their values to the note that the row itself has; `on_file`: else to the one
        of the record, which it joins."""
        for attribute, rest in entry.rest:
            column = self._column(entry.part, attribute)
            note = self.mapping.kind.sheets[entry.part.title].by_attribute.get(column.rest_to)
            if note is None or (entry.values.get(note.attribute) in BLANK and not on_file):
                continue
            old = entry.values.get(note.attribute) or (entry.record and note.get_value(entry.record)) or ""
            joined = old if rest in old else f"{old}；{column.heading}：{rest}" if old else rest
            entry.rest = tuple(each for each in entry.rest if each[0] != attribute)
            self._read(row, entry, note.attribute, joined)

    def _take(self, row: ListRow, part: Part, attribute: str, sources: Iterable[Source]) -> None:
        for source in sources:
            beside = row.entries.get(source.title)
            value = None
            if beside and beside.values.get(source.attribute) not in BLANK:
                value = beside.values[source.attribute]
                value = self._column(beside.part, source.attribute).cell.render(value)
                value = source.worded(value, beside.values) if source.worded else value
            elif beside and beside.record is not None and source.same:
                value = self._column(beside.part, source.attribute).export(beside.record)
            if value not in BLANK:
                self._read(row, row.entries[part.title], attribute, value)
                return

    def _say(self, row: ListRow, part: Part, attribute: str) -> None:
        entry = row.entries[part.title]
        filled = entry.raw.get(attribute)
        if entry.values.get(attribute) in BLANK and is_blank(filled):
            self._read(row, entry, attribute, self._said(part, attribute))
            entry.said = (*entry.said, attribute)

    def _find(self, row: ListRow, entry: Entry) -> None:
        """The key of the record on file, and what only a new record must have."""
        sheet = self.mapping.kind.sheets[entry.part.title]
        key = sheet.key.attribute
        if entry.record is not None:
            entry.values[key] = sheet.key.get_value(entry.record)
            for attribute in entry.said:  # what the list lacks is on file
                if attribute != key:
                    entry.values.pop(attribute, None)
        for column in sheet.columns:
            given = entry.values.get(column.attribute) not in BLANK
            if given or not column.required or column.attribute == KEY or self._is_held(row, entry, column):
                continue
            if self._will_be_numbered(row, entry.part, column):
                continue
            if entry.record is None:
                lacks = entry.part.lacks.get(column.attribute) or _("必须填写")
                self.hold(row, entry.part, column.attribute, entry.raw.get(column.attribute), str(lacks))

    def _will_be_numbered(self, row: ListRow, part: Part, column: Column) -> bool:
        """Whether it refers to a record of this same row that gets its number later."""
        sources = part.takes.get(column.attribute, ())
        return any(source.attribute == KEY and source.title in row.entries for source in sources)

    def _is_held(self, row: ListRow, entry: Entry, column: Column) -> bool:
        heading = self.heading(entry.part, column.attribute)
        return any(held.column == heading for held in row.held)

    def book_row(self, row: ListRow, entry: Entry) -> Row:
        """A fresh row for the importer, which changes its values."""
        sheet = self.mapping.kind.sheets[entry.part.title]
        return Row(sheet, row.number, raw=entry.raw, values=dict(entry.values))


def _cut(value: Raw, target: Target) -> Raw:
    """The half of a cell that holds two things."""
    if target.two_in_one is None or not isinstance(value, str):
        return value
    return target.two_in_one.cut(value)[target.two_in_one.attributes.index(target.attribute)]
