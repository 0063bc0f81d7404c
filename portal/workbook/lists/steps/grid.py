"""Rows of a list as a grid: cells as they stand in the file, those of wrong rows open to be typed into."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from functools import cached_property

from portal.workbook.cells import CodeListCell
from portal.workbook.importing.masking import mask_of, numbers_masked
from portal.workbook.lists.steps.draft import AT, Draft
from portal.workbook.lists.steps.preview import HELD, PreviewRow, WrongCell
from portal.workbook.lists.vocabulary import Target
from portal.workbook.raw import shown

FIELD = "cell-"
NARROWEST, WIDEST = 10, 30
LAST_NARROW = 0xFF


@dataclass(frozen=True)
class GridColumn:
    """A column of the grid; `words` are what may be chosen in it: one of them, or `several`."""

    place: str
    heading: str
    words: tuple[str, ...]
    several: bool = False


@dataclass(frozen=True)
class GridCell:
    """A cell: what stands in it, what that is read as where it is something else, and why it is wrong.

    `is_changed`: something was typed over what was judged, and waits to be sent.
    """

    column: GridColumn
    name: str
    text: str
    read: str = ""
    reason: str = ""
    is_changed: bool = False

    @property
    def choices(self) -> list[str]:
        """What a select offers: what stands there first, if it is no word to choose from."""
        words = list(self.column.words)
        return words if self.text in ("", *words) else [self.text, *words]

    @property
    def width(self) -> int:
        """In digits: of a number all must be seen to be compared."""
        wide = sum(2 if ord(character) > LAST_NARROW else 1 for character in self.text)
        return min(max(wide + 1, NARROWEST), WIDEST)


@dataclass(frozen=True)
class GridRow:
    """A row; `is_open` if its cells may be typed into."""

    row: PreviewRow
    is_open: bool
    cells: list[GridCell]

    @property
    def reasons(self) -> list[WrongCell]:
        return self.row.faults


class Grid:
    """The columns of a list that are read, and those that single rows lack; wrong rows are open if `can_type`.

    `typed` is what was typed by row and place and not sent yet: it stands in the cells.
    """

    def __init__(
        self,
        draft: Draft,
        rows: Iterable[PreviewRow],
        *,
        can_type: bool = True,
        typed: AnyMapping[int, AnyMapping[str, str]] | None = None,
    ):
        self.can_type = can_type
        self.typed = typed or {}
        self.draft = draft
        self.shown_rows = list(rows)
        self.understood = draft.understood()

    @cached_property
    def cells(self) -> dict[int, list]:
        return dict(self.understood.table.rows)

    @cached_property
    def columns(self) -> list[GridColumn]:
        """The first column, by which people know a row; those with wrong cells; and the others as in the list."""
        places = [f"{AT}{at}" for at in sorted(self.draft.mapping.targets)]
        faults = [fault.place for row in self.shown_rows for fault in row.faults]
        lacking = (place for place in self.draft.added if not place.startswith(AT))
        return [self._column(place) for place in dict.fromkeys([*places[:1], *faults, *places, *lacking])]

    def _column(self, place: str) -> GridColumn:
        target = self._target(place)
        column = self.understood.mapping.column(target)
        headings = self.understood.table.headings
        heading = headings[int(place[len(AT) :])] if place.startswith(AT) else str(column.heading)
        words = () if target.two_in_one else column.cell.words
        return GridColumn(place, heading, words, several=isinstance(column.cell, CodeListCell))

    def _target(self, place: str) -> Target:
        if place.startswith(AT):
            return self.draft.mapping.targets[int(place[len(AT) :])][0]
        title, _dot, attribute = place.partition(".")
        return Target(title, attribute)

    def _at(self, place: str) -> int | None:
        return self.draft.position(place) if place.startswith(AT) or place in self.draft.added else None

    @property
    def rows(self) -> Iterator[GridRow]:
        for row in self.shown_rows:
            is_open = self.can_type and row.fate == HELD
            faults = {fault.place: fault.reason for fault in row.faults}
            cells = [self._cell(row, column, faults.get(column.place, ""), is_open=is_open) for column in self.columns]
            yield GridRow(row, is_open, cells)

    def _cell(self, row: PreviewRow, column: GridColumn, reason: str, *, is_open: bool) -> GridCell:
        at = self._at(column.place)
        read = row.read.get(at, "") if at is not None else ""
        text = self.text(row.number, column.place)
        is_changed = False
        if is_open:
            judged = self.filled(row.number, column.place)
            text = self.typed.get(row.number, {}).get(column.place, judged)
            is_changed = bool(reason) and text != judged
        else:
            # A column that holds two things is of no one cell.
            text = numbers_masked(mask_of(self.understood.mapping.column(self._target(column.place)))(text))
        name = f"{FIELD}{row.number}-{column.place}"
        return GridCell(column, name, text, read, "" if is_changed else reason, is_changed)

    @cached_property
    def said(self) -> AnyMapping[str, AnyMapping[str, str]]:
        return self.draft.everything_said

    def filled(self, number: int, place: str) -> str:
        """What stands in an open cell: where the row has nothing, what is said of all rows."""
        text = self.text(number, place)
        if text or place.startswith(AT):
            return text
        title, _dot, attribute = place.partition(".")
        return self.said.get(title, {}).get(attribute, "")

    def text(self, number: int, place: str) -> str:
        """What stands in a cell now, as a clerk sees it."""
        cells, at = self.cells[number], self._at(place)
        return (shown(cells[at]) or "") if at is not None and at < len(cells) else ""


def typed_cells(draft: Draft, sent: AnyMapping[str, str], rows: Iterable[int]) -> dict[int, dict[str, str]]:
    """What a form with fields `cell-ROW-PLACE` changes in `rows`, by row and place; strange fields are passed over."""
    grid = Grid(draft, [])
    allowed = set(rows) & grid.cells.keys()
    typed: dict[int, dict[str, str]] = {}
    for name, text in sent.items():
        number, _dash, place = name.removeprefix(FIELD).partition("-")
        if not name.startswith(FIELD) or not number.isdecimal() or int(number) not in allowed:
            continue
        if _is_place(draft, place) and text.strip() != grid.filled(int(number), place).strip():
            typed.setdefault(int(number), {})[place] = text.strip()
    return typed


def _is_place(draft: Draft, place: str) -> bool:
    if place.startswith(AT):
        return place[len(AT) :].isdecimal() and int(place[len(AT) :]) in draft.reading.targets
    title, _dot, attribute = place.partition(".")
    return title in draft.kind.sheets and attribute in draft.kind.sheets[title].by_attribute
