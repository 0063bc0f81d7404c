"""Importing a workbook: read, check, and write all of it or nothing."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.audit import SYSTEM, By
from portal.enums import AuditAction
from portal.models import Union
from portal.workbook.errors import Cause, WorkbookError, causes
from portal.workbook.importing.book import Book, Row
from portal.workbook.importing.checking import check
from portal.workbook.importing.masking import masked
from portal.workbook.importing.rows import take
from portal.workbook.importing.trace import Trace
from portal.workbook.importing.writing import write
from portal.workbook.reading.reader import ReadWorkbook, WorkbookRefused, read_workbook
from portal.workbook.sheets import Column, Sheet, Workbook

SHOWN_NEW = 50  # of each sheet: enough to see what will be made, of 20 000 rows
NAMES = ("name", "worker_name")  # fields in which a record that is referred to says who it is


@dataclass(frozen=True)
class ChangedCell:
    """One cell that differs from what is on file, with both values as they may be shown."""

    sheet: str
    row: int
    key: str
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Created:
    """The new records of one sheet: how many, the headings that tell them apart, and the first of them, row by row.

    In `rows` the number of the row comes first; numbers of people are masked.
    """

    sheet: str
    count: int
    headings: list[str]
    rows: list[list]

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Outcome:
    """What an import did, or would do, or why it was refused. Counts are rows by sheet title."""

    dry_run: bool
    created: dict[str, int] = field(default_factory=dict)
    updated: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    errors: list[WorkbookError] = field(default_factory=list)
    changes: list[ChangedCell] = field(default_factory=list)
    new: list[Created] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.errors

    @property
    def causes(self) -> list[Cause]:
        """The errors by their reasons: the same sentence once, with its cells."""
        return causes(self.errors)

    @property
    def rows(self) -> int:
        """How many rows the sheets that are imported have together."""
        return sum(sum(counts.values()) for counts in (self.created, self.updated, self.unchanged))

    @property
    def can_be_marked(self) -> bool:
        """Whether some error is at a cell; of a file that could not be read there is nothing to mark."""
        return any(error.sheet for error in self.errors)

    @property
    def sheets(self) -> list[tuple[str, int, int, int]]:
        """Title, and how many rows are new, changed and as they were."""
        return [(title, new, self.updated[title], self.unchanged[title]) for title, new in self.created.items()]

    def dumps(self) -> str:
        """All of it as JSON text, for `loads`."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def loads(cls, text: str) -> "Outcome":
        stored = json.loads(text)
        stored["errors"] = [WorkbookError(**error) for error in stored["errors"]]
        stored["changes"] = [ChangedCell(**change) for change in stored["changes"]]
        stored["new"] = [Created(**created) for created in stored.get("new", ())]
        return cls(**stored)

    def as_json(self) -> dict:
        """The answer of `import_workbook --json`. Notices come with a refusal too: they may tell its cause."""
        if self.errors:
            return {
                "ok": False,
                "errors": [error.as_json() for error in self.errors],
                "causes": [cause.as_json() for cause in self.causes],
                "notices": self.notices,
            }
        return {
            "ok": True,
            "dry_run": self.dry_run,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "notices": self.notices,
        }


def import_workbook(
    path: Path, *, workbook: Workbook, unit: Union, by: By = SYSTEM, dry_run: bool = False, name: str = ""
) -> Outcome:
    """Import the .xlsx at `path` as the records of `unit` and the unions below it.

    All or nothing: with a single error nothing is written, and every error is in the outcome. `dry_run` checks
    everything and writes nothing. Writes records, their versions, campaigns that are opened,
    what was written of the file called `name`, and one audit row.
    The 填报单位 is locked while its records are checked and written, so that two imports cannot both spend its funds.
    """
    try:
        read = read_workbook(path, list(workbook.by_title))
    except WorkbookRefused as refused:
        return Outcome(dry_run, errors=[WorkbookError(refused.sheet, None, None, None, str(refused.reason))])
    try:
        with transaction.atomic():
            book = _checked(read, workbook, unit, by.actor)
            outcome = _outcome(book, dry_run=dry_run)
            if outcome.ok and not dry_run:
                trace = Trace(book)
                write(book, actor=by.actor)
                trace.keep(unit=unit, by=by, name=name or path.name)
                audit.record(
                    AuditAction.IMPORTED,
                    by=by,
                    union=unit,
                    created=sum(outcome.created.values()),
                    updated=sum(outcome.updated.values()),
                )
            return outcome
    except IntegrityError:
        # Only somebody who wrote in the same moment can break a constraint that the check had found kept.
        reason = _("保存时与他人刚刚登记的数据冲突，未写入任何数据，请重新导入")
        return Outcome(dry_run, errors=[WorkbookError(None, None, None, None, reason)])


def _checked(read: ReadWorkbook, workbook: Workbook, unit: Union, actor) -> Book:
    Union.objects.select_for_update().get(path=unit.reporting_path)
    book = Book(workbook, unit, timezone.localdate(), actor=actor)
    take(book, read)
    check(book)
    return book


def _outcome(book: Book, *, dry_run: bool) -> Outcome:
    outcome = Outcome(dry_run, notices=book.notices, errors=book.errors)
    if book.errors:
        return outcome
    for sheet, rows in book.rows.items():
        new = sum(row.is_new for row in rows)
        changed = sum(not row.is_new and bool(row.changed) for row in rows)
        outcome.created[sheet.title] = new
        outcome.updated[sheet.title] = changed
        outcome.unchanged[sheet.title] = len(rows) - new - changed
        if new:
            outcome.new.append(_created(sheet, [row for row in rows if row.is_new]))
        for row in rows:
            if not row.is_new:
                outcome.changes.extend(_change(row, attribute) for attribute in sorted(row.changed))
    return outcome


def _created(sheet: Sheet, rows: list[Row]) -> Created:
    """What must be filled of a record is what tells it from others."""
    columns = [column for column in sheet.columns if column.required]
    shown = [[row.number, *(_told(row, column) for column in columns)] for row in rows[:SHOWN_NEW]]
    return Created(sheet.title, len(rows), [column.heading for column in columns], shown)


def _told(row: Row, column: Column) -> str:
    """A cell of a new record; one that names a person by number says the name with it."""
    number = masked(row, column, column.export(row.record))
    named = row.targets.get(column.attribute)
    name = next((getattr(named, field) for field in NAMES if hasattr(named, field)), "") if named else ""
    return f"{name} {number}" if name else number


def _change(row: Row, attribute: str) -> ChangedCell:
    column = row.sheet.column(attribute)
    key = row.sheet.key
    return ChangedCell(
        sheet=row.sheet.title,
        row=row.number,
        key=masked(row, key, row.key(key.attribute)),
        column=column.heading,
        old=masked(row, column, row.old[attribute]),
        new=masked(row, column, column.export(row.record)),
    )
