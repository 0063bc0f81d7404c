"""Importing a workbook: read, check, and write all of it or nothing."""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal import audit
from portal.audit import SYSTEM, By
from portal.enums import AuditAction
from portal.models import Union, User
from portal.workbook.errors import Cause, WorkbookError, causes
from portal.workbook.importing.book import Book
from portal.workbook.importing.checking import check
from portal.workbook.importing.holding import Place, WeightyRow, held_rows, leave_out_rows, weighty
from portal.workbook.importing.rows import take
from portal.workbook.importing.showing import ChangedCell, Created, changed_cell, created_rows
from portal.workbook.importing.trace import Trace
from portal.workbook.importing.writing import BY_WORKBOOK, write
from portal.workbook.reading.reader import WorkbookRefused, read_workbook
from portal.workbook.sheets import Workbook


@dataclass(frozen=True)
class Outcome:
    """What an import did, or would do, or why it was refused. Counts are rows by sheet title.

    `held` are the rows that a second person looks at; while it `waits` for one nothing is written.
    """

    dry_run: bool
    created: dict[str, int] = field(default_factory=dict)
    updated: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    errors: list[WorkbookError] = field(default_factory=list)
    changes: list[ChangedCell] = field(default_factory=list)
    new: list[Created] = field(default_factory=list)
    held: list[WeightyRow] = field(default_factory=list)
    waits: bool = False

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
        stored["held"] = [WeightyRow(**held) for held in stored.get("held", ())]
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


@dataclass(frozen=True)
class SecondPerson:
    """Rows that decide, pay or change a card are not written unless a second person agreed to just these."""

    agreed: Sequence[WeightyRow] = ()
    who: User | None = None


def import_workbook(
    path: Path,
    *,
    workbook: Workbook,
    unit: Union,
    by: By = SYSTEM,
    dry_run: bool = False,
    name: str = "",
    second: SecondPerson | None = None,
    leave_out: Collection[Place] = (),
) -> Outcome:
    """Import the .xlsx at `path` as the records of `unit` and the unions below it.

    All or nothing: with a single error nothing is written, and every error is in the outcome. `dry_run` checks
    everything and writes nothing. Without `second` it is the operator's import, which needs no second person: the
    audit row says how many rows went without one. The rows of `leave_out` are read as if they were not there.
    Writes records, their versions, campaigns that are opened, what was written of the file called `name`, and one
    audit row.
    The 填报单位 is locked while its records are checked and written, so that two imports cannot both spend its funds.
    """
    if closed := unit.closed_words:
        return refused(closed, dry_run=dry_run)
    try:
        read = read_workbook(path, list(workbook.by_title))
    except WorkbookRefused as unread:
        return refused(str(unread.reason), dry_run=dry_run, sheet=unread.sheet)

    def fill(book: Book) -> None:
        take(book, read)
        leave_out_rows(book, leave_out)

    book = Book(workbook, unit, timezone.localdate(), actor=by.actor)
    return import_book(book, fill, by=by, dry_run=dry_run, name=name or path.name, second=second)


def import_book(
    book: Book,
    fill: Callable[[Book], None],
    *,
    by: By,
    dry_run: bool = False,
    name: str,
    second: SecondPerson | None,
    change: str | Promise = BY_WORKBOOK,
) -> Outcome:
    """Check and write the rows that `fill` puts into `book`, all or nothing; as `import_workbook` tells."""
    unit = book.unit
    try:
        with transaction.atomic():
            Union.objects.select_for_update().get(path=unit.reporting_path)
            fill(book)
            check(book)
            book.second = second.who if second else None
            outcome = _outcome(book, dry_run=dry_run, second=second)
            if outcome.ok and not dry_run and not outcome.waits:
                trace = Trace(book)
                write(book, actor=by.actor, change=change)
                trace.keep(unit=unit, by=by, name=name)
                audit.record(
                    AuditAction.IMPORTED,
                    by=by,
                    union=unit,
                    created=sum(outcome.created.values()),
                    updated=sum(outcome.updated.values()),
                    **({} if second else _without_second(book)),
                )
            return outcome
    except IntegrityError:
        # Only somebody who wrote in the same moment can break a constraint that the check had found kept.
        return refused(_("保存时与他人刚刚登记的数据冲突，未写入任何数据，请重新导入"), dry_run=dry_run)


def refused(reason: str, *, dry_run: bool = False, sheet: str | None = None) -> Outcome:
    """The outcome of what is refused whole, for one reason."""
    return Outcome(dry_run, errors=[WorkbookError(sheet, None, None, None, reason)])


def _without_second(book: Book) -> dict[str, str]:
    """What the audit row of an operator's import says of rows that would have needed a second person."""
    count = len(weighty(book))
    return {"alone": _("命令行导入，%(count)d 行无须第二人复核") % {"count": count}} if count else {}


def _outcome(book: Book, *, dry_run: bool, second: SecondPerson | None) -> Outcome:
    if book.errors:
        return Outcome(dry_run, notices=book.notices, errors=book.errors)
    held = held_rows(book) if dry_run or second else []
    waits = second is not None and bool(held) and list(second.agreed) != held
    outcome = Outcome(dry_run, notices=book.notices, held=held, waits=waits)
    for sheet, rows in book.rows.items():
        new = sum(row.is_new for row in rows)
        changed = sum(not row.is_new and bool(row.changed) for row in rows)
        outcome.created[sheet.title] = new
        outcome.updated[sheet.title] = changed
        outcome.unchanged[sheet.title] = len(rows) - new - changed
        if new:
            outcome.new.append(created_rows(sheet, [row for row in rows if row.is_new]))
        for row in rows:
            if not row.is_new:
                outcome.changes.extend(changed_cell(row, attribute) for attribute in sorted(row.changed))
    return outcome
