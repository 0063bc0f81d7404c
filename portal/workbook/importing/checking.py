"""The check of a workbook, step by step; nothing is written here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from portal.fields import field_of, target
from portal.models import Union
from portal.record_rules import Rule, walk
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city
from portal.workbook.cells import CellFault
from portal.workbook.importing.book import Book, Row, state
from portal.workbook.importing.chunks import in_chunks, numbers_in_words
from portal.workbook.importing.links import LinkColumn
from portal.workbook.importing.rows import BLANK
from portal.workbook.importing.sheet import ImportedSheet, changed_pks
from portal.workbook.importing.void import pass_over_void, void_targets
from portal.workbook.sheets import Column
from portal.workbook.word_years import refuse_words_of_other_years


def check(book: Book) -> None:
    """Turn the rows of `book` into records and collect every error and notice."""
    for sheet in by_dependency(book):
        find_keys_used_twice(book, sheet)
        bind_records(book, sheet)
        resolve_references(book, sheet)
        merge(book, sheet)
    judge(book)
    if book.errors:
        book.sort_errors()
    else:
        add_remarks(book)


@whole_city(Across.RULES)
def judge(book: Book) -> None:
    """Bring along what follows from the merged rows, and collect every error of all of it: of a workbook or a form."""
    for sheet in (*book.workbook.sheets, *book.workbook.unlisted):
        follow(book, sheet)
    refuse_closed(book)
    refuse_words_of_other_years(book)
    for sheet in book.workbook.sheets:
        apply_rules(book, sheet)
        for rule in sheet.set_rules:
            for fault in rule(book):
                book.blame(fault)


def refuse_closed(book: Book) -> None:
    """No new record for a union that is closed, nor one on file that would come to it."""
    unit = Union(path=book.unit.reporting_path)
    below = Union.objects.in_union(unit).exclude(closed_on=None)
    closed = {union.pk: words for union in below if (words := union.closed_words)}
    for row in book.all_rows() if closed else ():
        owner = row.record and row.record.union_id
        if owner in closed and (row.is_new or "union" in row.changed):
            attribute = "union" if "union" in row.values else row.sheet.key.attribute
            book.refuse(row, attribute, closed[owner])


def add_remarks(book: Book) -> None:
    """Add the notices about what is accepted."""
    for sheet in book.workbook.sheets:
        sheet.recall(book)
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in (row for row in book.all_rows() if row.record is not None):
        doubts = (str(doubt.message) for doubt in row.sheet.doubts(book, row))
        for remark in (*row.sheet.remarks(book, row), *doubts):
            rows[row.sheet.title, remark].append(row.number)
    for (title, remark), numbers in rows.items():
        book.notices.append(place(title, numbers, remark))


def place(title: str, numbers: Iterable[int], remark: object) -> str:
    """A remark with the sheet and the rows it is about."""
    values = {"sheet": title, "rows": numbers_in_words(numbers), "remark": remark}
    return _("“%(sheet)s”第 %(rows)s 行：%(remark)s") % values


def by_dependency(book: Book) -> list[ImportedSheet]:
    """The sheets of the file, each after those it refers to."""
    graph = {
        sheet.title: {title for column in sheet.columns for title in column.refers} for sheet in book.workbook.sheets
    }
    order = list(TopologicalSorter(graph).static_order())
    return sorted(book.rows, key=lambda sheet: order.index(sheet.title))


def find_keys_used_twice(book: Book, sheet: ImportedSheet) -> None:
    """Refuse the key in every row but the first that uses it; such a row is not looked at further."""
    key = sheet.key.attribute
    first: dict = {}
    for row in book.rows[sheet]:
        if key in row.faulty or row.values.get(key) in (None, ""):
            continue
        earlier = first.setdefault(row.values[key], row)
        if earlier is not row:
            reason = _("与第 %(row)d 行的%(heading)s重复，同一工作表中只能出现一次") % {
                "row": earlier.number,
                "heading": sheet.key.heading,
            }
            book.refuse(row, key, reason)


def usable(row: Row) -> bool:
    """Whether the row's key names a record."""
    key = row.sheet.key.attribute
    return key not in row.faulty and row.values.get(key) not in (None, "")


@whole_city(Across.NUMBERS)
def bind_records(book: Book, sheet: ImportedSheet) -> None:
    """Give each row the record on file that its key names, or a new one.

    Numbers are unique within the 填报单位, which may be wider than the union that imports: a number that a union
    beside it uses is refused without a word about whose it is.
    """
    rows = {row.values[sheet.key.attribute]: row for row in book.rows[sheet] if usable(row)}
    owner = Union.objects.get(path=book.unit.reporting_path)
    for chunk in in_chunks(rows):
        for record in sheet.on_file(owner, sheet.key, chunk):
            row = rows[sheet.key.get_value(record)]
            if not record.union_path.startswith(book.unit.path):
                book.refuse(row, sheet.key.attribute, _("该编号已被本单位的其他工会使用"))
                continue
            known = book.adopt(record)
            row.before = state(known)
            book.bind(row, known)
    unknown = {key: row for key, row in rows.items() if row.record is None}
    for chunk in in_chunks(unknown):
        for record in sheet.void_on_file(book.unit, sheet.key, chunk):
            unknown[sheet.key.get_value(record)].void = record
    for row in unknown.values():
        book.bind(row, sheet.model())


def resolve_references(book: Book, sheet: ImportedSheet) -> None:
    """Replace what reference cells name by the records they mean."""
    for column in sheet.columns:
        wanted = {
            row.values[column.attribute]
            for row in book.rows[sheet]
            if column.attribute not in row.faulty and row.values.get(column.attribute) not in (None, "")
        }
        if isinstance(column, LinkColumn):
            _link(book, sheet, column, wanted)
        elif column.refers:
            _refer(book, sheet, column, wanted)


def _link(book: Book, sheet: ImportedSheet, column: LinkColumn, wanted: set) -> None:
    found = book.linked[column.links_to]
    found.update(column.prepare(book, wanted - found.keys()))
    for row in book.rows[sheet]:
        if column.attribute in row.faulty or row.values.get(column.attribute) in (None, ""):
            continue
        row.typed[column.attribute] = row.values[column.attribute]
        try:
            row.values[column.attribute] = column.resolve(book, row.typed[column.attribute], found)
        except CellFault as fault:
            book.refuse(row, column.attribute, fault)


def _refer(book: Book, sheet: ImportedSheet, column: Column, wanted: set) -> None:
    found = targets(book, column, wanted)
    void = void_targets(book, column, wanted - found.keys())
    doubtful = may_be_meant(book, column)
    for row in book.rows[sheet]:
        value = row.values.get(column.attribute)
        if column.attribute in row.faulty or value in (None, ""):
            continue
        if value in found:
            row.targets[column.attribute] = found[value]
            row.values[column.attribute] = sheet.referred(column, found[value])
        elif value in void:
            book.refuse(row, column.attribute, _("所指的记录已作废"))
        elif doubtful:
            row.faulty |= {column.attribute}
            book.blame_misspelt(column.refers)
        else:
            names = _("、").join(column.refers)
            book.refuse(row, column.attribute, _("在本工作簿和本单位已有的“%(sheets)s”中都找不到") % {"sheets": names})


def may_be_meant(book: Book, column: Column) -> bool:
    """Whether a row has a wrong number, other than its key, that a cell of `column` could mean.

    Only a wrong key brings those that refer to it along; they are judged when the number is right, or the sheet whole.
    """
    for title in column.refers:
        if title in book.unreliable:
            return True
        sheet = book.workbook.by_title[title]
        identity = sheet.identified_by(column)
        if identity is not sheet.key and any(identity.attribute in row.faulty for row in book.rows.get(sheet, ())):
            return True
    return False


def targets(book: Book, column: Column, wanted: set) -> dict:
    """Records by the value that names them: rows of this workbook first, then what is on file in the unit."""
    found: dict = {}
    for title in column.refers:
        sheet = book.workbook.by_title[title]
        identity = sheet.identified_by(column)
        for row in book.rows.get(sheet, ()):
            if row.record is not None and identity.attribute not in row.faulty:
                found.setdefault(row.key(identity.attribute), row.record)
        for chunk in in_chunks(wanted - found.keys()):
            for record in sheet.on_file(book.unit, identity, chunk):
                found.setdefault(identity.get_value(record), book.adopt(record))
    return found


def merge(book: Book, sheet: ImportedSheet) -> None:
    """Put the cells into the records; a column that is missing leaves what is on file."""
    for row in book.rows[sheet]:
        if row.record is None:
            continue
        changed = set()
        for attribute, value in row.values.items():
            if attribute in row.faulty or (value in BLANK and sheet.column(attribute).empty_keeps):
                continue
            if row.is_new:
                changed.add(attribute)
            elif getattr(row.record, attribute) != value:
                changed.add(attribute)
                row.old = {**row.old, attribute: sheet.column(attribute).export(row.record)}
            setattr(row.record, attribute, value)
        row.changed = book.same(changed)
        sheet.complete(row.record, row)
        if row.void is not None:
            book.notices.append(place(row.sheet.title, [row.number], pass_over_void(row, row.void)))


def follow(book: Book, sheet: ImportedSheet) -> None:
    """Bring along the records on file that change because others did."""
    in_workbook = book.pks(sheet.model)
    for queryset in sheet.followers(book):
        for record in queryset.select_related("union", *sheet.related):
            if record.pk in in_workbook:
                continue
            known = book.adopt(record)
            before = state(known)
            sheet.bring_along(book, known)
            if state(known) != before:
                is_void = getattr(known, "voided_at", None) is not None
                (book.void_followers if is_void else book.followers)[sheet.model].append(known)


def apply_rules(book: Book, sheet: ImportedSheet) -> None:
    """Check each row, and each record on file that looks at something this workbook changes."""
    for rule in sheet.rules:
        for row in book.rows.get(sheet, ()):
            if row.record is not None:
                _judge(book, rule, row.record)
        for record in dependents(book, sheet, rule):
            _judge(book, rule, record)


def _judge(book: Book, rule: Rule, record: Model) -> None:
    # Without an error so far every reference is there and every field sound: most workbooks are spared the walk.
    if book.errors and not _can_be_judged(book, rule, record):
        return
    fault = rule.fault(record)
    if fault and not _column_is_misheaded(book, rule, record):
        book.blame(fault)


def _column_is_misheaded(book: Book, rule: Rule, record: Model) -> bool:
    """Whether `rule` looks at a cell that is not there only because its heading is misspelt; that is blamed then."""
    if not book.misheaded:
        return False
    steps = [step for path in rule.fields for step in walk(record, path)]
    rows = [(book.row_of(owner), name) for owner, name in steps]
    return any(book.blame_misheaded(row.sheet, name) for row, name in rows if row is not None)


def _can_be_judged(book: Book, rule: Rule, record: Model) -> bool:
    """Whether all that `rule` looks at is there and was not refused."""
    try:
        steps = [step for path in rule.fields for step in walk(record, path)]
    except LookupError:
        return False
    return not any(book.is_faulty(owner, name) for owner, name in steps)


def dependents(book: Book, sheet: ImportedSheet, rule: Rule) -> Iterator[Model]:
    """Records on file, not in the workbook, whose path to a field of `rule` leads over a changed row."""
    in_workbook = book.pks(sheet.model)
    seen = set()
    for queryset in _looking_at_changes(book, sheet, rule):
        for record in queryset.select_related("union", *sheet.related):
            if record.pk not in in_workbook and record.pk not in seen:
                seen.add(record.pk)
                yield book.adopt(record)


def _looking_at_changes(book: Book, sheet: ImportedSheet, rule: Rule) -> Iterator[QuerySet]:
    for path in rule.fields:
        hops = path.split("__")
        model: type[Model] = sheet.model
        for depth, hop in enumerate(hops[:-1], start=1):
            model = target(field_of(model, hop))
            for chunk in in_chunks(changed_pks(book, model, hops[depth])):
                yield sheet.model.objects.filter(**{"__".join(hops[:depth]) + "__in": chunk})
