"""Saving the lines of a grid: all of them, or those that are right while the others stay as they were typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from portal.form_keys import CHANGED_SINCE, keep_receipts, sent_among
from portal.models import AuditEntry, Union
from portal.records.editing.saving import RecordRefused, field_names, kept_whole, lock_units
from portal.records.grid.form import GridForm
from portal.records.grid.judging import judged, keep_constraints
from portal.records.grid.lines import Line
from portal.records.grid.overtaken import tell_overtaken
from portal.workbook.importing.book import Book, Row, state
from portal.workbook.importing.checking import place
from portal.workbook.importing.writing import write


@dataclass
class SavedLines:
    """What became of the lines: records written, lines that were as on file or sent before, and those that are left.

    `notices` are remarks on what was written, with the numbers of the lines.
    """

    written: int = 0
    unchanged: int = 0
    before: int = 0
    left: list[Line] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def save_lines(form: GridForm, lines: Sequence[Line], *, whole: bool, by: By, key: UUID) -> SavedLines:
    """Write the records of `lines`, which are not blank; with `whole` all of them or none.

    Locks the 填报单位 of every record. Writes records, persons they imply, records that follow, a version and an audit
    row of each, and receipts by which a line that is sent again makes nothing. What is left tells at each line why: a
    fault, a doubt to be confirmed, or what somebody else changed meanwhile. Raises RecordRefused if somebody wrote in
    the same moment.
    """
    told = [replace(line, typed=dict(line.typed)) for line in lines]
    try:
        with transaction.atomic():
            return _saved(form, told, whole=whole, by=by, key=key)
    except IntegrityError:
        with kept_whole():
            return _saved(form, lines, whole=whole, by=by, key=key, constraints=True)


def _saved(
    form: GridForm, lines: Sequence[Line], *, whole: bool, by: By, key: UUID, constraints: bool = False
) -> SavedLines:
    """With `constraints` what the database would refuse is looked for, line by line: it takes many questions."""
    saved = SavedLines()
    lock_units(form.user.union, *{line.record.union for line in lines if line.record is not None})
    todo = _not_sent_before(lines, key, form, saved) if form.is_new else _changed_lines(form, lines, saved)
    book, right = _right(form, todo, saved, constraints=constraints)
    if saved.left and whole:
        saved.left += right
        saved.unchanged = 0
    else:
        _write(form, book, saved, by)
        if form.is_new:
            rows = zip(right, book.rows[form.editing.sheet], strict=True)
            made = ((row.record, line.key(key), line.digest) for line, row in rows if row.record)
            keep_receipts(made, user=form.user)
    saved.left.sort(key=lambda line: line.number)
    return saved


def _not_sent_before(lines: Sequence[Line], key: UUID, form: GridForm, saved: SavedLines) -> list[Line]:
    """The lines of which nothing was made before; one that says something else by now is left, and told so."""
    receipts = sent_among(user=form.user, keys=[line.key(key) for line in lines])
    fresh = []
    for line in lines:
        receipt = receipts.get(line.key(key))
        if receipt is None:
            fresh.append(line)
        elif receipt.digest == line.digest:
            saved.before += 1
        else:
            line.reasons = {None: [str(CHANGED_SINCE)]}
            saved.left.append(line)
    return fresh


def _changed_lines(form: GridForm, lines: Sequence[Line], saved: SavedLines) -> list[Line]:
    """The lines that change a record and may; of the others it is left what somebody else changed meanwhile."""
    _load(form, lines)
    for line in lines:
        line.reasons = {}
    overtaken = tell_overtaken(form, lines)
    changed = [line for line in lines if line not in overtaken and form.differs(line)]
    saved.unchanged += len(lines) - len(overtaken) - len(changed)
    for line in changed:
        if reason := form.editing.refusal(line.record):
            line.refuse(None, str(reason))
    saved.left += [line for line in lines if line.reasons]
    return [line for line in changed if not line.reasons]


def _load(form: GridForm, lines: Sequence[Line]) -> None:
    """Give each line of a record on file the record as it is now, with all that its rules look at."""
    sheet, model = form.editing.sheet, form.editing.sheet.model
    pks = [line.pk for line in lines if line.pk is not None]
    if not pks:
        return
    visible = model.objects.visible_to(form.user).select_related("union", *sheet.related)
    records = visible.prefetch_related(*sheet.prefetched).in_bulk(pks)
    if len(records) < len(set(pks)):
        raise RecordRefused({None: [_("有的记录刚刚被他人作废或移走，没有保存；请从列表重新打开。")]})
    for line in lines:
        line.record = records[line.pk]


def _right(form: GridForm, lines: list[Line], saved: SavedLines, *, constraints: bool) -> tuple[Book, list[Line]]:
    """The lines that can be written together, and their book: without wrong ones the others are judged anew."""
    while True:
        book = judged(form, lines)
        if constraints and not any(line.reasons for line in lines):
            keep_constraints(form, book, lines)
        left = [line for line in lines if line.reasons or line.is_asked]
        if not left:
            return book, lines
        saved.left += left
        lines = [line for line in lines if line not in left]
        _load(form, lines)


def _write(form: GridForm, book: Book, saved: SavedLines, by: By) -> None:
    rows = book.rows[form.editing.sheet]
    changed = {row.number: _changed(row) for row in rows}
    write(book, actor=form.user)
    done: list[tuple[Row, Any]] = [(row, row.record) for row in rows if changed[row.number]]
    saved.written, saved.unchanged = len(done), saved.unchanged + len(rows) - len(done)
    unions = Union.objects.in_bulk({record.union_id for _row, record in done})
    AuditEntry.objects.bulk_create(
        audit.entry(
            AuditAction.RECORD_SAVED,
            by=by,
            about=record,
            union=unions[record.union_id],
            fields=[] if row.before is None else _told_of(row, changed[row.number]),
        )
        for row, record in done
    )
    saved.notices = list(_notices(form, book, [row for row, _record in done]))


def _told_of(row: Row, changed: list[str]) -> list[str]:
    """What people call the fields that changed, and the columns of what stands beside the record."""
    beside = [row.sheet.column(name).heading for name in changed if name in row.sheet.beside]
    return [*field_names(row.bound, changed), *beside]


def _changed(row: Row) -> list[str]:
    """The fields of a record that are not as on file."""
    before, record = row.before or {}, cast("Model", row.record)
    fields = (name for name, value in state(record).items() if row.before is None or before[name] != value)
    return sorted({*fields, *(row.changed & row.sheet.beside)})


def _notices(form: GridForm, book: Book, rows: Iterable[Row]) -> Iterable[str]:
    """Remarks on what was written, each once with its lines."""
    for sheet in book.workbook.sheets:
        sheet.recall(book)
    told: dict[str, list[int]] = {}
    for row in rows:
        for remark in form.editing.sheet.remarks(book, row):
            told.setdefault(str(remark), []).append(row.number)
    for remark, numbers in told.items():
        yield place(form.editing.sheet.title, numbers, remark)
