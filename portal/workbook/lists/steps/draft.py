"""A list between two steps: what its columns are taken for, what is said of it, and what was typed into its cells."""

import json
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property

from portal.models import ListUpload
from portal.workbook.lists.kinds import ListKind
from portal.workbook.lists.mapping import Mapping
from portal.workbook.lists.saying import Said, said_of
from portal.workbook.lists.service import Understood
from portal.workbook.lists.steps.stored import load_table
from portal.workbook.lists.table import ReadTable
from portal.workbook.lists.vocabulary import Target
from portal.workbook.sheets import TwoInOne

AT = "@"  # before the position of a column of the list; other places are columns of the workbook


@dataclass
class Reading:
    """What was decided about a list. Places are `@` and a position, or 工作表.attribute where the list has no column.

    `targets`: position → [工作表, attribute, which pair of columns it is cut into, or none]. `said`: 工作表.attribute →
    text for all rows. `answers`: 工作表.列 → word → that of the workbook. `edits`: row → place → text.
    """

    kind: str
    name: str = ""
    targets: dict[int, list[list]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    edits: dict[int, dict[str, str]] = field(default_factory=dict)

    def dumps(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def loads(cls, text: str) -> "Reading":
        stored = json.loads(text)
        for numbered in ("targets", "edits"):
            stored[numbered] = {int(key): value for key, value in stored[numbered].items()}
        return cls(**stored)


class Draft:
    """An upload with its table and its reading, opened."""

    def __init__(self, upload: ListUpload, kinds: Sequence[ListKind]):
        self.upload = upload
        self.kinds = kinds
        self.reading = Reading.loads(upload.reading)

    @cached_property
    def table(self) -> ReadTable:
        """As it was in the file."""
        table = load_table(self.upload.table)
        if not self.upload._state.adding:
            del self.upload.table  # of a long list 10 MB of text, asked for again where it is needed
        return table

    @property
    def kind(self) -> ListKind:
        return next(kind for kind in self.kinds if kind.name == self.reading.kind)

    @property
    def mapping(self) -> Mapping:
        targets = {
            at: tuple(_target(self.kind, *each) for each in stored) for at, stored in self.reading.targets.items()
        }
        return Mapping(self.kind, targets)

    def take(self, mapping: Mapping) -> None:
        """Keep what the columns are taken for."""
        self.reading.kind = mapping.kind.name
        self.reading.targets = {
            at: [stored_target(mapping.kind, target) for target in targets] for at, targets in mapping.targets.items()
        }

    @property
    def said(self) -> Said:
        """What was said, in the headings by which the importer knows the columns."""
        pairs = []
        for place, value in self.reading.said.items():
            title, _dot, attribute = place.partition(".")
            if title in self.kind.sheets and value:
                pairs.append((f"{title}.{self.kind.sheets[title].column(attribute).heading}", value))
        return Said(pairs)

    @property
    def everything_said(self) -> dict[str, dict[str, str]]:
        """By sheet title and attribute: what was said, and what the words above the table tell."""
        return said_of(self.table, self.mapping, self.upload.union, self.said)

    def type_in(self, typed: AnyMapping[int, AnyMapping[str, str]]) -> None:
        """Keep what was typed into cells, by row and place."""
        for number, cells in typed.items():
            self.reading.edits.setdefault(number, {}).update(cells)
        self.__dict__.pop("added", None)

    def understood(self) -> Understood:
        """The list as it is read now: with what was typed into its cells, and columns for what it has none for."""
        understood = Understood(self._typed_table(), self._mapping_with_added())
        understood.settle()
        return understood

    @cached_property
    def added(self) -> dict[str, int]:
        """Positions of the columns that the list has not: of every place that somebody typed into."""
        places = dict.fromkeys(
            place for typed in self.reading.edits.values() for place in typed if not place.startswith(AT)
        )
        width = max((len(cells) for _number, cells in self.table.rows), default=0)
        first = max([width, *(at + 1 for at in self.table.headings)])
        return {place: first + step for step, place in enumerate(places)}

    def _mapping_with_added(self) -> Mapping:
        mapping = self.mapping
        for place, at in self.added.items():
            title, _dot, attribute = place.partition(".")
            mapping.targets[at] = (Target(title, attribute),)
        return mapping

    def _typed_table(self) -> ReadTable:
        plain = self.table
        headings = dict(plain.headings)
        for place, at in self.added.items():
            title, _dot, attribute = place.partition(".")
            headings[at] = self.kind.sheets[title].column(attribute).heading
        rows = [(number, self._typed(number, cells)) for number, cells in plain.rows]
        added = frozenset(self.added.values())
        return ReadTable(plain.sheet, plain.heading_row, headings, rows, plain.above, plain.others, added)

    def _typed(self, number: int, cells: list) -> list:
        typed = self.reading.edits.get(number)
        return put_in(cells, {self.position(place): text for place, text in typed.items()}) if typed else cells

    def position(self, place: str) -> int:
        """The position that a place names."""
        return int(place[len(AT) :]) if place.startswith(AT) else self.added[place]

    def save(self) -> None:
        self.upload.reading = self.reading.dumps()
        self.upload.save(update_fields=["reading", "state", "outcome"])


def put_in(cells: list, typed: dict[int, str]) -> list:
    """The cells of a row with what was typed at positions."""
    width = max(len(cells), *(at + 1 for at in typed))
    changed = [*cells, *[None] * (width - len(cells))]
    for at, text in typed.items():
        changed[at] = text or None
    return changed


def stored_target(kind: ListKind, target: Target) -> list:
    """A target as it is stored, for `_target`."""
    return [target.title, target.attribute, pairs(kind).index(target.two_in_one) if target.two_in_one else None]


def _target(kind: ListKind, title: str, attribute: str, pair: int | None) -> Target:
    return Target(title, attribute, None if pair is None else pairs(kind)[pair])


def pairs(kind: ListKind) -> list[TwoInOne]:
    """All that one column may be cut into, of all sheets."""
    return [pair for sheet in kind.sheets.values() for pair in sheet.two_in_one]
