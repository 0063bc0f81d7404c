"""What would become of each row of a list: shown before anything is written."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from portal.workbook.importing.book import Row
from portal.workbook.importing.masking import mask_of, masked
from portal.workbook.lists.rows import Held, ListRow
from portal.workbook.lists.service import Understood
from portal.workbook.lists.steps.draft import AT
from portal.workbook.lists.steps.questions import Question
from portal.workbook.lists.trial import Trial
from portal.workbook.lists.vocabulary import Target
from portal.workbook.raw import shown

NEW, CHANGED, SAME, HELD, WAITS = "new", "changed", "same", "held", "waits"


@dataclass(frozen=True)
class WrongCell:
    """A wrong cell: its place, what stands there, and why it is wrong."""

    place: str
    heading: str
    value: str
    reason: str


@dataclass
class PreviewRow:
    """One row: its number in the file, what becomes of it, cells read differently from what they say, and changes.

    Of one that waits for a second person `why` says what for. `later` is the moment, in ISO 8601, at which one came in
    that had been left when the others did.
    """

    number: int
    fate: str
    read: dict[int, str] = field(default_factory=dict)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[WrongCell] = field(default_factory=list)
    why: str = ""
    later: str = ""

    @property
    def came_at(self) -> datetime | None:
        """`later` as a moment."""
        return datetime.fromisoformat(self.later) if self.later else None


@dataclass
class Preview:
    """The outcome of a check with its rows, in the list's own order, and the words that it could not surely tell."""

    outcome: dict
    rows: list[PreviewRow] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)

    def dumps(self) -> str:
        rows = ",".join(json.dumps(asdict(row), ensure_ascii=False) for row in self.rows)  # one by one: they are many
        rest = {"outcome": self.outcome, "asked": [asdict(question) for question in self.asked]}
        return f'{json.dumps(rest, ensure_ascii=False)[:-1]}, "rows": [{rows}]}}'

    @classmethod
    def loads(cls, text: str) -> "Preview":
        stored = json.loads(text)
        for row in stored["rows"]:
            row["read"] = {int(at): text for at, text in row["read"].items()}
            row["faults"] = [WrongCell(**fault) for fault in row["faults"]]
        rows = [PreviewRow(**row) for row in stored["rows"]]
        return cls(stored["outcome"], rows, [Question(**question) for question in stored["asked"]])

    def count(self, fate: str) -> int:
        return sum(row.fate == fate for row in self.rows)


class Previewer:
    """Looks at the rows of a list while they are tried. `understood` is the list as it is tried."""

    def __init__(self, understood: Understood):
        self.understood = understood
        self.rows: list[PreviewRow] = []

    def __call__(self, rows: list[ListRow], trial: Trial) -> None:
        cells = dict(self.understood.rows)
        self.rows = [self._row(row, cells[row.number], trial) for row in rows]

    def _row(self, row: ListRow, cells: list, trial: Trial) -> PreviewRow:
        if row.held:
            return PreviewRow(row.number, HELD, faults=faults_of(row.held, self.understood.table.added))
        if row.waits:
            return PreviewRow(row.number, WAITS, self._read(row, cells), why=row.waits[0].reason)
        made = [trial.made[title, row.number] for title in row.entries]
        changes = [cell for each in made if not each.is_new and each.changed for cell in _changes(each)]
        is_new = any(each.is_new and each.number == row.number for each in made)
        fate = NEW if is_new else CHANGED if changes else SAME
        return PreviewRow(row.number, fate, self._read(row, cells), changes)

    def _read(self, row: ListRow, cells: list) -> dict[int, str]:
        """By position, what a cell is read as where that is not what it says."""
        read = {}
        for at, targets in self.understood.mapping.targets.items():
            raw = shown(cells[at]) if at < len(cells) else None
            plain, masked_text = self._as_read(row, targets)
            if plain and _squeezed(raw) != _squeezed(plain):
                read[at] = masked_text
        return read

    def _as_read(self, row: ListRow, targets: Iterable[Target]) -> tuple[str, str]:
        texts: dict[str, str] = {}
        for target in targets:
            entry = row.entries.get(target.title)
            value = entry.values.get(target.attribute) if entry and target.attribute in entry.raw else None
            if value not in (None, ""):
                column = self.understood.mapping.column(target)
                text = shown(column.cell.render(value)) or ""
                texts[text] = mask_of(column)(text)
        return " ".join(texts), " ".join(texts.values())


def _squeezed(text: str | None) -> str:
    return "".join((text or "").split())


def faults_of(held: Iterable[Held], added: Collection[int]) -> list[WrongCell]:
    """The faults of one row, each at its place; `added` are positions of columns that the list has not."""
    return [WrongCell(_place(each, added), each.column, each.value or "", each.reason) for each in held]


def _place(held: Held, added: Collection[int]) -> str:
    if held.at is None or held.at in added:
        return f"{held.target.title}.{held.target.attribute}"
    return f"{AT}{held.at}"


def _changes(row: Row) -> list[tuple[str, str, str]]:
    """Heading, what is on file, what it becomes."""
    found = []
    for attribute in sorted(row.changed):
        column = row.sheet.column(attribute)
        old, new = masked(row, column, row.old[attribute]), masked(row, column, column.export(row.record))
        found.append((str(column.heading), old, new))
    return found
