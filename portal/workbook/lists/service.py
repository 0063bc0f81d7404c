"""Bringing in a list: understood, read, and those rows written that are right."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit
from portal.audit import SYSTEM, By
from portal.enums import AuditAction
from portal.models import ListUpload, Union
from portal.workbook.importing.book import Book
from portal.workbook.importing.holding import WeightyRow
from portal.workbook.importing.service import SecondPerson
from portal.workbook.importing.trace import Trace
from portal.workbook.importing.writing import BY_LIST, write
from portal.workbook.lists.kinds import ListKind
from portal.workbook.lists.mapping import Mapping, propose
from portal.workbook.lists.rows import AskedWord, Held, ListRow, RowReader
from portal.workbook.lists.saying import Said, said_of
from portal.workbook.lists.table import ReadTable, find_table
from portal.workbook.lists.trial import Trial, tried
from portal.workbook.lists.vocabulary import vocabulary_of
from portal.workbook.reading.flat import CSV_TITLE
from portal.workbook.reading.norows import why_no_row
from portal.workbook.reading.reader import WorkbookRefused, read_any_table
from portal.workbook.reading.words import NO_ROWS

Answers = AnyMapping[str, AnyMapping[str, str]]
Words = dict[tuple[str, str], dict[str, AskedWord]]
CLASHED = gettext_lazy("保存时与他人刚刚登记的数据冲突，未写入任何数据，请重新导入")


# What is told how many rows more are read.
Tick = Callable[[int], None]
# What is shown the rows of a list and their trial: for a preview.
Look = Callable[[list[ListRow], Trial], None]


def nobody_looks(_rows: list[ListRow], _trial: Trial) -> None:
    """Nothing is previewed."""


def nobody_counts(_rows: int) -> None:
    """Nothing is told how far the list is."""


@dataclass(frozen=True)
class Skipped:
    """A row that is no record, and why."""

    row: int
    why: str


@dataclass
class Understood:
    """A list as far as it is read without its rows being judged: the table, its mapping, and rows that are none."""

    table: ReadTable
    mapping: Mapping
    skipped: list[Skipped] = field(default_factory=list)
    rows: list[tuple[int, list]] = field(default_factory=list)

    def settle(self) -> None:
        """Tell rows from those that are none, by the columns that are read now."""
        read = {at: self.table.headings[at] for at in self.mapping.targets}
        numbered = [at for at, targets in self.mapping.targets.items() if any(t.attribute == "number" for t in targets)]
        self.skipped, self.rows = [], []
        for number, cells in self.table.rows:
            why = why_no_row(cells, read, numbered)
            if why:
                self.skipped.append(Skipped(number, str(NO_ROWS[why])))
            else:
                self.rows.append((number, cells))


@dataclass
class ListOutcome:
    """What became of a list, or would; `reason` why the file was refused as a whole."""

    dry_run: bool
    sheet: str = ""
    heading_row: int | None = None
    mapping: dict[str, list[str]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    created: dict[str, int] = field(default_factory=dict)
    updated: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    waits: list[Held] = field(default_factory=list)  # rows that are right, and set aside for a second person
    weighty: list[WeightyRow] = field(default_factory=list)  # what such a person sees of rows that are not set aside
    notices: list[str] = field(default_factory=list)
    words: Words = field(default_factory=dict)
    reason: str = ""

    @property
    def ok(self) -> bool:
        """Whether at least one row was right."""
        return not self.reason and any(sum(counts.values()) for counts in (self.created, self.updated, self.unchanged))

    @property
    def may_come(self) -> bool:
        """Whether at least one row may come in, at once or when a second person agreed."""
        return self.ok or (not self.reason and bool(self.waits))

    def as_json(self) -> dict:
        """The answer of `import_list --json`."""
        return {
            "ok": self.ok,
            "dry_run": self.dry_run,
            "sheet": self.sheet,
            "heading_row": self.heading_row,
            "mapping": self.mapping,
            "left_out": self.left_out,
            "skipped": [{"row": skipped.row, "why": skipped.why} for skipped in self.skipped],
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "held": [held.as_json() for held in self.held],
            "notices": [self.reason, *self.notices] if self.reason else self.notices,
        }


def understand(path: Path, *, kinds: Sequence[ListKind], name: str = "") -> Understood:
    """Find the table of the file at `path` and propose what its columns mean; the `name` of the file tells of it, too.

    Raises WorkbookRefused.
    """
    sheets = read_any_table(path)
    words = [vocabulary_of(kind) for kind in kinds]
    known: dict[str, bool] = {}

    def knows(heading: str) -> bool:
        if heading not in known:
            known[heading] = any(word.knows(heading) for word in words)
        return known[heading]

    table = find_table(sheets, knows, [kind.identity_heading for kind in kinds])
    table.above = "\n".join(filter(None, (table.above, Path(name).stem)))
    if table.sheet == CSV_TITLE and name:  # it has no sheet that somebody named
        table.sheet = name
    understood = Understood(table, propose(table, kinds))
    understood.settle()
    return understood


def nothing_first() -> None:
    """Nothing else has to be locked."""


def nothing_then(_outcome: "ListOutcome") -> None:
    """Nothing else is written with the rows."""


def import_list(
    understood: Understood,
    *,
    unit: Union,
    said: Said,
    answers: Answers | None = None,
    by: By = SYSTEM,
    dry_run: bool = False,
    look: Look = nobody_looks,
    name: str = "",
    upload: ListUpload | None = None,
    by_one: bool = False,
    whole: bool = False,
    second: SecondPerson | None = None,
    tick: Tick = nobody_counts,
    first: Callable[[], object] = nothing_first,
    then: Callable[["ListOutcome"], None] = nothing_then,
) -> ListOutcome:
    """Write the rows of the list that are right as records of `unit` and below; name the others with their reasons.

    A row's records come in together or not at all. `dry_run` checks everything and writes nothing. Writes records,
    their versions, campaigns that are opened, and one audit row. Locks the 填报单位. `look` is shown the rows and the
    trial before anything is written; `name` and `upload` say in the import where it came from. Brought in `by_one`
    person, rows that need a second one are set aside; with a `second` one all are written, or nothing if that is not
    just what the person agreed to. With `whole` nothing is written while a row is wrong. `tick` is told of the rows as
    their cells are read, before the lock is taken; `first` and `then` belong to the same transaction, before that lock
    and after the writing.
    """
    everything = said_of(understood.table, understood.mapping, unit, said)
    understood.mapping.prune({attribute for values in everything.values() for attribute in values})
    understood.settle()
    reader = RowReader(understood.table, understood.mapping, everything, unit)
    outcome = _outline(understood, dry_run=dry_run)
    if closed := unit.closed_words:
        outcome.reason = closed
        return outcome
    rows = reader.read_cells(understood.rows, answers or {}, tick)
    try:
        with transaction.atomic():
            first()
            owner = Union.objects.select_for_update().get(path=unit.reporting_path)
            reader.complete(rows)
            trial = tried(reader, rows, owner, actor=by.actor, by_one=by_one)
            _fill(outcome, reader, rows, trial.book)
            if second or (dry_run and not by_one):
                outcome.weighty = trial.weighty_rows()
            look(rows, trial)
            if dry_run or not outcome.may_come or (second and not _agreed(outcome, second)):
                return outcome
            if whole and outcome.held:
                outcome.dry_run = True
                return outcome
            book = trial.book
            book.second = second.who if second else None
            rows.clear()  # of 20 000 rows they hold 100 MB, as writing them does
            del trial
            if outcome.ok:
                _write(book, outcome, unit=unit, by=by, name=name, upload=upload)
            del book  # what is kept then is the list once more, as text
            then(outcome)
    except IntegrityError:
        # Only somebody who wrote in the same moment can break a constraint that the check had found kept.
        outcome = _outline(understood, dry_run=dry_run)
        outcome.reason = str(CLASHED)
    return outcome


def _agreed(outcome: ListOutcome, second: SecondPerson) -> bool:
    return not outcome.held and outcome.weighty == list(second.agreed)


def _write(book: Book, outcome: ListOutcome, *, unit: Union, by: By, name: str, upload: ListUpload | None) -> None:
    trace = Trace(book)
    write(book, actor=by.actor, change=BY_LIST)
    trace.keep(unit=unit, by=by, name=name, upload=upload)
    created, updated = sum(outcome.created.values()), sum(outcome.updated.values())
    audit.record(AuditAction.IMPORTED, by=by, union=unit, created=created, updated=updated)


def refused(error: WorkbookRefused, *, dry_run: bool) -> ListOutcome:
    return ListOutcome(dry_run, reason=str(error.reason))


def _outline(understood: Understood, *, dry_run: bool) -> ListOutcome:
    table, mapping = understood.table, understood.mapping
    outcome = ListOutcome(dry_run, sheet=table.sheet, heading_row=table.heading_row, skipped=understood.skipped)
    for position, heading in sorted(table.headings.items()):
        if position in mapping.targets:
            outcome.mapping.setdefault(heading, []).extend(mapping.names(position))
        else:
            outcome.left_out.append(heading)
    outcome.notices.extend(_doubts(understood))
    outcome.notices.extend(
        _("只读入工作表“%(sheet)s”，未读“%(other)s”") % {"sheet": table.sheet, "other": other} for other in table.others
    )
    return outcome


def _doubts(understood: Understood) -> Iterator[str]:
    """What is told of columns whose headings say that they may be something else."""
    for position, targets in sorted(understood.mapping.targets.items()):
        heading = understood.table.headings[position]
        for told in filter(None, (understood.mapping.column(target).doubt_of(heading) for target in targets)):
            yield _("“%(heading)s”列：%(told)s") % {"heading": heading, "told": told}


def _fill(outcome: ListOutcome, reader: RowReader, rows: list[ListRow], book: Book) -> None:
    outcome.held = [held for row in rows for held in row.held]
    outcome.waits = [waits for row in rows if not row.held for waits in row.waits]
    outcome.notices += [*reader.notices, *book.notices]
    outcome.words = reader.words
    for sheet, made in book.rows.items():
        new = sum(row.is_new for row in made)
        changed = sum(not row.is_new and bool(row.changed) for row in made)
        outcome.created[sheet.title] = new
        outcome.updated[sheet.title] = changed
        outcome.unchanged[sheet.title] = len(made) - new - changed
