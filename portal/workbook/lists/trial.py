"""The trial of a list: the rows that are right are checked together, and those that turn out wrong are taken out."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.models import Union, User
from portal.workbook.cells import IdNumberCell
from portal.workbook.importing.book import Book, Row
from portal.workbook.importing.checking import check
from portal.workbook.importing.holding import WeightyRow, held_rows, weighty
from portal.workbook.importing.showing import NAMES
from portal.workbook.lists.rows import KEY, Entry, ListRow, RowReader
from portal.workbook.numbers import next_numbers


def tried(
    reader: RowReader, rows: list[ListRow], owner: Union, *, actor: User | None = None, by_one: bool = False
) -> "Trial":
    """A trial with a checked book of the rows that are right; each of the others has its reasons in `held`.

    A row's records come in together or not at all. `owner` is the 填报单位, locked by the caller; `actor` brings the
    list, None for the operator. Brought in `by_one`, rows that need a second person (four eyes) are set aside with
    their reasons in `waits`.
    """
    while True:
        right = [row for row in rows if row.is_right]
        trial = Trial(reader, owner, actor)
        trial.fill(right)
        if all(row.is_right for row in right):
            check(trial.book)
            trial.refuse_numbers_of_others()
            if by_one:
                trial.set_aside_weighty()
            if not trial.book.errors and all(row.is_right for row in right):
                return trial
            trial.blame(right)
            if all(row.is_right for row in right):
                # A fault of no row: of the book as a whole, so that nothing of it may come in.
                for row in right:
                    trial.hold_whole(row)


class Trial:
    """One attempt: the book, and which rows of the list share a record."""

    def __init__(self, reader: RowReader, owner: Union, actor: User | None = None):
        self.reader = reader
        self.owner = owner
        kind = reader.mapping.kind
        self.book = Book(kind.workbook, reader.unit, timezone.localdate(), actor=actor)
        self.given: set[str] = set()  # numbers that nobody typed
        self.shared: dict[tuple[str, object], Row] = {}
        self.made: dict[tuple[str, int], Row] = {}  # by sheet and row of the list
        self.companions: dict[tuple[str, int], tuple[ListRow, ...]] = {}
        for part in reader.parts:
            sheet = kind.sheets[part.title]
            self.book.rows[sheet] = []
            self.book.columns[sheet] = {column.attribute: place for place, column in enumerate(sheet.columns)}

    def fill(self, rows: list[ListRow]) -> None:
        for row in rows:
            for entry in row.entries.values():
                self._add(row, entry)
        for part in self.reader.parts:
            self._give_numbers(part.title, part.prefix)
        for row in rows:
            self._refer(row)

    def _add(self, row: ListRow, entry: Entry) -> None:
        sheet = self.reader.mapping.kind.sheets[entry.part.title]
        title = entry.part.title
        named = (title, entry.values.get(entry.part.identity))
        if entry.part.shared and named in self.shared:
            known = self.made[title, row.number] = self.shared[named]
            self._compare(row, entry, known)
            self.companions[title, known.number] += (row,)
            return
        at = (title, row.number)
        made = self.made[at] = self.reader.book_row(row, entry)
        if entry.part.shared:
            self.shared[named] = made
        self.companions[at] = (row,)
        self.book.rows[sheet].append(made)

    def _compare(self, row: ListRow, entry: Entry, known: Row) -> None:
        """Rows about one record say the same of it, or leave it out."""
        for attribute, value in entry.values.items():
            if value in (None, ""):
                continue
            if known.values.get(attribute) in (None, ""):
                known.values[attribute] = value
            elif known.values[attribute] != value:
                reason = _("与第 %(row)d 行同一人的内容不一致") % {"row": known.number}
                self.reader.hold(row, entry.part, attribute, entry.raw.get(attribute), reason)

    def _give_numbers(self, title: str, prefix: str) -> None:
        sheet = self.reader.mapping.kind.sheets[title]
        if sheet.key.attribute != KEY:
            return
        without = [row for row in self.book.rows[sheet] if row.values.get(KEY) in (None, "")]
        if without:
            numbers = next_numbers(sheet.model, unit=self.owner, prefix=prefix, count=len(without))
            for row, number in zip(without, numbers, strict=True):
                row.values[KEY] = number
            self.given.update(numbers)

    def _refer(self, row: ListRow) -> None:
        """References to a record of this same row that has only now got its number."""
        for entry in row.entries.values():
            for attribute, sources in entry.part.takes.items():
                for source in sources:
                    beside = self.made.get((source.title, row.number))
                    if source.attribute == KEY and beside:
                        self.made[entry.part.title, row.number].values[attribute] = beside.values[KEY]
                        break

    def blame(self, rows: Iterable[ListRow]) -> None:
        """Hold the rows of the list that the errors are about."""
        for error in self.book.errors:
            if error.sheet is None or error.row is None:
                continue
            for row in self.companions.get((error.sheet, error.row), ()):
                part = self.reader.mapping.kind.part(error.sheet)
                sheet = self.reader.mapping.kind.sheets[error.sheet]
                column = next(column for column in sheet.columns if column.heading == error.column)
                raw = row.entries[error.sheet].raw.get(column.attribute) if error.sheet in row.entries else None
                self.reader.hold(row, part, column.attribute, raw, error.reason)

    def refuse_numbers_of_others(self) -> None:
        """A number that is another person's on file is a slip of the pen: the person on file is not replaced."""
        for part in self.reader.parts:
            sheet = self.reader.mapping.kind.sheets[part.title]
            if not isinstance(sheet.column(part.identity).cell, IdNumberCell) or sheet.key.attribute == part.identity:
                continue
            for row in self.book.rows[sheet]:
                if not row.is_new and row.record is not None and part.identity in row.changed:
                    reason = _("这个%(heading)s在本单位已是另一人的，请核对；没有编号的可以留空")
                    self.book.refuse(row, sheet.key.attribute, reason % {"heading": sheet.key.heading})

    def set_aside_weighty(self) -> None:
        """Rows of the list that decide, pay or change a card wait for a second person, who sees just these."""
        for (title, number), (made, why) in weighty(self.book).items():
            attribute = made.sheet.weighing(made)
            for row in self.companions[title, number]:
                raw = row.entries[title].raw.get(attribute) if title in row.entries else None
                waits = self.reader.cell(row, self.reader.mapping.kind.part(title), attribute, raw, why)
                row.waits = (*row.waits, waits)

    def weighty_rows(self) -> list[WeightyRow]:
        """What a second person sees: each with the people it is about, and without numbers that are not sure yet."""
        return [
            replace(
                held,
                key=self._people(held) or self._sure(held.key),
                cells=[[heading, old, self._sure(new)] for heading, old, new in held.cells],
            )
            for held in held_rows(self.book)
        ]

    def _people(self, held: WeightyRow) -> str:
        """The names in the row of the list, of the parts down to its own."""
        rows = [self.made.get((part.title, held.row)) for part in self.reader.parts]
        names = [row.values.get(name) for row in rows if row for name in NAMES if row.values.get(name)]
        return " ".join(dict.fromkeys(map(str, names)))

    def _sure(self, text: str) -> str:
        return _("（导入时编号）") if text in self.given else text

    def hold_whole(self, row: ListRow) -> None:
        part = self.reader.parts[0]
        reasons = "；".join(dict.fromkeys(error.reason for error in self.book.errors))
        self.reader.hold(row, part, part.identity, None, reasons)
