"""The state of one import: rows, the records they became, errors and notices."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from portal.models import Union, UnionOwned, User, VoidableRecord
from portal.record_rules import Fault
from portal.workbook.errors import WorkbookError
from portal.workbook.raw import shown
from portal.workbook.sheets import Sheet, Workbook

# Bookkeeping of a record, which no sheet brings and no comparison looks at.
UNCOMPARED = frozenset({"version", "updated_at"})


Adopted = TypeVar("Adopted", bound=Model)


def misheaded_words() -> str:
    return _("缺少此列，表头“%(heading)s”与它相近，如果就是它，请改正表头")


def state(record: Model) -> dict[str, Any]:
    """What the database would hold of `record`: equal states need no writing."""
    return {
        column.attname: getattr(record, column.attname)
        for column in record._meta.concrete_fields
        if column.name not in UNCOMPARED
    }


NOTHING_OLD: Mapping[str, Any] = MappingProxyType({})  # one for the many rows that change nothing


@dataclass(eq=False, slots=True)
class Row:
    """One row: its cells as read, their values, and the record they were merged into."""

    sheet: Sheet
    number: int
    raw: dict[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    typed: dict[str, Any] = field(default_factory=dict)  # of link cells, before they were resolved
    faulty: frozenset[str] = frozenset()
    targets: dict[str, Model] = field(default_factory=dict)
    record: UnionOwned | None = None
    before: dict[str, Any] | None = None
    changed: frozenset[str] = frozenset()
    void: VoidableRecord | None = None  # a record of this key that was taken back
    old: Mapping[str, Any] = field(default_factory=lambda: NOTHING_OLD)  # of changed cells, what was on file

    @property
    def is_new(self) -> bool:
        return self.record is not None and self.before is None

    @property
    def bound(self) -> UnionOwned:
        """The record of a row that is known to have one."""
        if self.record is None:
            message = f"row {self.number} of {self.sheet.title} has no record"
            raise LookupError(message)
        return self.record

    def key(self, attribute: str) -> Any:
        """The cleaned value of a cell that identifies the record."""
        return self.typed.get(attribute, self.values.get(attribute))


class Book:
    """Everything that is known while a workbook is checked."""

    def __init__(self, workbook: Workbook, unit: Union, today: date, *, actor: User | None = None):
        self.workbook = workbook
        self.second: User | None = None  # who agreed to what needs a second person
        self.actor = actor  # who brings it; None for the operator on the command line, who needs no second person
        self.unit = unit
        self.today = today
        self.rows: dict[Sheet, list[Row]] = {}
        self.columns: dict[Sheet, dict[str, int]] = {}  # attribute → position in the file
        self.errors: list[WorkbookError] = []
        self.notices: list[str] = []
        self.date1904 = False
        self.misspelt: dict[str, str] = {}  # titles of sheets that are missing → the unknown sheet that is like each
        self.misheaded: dict[tuple[str, str], str] = {}  # (title, heading) of a missing column → the heading like it
        self.unreliable: set[str] = set()  # titles of sheets that could not be read whole: nothing is concluded
        self.followers: dict[type[Model], list[Model]] = defaultdict(list)
        self.void_followers: dict[type[Model], list[Model]] = defaultdict(list)  # written, and judged by nothing
        self.opened: dict[type[Model], list[Model]] = defaultdict(list)
        self.linked: dict[type[Model], dict] = defaultdict(dict)
        self.seen: dict[str, dict] = defaultdict(dict)  # what remarks need to remember from row to row
        self._same: dict[frozenset[str], frozenset[str]] = {}
        self._identity: dict[tuple[type[Model], Any], Any] = {}
        self._row_of: dict[int, Row] = {}

    def all_rows(self) -> Iterator[Row]:
        for rows in self.rows.values():
            yield from rows

    def records_of(self, model: type[Model]) -> Iterator[Row]:
        """The rows that became records of `model`."""
        for sheet, rows in self.rows.items():
            if sheet.model is model:
                yield from (row for row in rows if row.record is not None)

    def adopt(self, record: Adopted) -> Adopted:
        """The one object for this row of the database, whichever query brought it.

        Relations that came along are joined to the objects already known, so that a rule that walks from a case to
        its household sees the household as the workbook leaves it.
        """
        known: Adopted = self._identity.setdefault((type(record), record.pk), record)
        if known is record:
            cache = record._state.fields_cache
            for name, related in cache.items():
                if isinstance(related, Model):
                    cache[name] = self.adopt(related)
        return known

    def open_record(self, record: Model) -> Model:
        """Keep a record that the workbook implies but no sheet lists; written before the sheets."""
        self.opened[type(record)].append(record)
        return record

    def same(self, attributes: set[str]) -> frozenset[str]:
        """The set, as one object for all rows: most rows of a sheet change the same, and there are 60 000."""
        frozen = frozenset(attributes)
        return self._same.setdefault(frozen, frozen)

    def bind(self, row: Row, record: UnionOwned) -> None:
        row.record = record
        self._row_of[id(record)] = row

    def row_of(self, record: Model) -> Row | None:
        return self._row_of.get(id(record))

    def pks(self, model: type[Model]) -> set:
        """Primary keys on file of the records that rows of this workbook update."""
        return {
            row.record.pk
            for row in self.all_rows()
            if row.record is not None and row.before is not None and type(row.record) is model
        }

    def known_pks(self, model: type[Model]) -> set:
        """As `pks`, with the records that follow changed ones."""
        return self.pks(model) | {record.pk for record in self.followers[model]}

    def refuse(self, row: Row, attribute: str, reason: object) -> None:
        """Add the error of one cell."""
        row.faulty |= {attribute}
        column = row.sheet.column(attribute)
        self.errors.append(
            WorkbookError(row.sheet.title, row.number, column.heading, shown(row.raw.get(attribute)), str(reason))
        )

    def blame_misspelt(self, titles: Iterable[str]) -> bool:
        """Name the unknown sheet that is like a missing one of `titles`, once, as the cause; whether there is one."""
        for title in titles:
            if title in self.misspelt:
                values = {"title": title, "name": self.misspelt[title]}
                reason = _("找不到工作表“%(title)s”，“%(name)s”与它相近，请改正工作表名称") % values
                error = WorkbookError(title, None, None, values["name"], reason)
                if error not in self.errors:
                    self.errors.append(error)
                return True
        return False

    def blame_misheaded(self, sheet: Sheet, attribute: str) -> bool:
        """The same for a column of `sheet` that is missing while an unknown heading is like its own."""
        column = sheet.by_attribute.get(attribute)
        meant = self.misheaded.get((sheet.title, column.heading)) if column else None
        if column is None or meant is None:
            return False
        error = WorkbookError(sheet.title, None, column.heading, meant, misheaded_words() % {"heading": meant})
        if error not in self.errors:
            self.errors.append(error)
        return True

    def is_faulty(self, record: Model, attribute: str) -> bool:
        row = self.row_of(record)
        return row is not None and attribute in row.faulty

    def blame(self, fault: Fault) -> None:
        """Show `fault` at the first party that this workbook brought or changed.

        A party whose cells are all as they were on file cannot be the cause; if there is no other, the fault was
        there before and is not this workbook's.
        """
        for place, party in enumerate(fault.parties):
            row = self.row_of(party.record)
            fresh = party.fields & row.changed if row else frozenset()
            if row and fresh:
                keep_name = place == 0 and not party.as_changed and party.named in self.columns[row.sheet]
                self.refuse(row, party.named if keep_name else self._first(row.sheet, fresh, party.named), fault)
                return

    @staticmethod
    def _first(sheet: Sheet, fresh: frozenset[str], preferred: str) -> str:
        if preferred in fresh:
            return preferred
        found: str = next(column.attribute for column in sheet.columns if column.attribute in fresh)
        return found

    def sort_errors(self) -> None:
        """Bring errors into the order of sheets, rows and columns."""
        titles = {sheet.title: place for place, sheet in enumerate(self.workbook.sheets)}
        headings = {
            (sheet.title, column.heading): place
            for sheet in self.workbook.sheets
            for place, column in enumerate(sheet.columns)
        }
        self.errors.sort(
            key=lambda error: (
                titles.get(error.sheet or "", -1),
                error.row or 0,
                headings.get((error.sheet or "", error.column or ""), -1),
            )
        )
