"""What the template of a grid draws: headings, lines, cells, and what is said of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.record_rules import Doubt
from portal.records.grid.form import GridForm
from portal.records.grid.lines import PK, SURE, VERSION, Line
from portal.words.pinyin import initials
from portal.workbook.cells import AmountCell, CardCell, CodeListCell, DateCell, IdNumberCell, TextCell, WholeCell
from portal.workbook.sheets import Column

MOST_SUMMED = 20  # faults told above the grid; all of them stand at their cells
LONG = 100


@dataclass(frozen=True)
class GridHeading:
    """A column: what it is called, what may stand there, how wide it is, and the words to choose from."""

    attribute: str
    label: str
    required: bool
    help: str
    width: str
    date: str
    words: list[tuple[str, str]]


@dataclass(frozen=True)
class EntryCell:
    """A cell: the name of its field, what stands in it, what a blank one means, and why it is wrong."""

    heading: GridHeading
    name: str
    text: str
    hint: str
    reasons: list[str]


@dataclass(frozen=True)
class GridLine:
    """A line with its cells, and what is said of it as a whole."""

    line: Line
    caption: str
    url: str
    cells: list[EntryCell]
    reasons: list[str]

    @property
    def hidden(self) -> list[tuple[str, object]]:
        """Names and values that travel with the line."""
        if self.line.pk is None:
            return []
        return [(f"{PK}-{self.line.number}", self.line.pk), (f"{VERSION}-{self.line.number}", self.line.version or "")]

    @property
    def doubts(self) -> list[Doubt]:
        return self.line.doubts if self.line.is_asked else []

    @property
    def sure(self) -> str:
        return f"{SURE}-{self.line.number}"


class GridTable:
    """The lines of a grid; `captions` are by line: of records on file name and address, of new ones whose they are."""

    def __init__(self, form: GridForm, lines: Sequence[Line], captions: dict[int, tuple[str, str]] | None = None):
        self.form = form
        self.captions = captions or {}
        self.headings = [_heading(form, column) for column in form.columns]
        self.lines = [self._line(line) for line in lines]

    def _line(self, line: Line) -> GridLine:
        caption, url = self.captions.get(line.number, ("", ""))
        columns = zip(self.headings, self.form.columns, strict=True)
        cells = [self._cell(line, heading, column) for heading, column in columns]
        return GridLine(line, caption, url, cells, line.reasons.get(None, []))

    def _cell(self, line: Line, heading: GridHeading, column: Column) -> EntryCell:
        name, text = heading.attribute, line.typed.get(heading.attribute)
        if text is None:
            text = "" if line.record is None else self.form.text(column, line.record)
        hint = self.form.hint(column, line.record)
        return EntryCell(heading, f"{name}-{line.number}", text, hint, line.reasons.get(name, []))

    @property
    def faults(self) -> list[tuple[str, str, str, str]]:
        """The first faults: the id of the cell, the line, the heading and the reason."""
        return list(self._faults())[:MOST_SUMMED]

    @property
    def count(self) -> int:
        return sum(1 for _fault in self._faults())

    @property
    def more(self) -> int:
        return max(0, self.count - MOST_SUMMED)

    def _faults(self) -> Iterator[tuple[str, str, str, str]]:
        for line in self.lines:
            said = _("第 %(line)d 行") % {"line": line.line.number}
            first = line.cells[0].name
            yield from ((first, said, "", reason) for reason in line.reasons)
            for cell in line.cells:
                yield from ((cell.name, said, cell.heading.label, reason) for reason in cell.reasons)

    @property
    def asked(self) -> int:
        return sum(1 for line in self.lines if line.doubts)


def _heading(form: GridForm, column: Column) -> GridHeading:
    cell = column.cell
    date = ("any" if cell.future else "past") if isinstance(cell, DateCell) else ""
    help_ = "；".join(text for text in (str(cell.help), str(column.note)) if text)
    words = _words(form.words(column))
    required = form.is_required(column) and column.attribute not in {**form.defaults, **form.grid.told}
    return GridHeading(column.attribute, str(column.heading), required, help_, _width(column, words), date, words)


def _words(words: Iterable[str]) -> list[tuple[str, str]]:
    """What may be chosen, each with the initials by which it is found."""
    return [(word, initials(word.strip())) for word in words]


def _width(column: Column, words: Sequence) -> str:
    match column.cell:
        case IdNumberCell() | CardCell():
            return "number"
        case CodeListCell():
            return "wide"
        case DateCell() | AmountCell():
            return "short"
        case WholeCell():
            return "narrow"
        case TextCell() as text if text.max_length > LONG:
            return "wide"
    longest = max((len(word) for word, _initials in words), default=0)
    return "narrow" if words and longest <= 2 else "short" if words and longest <= 4 else "plain"
