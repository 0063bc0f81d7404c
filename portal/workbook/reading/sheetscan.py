"""The pre-scan of a worksheet: its extent, and what the values alone do not show. Free of Django."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias
from xml.parsers import expat

from portal.workbook.reading import limits
from portal.workbook.reading.plainrows import COLUMN_LETTERS, PLAIN_ROW, check_order, check_values, cut_at_rows
from portal.workbook.reading.prescan import Budget, local_name
from portal.workbook.reading.references import LAST_COLUMN, LETTERS, Area, area, check_extent, position
from portal.workbook.reading.refusal import RefusedError

Attributes: TypeAlias = dict[str, str]

MARKERS = {"b": "boolean", "e": "error"}
SHARED = "s"  # the cell's kind whose value is a place among the shared texts


class SheetScan:
    """Extent, formulas, booleans, errors, merges and hidden rows of a worksheet.

    A cell counts where it holds something: formats, links and merges may lie as far out as they like. Only starts of
    elements are looked at, and text only where it is wanted, from one start to the next: every call from the parser
    costs as much as parsing the cell. Rows of plain shape (see `plainrows`) need no calls at all.
    """

    def __init__(self, budget: Budget, *, detailed: bool):
        self.budget = budget
        self.detailed = detailed
        self.row = self.column = self.cells = 0
        self.row_digits = ""
        self.kind: str | None = None  # of the current cell: its attribute t
        self.hidden = False
        self.collecting = False
        self.index: list[str] = []  # of the shared text that the current cell names
        self.marked: dict[tuple[int, int], tuple[str, list[str]]] = {}
        self.shapes: set[tuple[bytes, ...]] = set()
        self.hidden_rows = 0
        self.merges: list[Area] = []
        self.links: list[Area] = []
        self.handlers: dict[str, Callable[[Attributes], None]] = {
            "c": self._cell,
            "row": self._row,
            "f": self._formula,
            "v": self._value,
            "mergeCell": self._merge,
            "hyperlink": self._link,
            "is": self._inline,
            "t": _harmless,
        }

    def attach(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        parser.StartElementHandler = self.start

    def pieces(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The same bytes, cut at rows; the parser calls back only for those that are not plain."""
        for piece in cut_at_rows(chunks):
            plain = PLAIN_ROW.fullmatch(piece)
            if plain:
                self._stop_collecting()
                self._plain_row(int(plain["row"]), piece)
            self.parser.StartElementHandler = None if plain else self.start
            yield piece
        self._stop_collecting()

    def _plain_row(self, row: int, piece: bytes) -> None:
        self._begin_row(row)
        letters = tuple(COLUMN_LETTERS.findall(piece))
        if letters not in self.shapes:
            check_order(letters, row)
            self.shapes.add(letters)
        if row > limits.ROWS or len(letters) > limits.COLUMNS or (letters and len(letters[-1]) > 1):
            check_values(piece, row)
        if b"><v" in piece or b"><i" in piece:
            self.cells = len(letters)

    def _stop_collecting(self) -> None:
        if self.collecting:
            self.collecting = False
            self.parser.CharacterDataHandler = None
            index = "".join(self.index).strip()
            if index:
                _whole(index)
            self.index = []

    def _collect(self, pieces: list[str]) -> None:
        self.collecting = True
        self.parser.CharacterDataHandler = pieces.append

    def start(self, name: str, attributes: Attributes) -> None:
        self._stop_collecting()
        handler = self.handlers.get(name)
        if handler is None:
            handler = self.handlers.get(local_name(name), self._other)
        handler(attributes)

    def _other(self, _attributes: Attributes) -> None:
        self.budget.spend_other()

    def _row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        row = self.row + 1 if number is None else _whole(number)
        self._begin_row(row)
        self.row_digits = str(row)
        self.hidden = attributes.get("hidden") in ("1", "true")

    def _begin_row(self, row: int) -> None:
        if row <= self.row:
            raise RefusedError("repeated_cell", row=row)
        self.budget.spend_cells(self.cells)
        self.row, self.column, self.cells, self.hidden = row, 0, 0, False

    def _cell(self, attributes: Attributes) -> None:
        self.column = column = self.column + 1
        self.kind = attributes.get("t")
        reference = attributes.get("r")
        if column > limits.COLUMNS or reference != LETTERS[column] + self.row_digits:
            self._unexpected_cell(column, reference)

    def _unexpected_cell(self, column: int, reference: str | None) -> None:
        """A cell after a gap or far to the right, or one without a reference, which follows the one before it."""
        if reference is not None:
            row, place = position(reference)
            if row != self.row or place < column:
                raise RefusedError("repeated_cell", row=row)
            self.column = place
        elif column > LAST_COLUMN:
            raise RefusedError("damaged")

    def _formula(self, _attributes: Attributes) -> None:
        self._held()
        self._mark("formula")

    def _value(self, _attributes: Attributes) -> None:
        self._held()
        if self.kind == SHARED:
            self._collect(self.index)
        elif (marker := MARKERS.get(self.kind or "")) and (self.row, self.column) not in self.marked:
            self._mark(marker)

    def _inline(self, _attributes: Attributes) -> None:
        self._held()

    def _held(self) -> None:
        """The current cell holds something."""
        check_extent(self.row, self.column)
        self.cells += 1
        if self.hidden:
            self.hidden_rows += 1
            self.hidden = False

    def _mark(self, marker: str) -> None:
        self.budget.mark()
        if self.detailed:
            pieces: list[str] = []
            self.marked[self.row, self.column] = (marker, pieces)
            self._collect(pieces)

    def _merge(self, attributes: Attributes) -> None:
        self.budget.spend_other()
        self.merges.append(area(attributes.get("ref", "")))

    def _link(self, attributes: Attributes) -> None:
        self.budget.spend_other()
        self.links.append(area(attributes.get("ref", "")))


def _harmless(_attributes: Attributes) -> None:
    """The start of a text: what counts is the cell around it."""


def _whole(digits: str) -> int:
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        raise RefusedError("damaged")
    return int(digits)
