"""The trial of a list: the rows that are right are checked together, and those that turn out wrong are taken out."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.models import Union
from portal.workbook.cells import IdNumberCell
from portal.workbook.importing.book import Book, Row
from portal.workbook.importing.checking import check
from portal.workbook.importing.holding import weighty
from portal.workbook.lists.rows import KEY, Entry, ListRow, RowReader
from portal.workbook.numbers import next_numbers


def tried(reader: RowReader, rows: list[ListRow], owner: Union, *, by_one: bool = False) -> "Trial":
    """A trial with a checked book of the rows that are right; each of the others has its reasons in `held`.

    A row's records come in together or not at all. `owner` is the 填报单位, locked by the caller. What needs a second
    person (four eyes) is not right where the list is brought in `by_one`.
    """
    while True:
        right = [row for row in rows if not row.held]
        trial = Trial(reader, owner)
        trial.fill(right)
        if not any(row.held for row in right):
            check(trial.book)
            trial.refuse_numbers_of_others()
            if by_one:
                trial.refuse_weighty()
            if not trial.book.errors:
                return trial
            trial.blame(right)
            if not any(row.held for row in right):
                # A fault of no row: of the book as a whole, so that nothing of it may come in.
                for row in right:
                    trial.hold_whole(row)


class Trial:
    """One attempt: the book, and which rows of the list share a record."""

    def __init__(self, reader: RowReader, owner: Union):
        self.reader = reader
        self.owner = owner
        kind = reader.mapping.kind
        self.book = Book(kind.workbook, reader.unit, timezone.localdate())
        self.shared: dict[tuple[str, object], Row] = {}
        self.made: dict[tuple[str, int], Row] = {}  # by sheet and row of the list
        self.companions: dict[tuple[str, int], list[ListRow]] = {}
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
            self.companions[title, known.number].append(row)
            return
        made = self.shared[named] = self.made[title, row.number] = self.reader.book_row(row, entry)
        self.companions[title, row.number] = [row]
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

    def refuse_weighty(self) -> None:
        """What decides, pays or changes a card comes in by a workbook, in which a second person sees it."""
        for row, why in weighty(self.book).values():
            reason = _("“%(why)s”须由审核人复核，清单不能直接写入：请改回原来的内容，或改用工作簿导入") % {"why": why}
            self.book.refuse(row, row.sheet.weighs_by or row.sheet.key.attribute, reason)

    def hold_whole(self, row: ListRow) -> None:
        part = self.reader.parts[0]
        reasons = "；".join(dict.fromkeys(error.reason for error in self.book.errors))
        self.reader.hold(row, part, part.identity, None, reasons)
