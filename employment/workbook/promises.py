"""帮扶承诺: a sheet that no workbook carries. Help of the promised kind keeps it, whichever way the help is entered."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from aid.models import Household
from employment.enums import AssistanceKind
from employment.models import Assistance, Graduate, Promise
from portal.record_rules import Fault, Party, Rule
from portal.workbook.cells import CodeCell, DateCell, IdNumberCell, TextCell
from portal.workbook.importing.book import Book
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.sheet import ImportedSheet, cached, changed_pks
from portal.workbook.sheets import Column

FRESH_HELP = "fresh help"  # in Book.seen: new help by graduate and kind, the earliest first
MATCHED = frozenset({"graduate", "kind", "given_on"})
PROMISED = frozenset({"graduate", "kind"})


def fresh_help(book: Book) -> dict[tuple[int, str], list[Assistance]]:
    """The help that `book` brings to graduates on file, by graduate and kind."""
    found = book.seen[FRESH_HELP] = {}
    for row in book.records_of(Assistance):
        if row.is_new and not row.faulty & MATCHED and row.record.graduate_id:
            found.setdefault((row.record.graduate_id, row.record.kind), []).append(row.record)
    for given in found.values():
        given.sort(key=lambda help_: help_.given_on)
    return found


def keeping(promise: Promise, book: Book) -> Assistance | None:
    """The first new help that keeps an open promise: of its kind, to its graduate, on its day or later."""
    given = book.seen[FRESH_HELP].get((promise.graduate_id, promise.kind), ())
    return next((help_ for help_ in given if help_.given_on >= promise.promised_on), None)


def help_that_kept_a_promise_changed(book: Book) -> Iterator[Fault]:
    """The help that kept a promise stays of its kind and with its graduate, and not before the promise."""
    rows = {row.record.pk: row.record for row in book.records_of(Assistance)}
    for chunk in in_chunks(changed_pks(book, Assistance, *MATCHED)):
        for promise in Promise.objects.filter(kept_by__in=chunk):
            record = rows[promise.kept_by_id]
            same = (record.graduate_id, record.kind) == (promise.graduate_id, promise.kind)
            if not same or record.given_on < promise.promised_on:
                message = _("这条帮扶兑现了 %(day)s 的承诺，类别和毕业生不能改，日期不能早于承诺日期")
                yield Fault(message, (Party(record, "kind", MATCHED, as_changed=True),), {"day": promise.promised_on})


def promised_before(book: Book) -> Iterator[Fault]:
    """One open promise of a kind to a graduate, and none to those who are tracked no more."""
    rows = [row for row in book.records_of(Promise) if not row.faulty & PROMISED and row.changed & PROMISED]
    others = Promise.objects.filter(closed_on=None).exclude(pk__in=[row.record.pk for row in rows if not row.is_new])
    taken: set[tuple[int, str]] = set()
    for chunk in in_chunks({row.record.graduate_id for row in rows}):
        taken.update(others.filter(graduate__in=chunk).values_list("graduate", "kind"))
    for row in rows:
        party = (Party(row.record, "kind", PROMISED),)
        if (row.record.graduate_id, row.record.kind) in taken:
            yield Fault(_("对该毕业生已有同一类别未兑现的承诺"), party)
        elif row.record.graduate.closed_on:
            yield Fault(_("该毕业生已结束跟踪，不能再承诺"), party)


class PromiseSheet(ImportedSheet):
    """Below a graduate; goes where the graduate goes."""

    title = "帮扶承诺"
    model = Promise
    related = ("graduate__person", "graduate__household__worker", "graduate__union", "kept_by")
    rules = (
        Rule(
            ("due_on", "promised_on"),
            lambda promise: promise.due_on < promise.promised_on,
            _("兑现期限不能早于承诺日期"),
        ),
    )
    set_rules = (promised_before,)

    graduate = Column(
        "毕业生身份证号",
        "graduate",
        IdNumberCell(),
        required=True,
        refers=("高校毕业生",),
        path="graduate__person__id_number",
    )
    kind = Column("承诺的帮扶", "kind", CodeCell(AssistanceKind), required=True)
    promised_on = Column("承诺日期", "promised_on", DateCell(), required=True)
    due_on = Column("兑现期限", "due_on", DateCell(future=True), required=True)
    note = Column("说明", "note", TextCell(200))

    def complete(self, record, row):
        graduate = cached(record, "graduate")
        if graduate is not None:
            record.person_id = graduate.person_id
            record.place_with(graduate)

    def followers(self, book):
        for chunk in in_chunks(changed_pks(book, Household, "union")):
            yield Promise.objects.filter(graduate__household__in=chunk)
        for chunk in in_chunks(changed_pks(book, Graduate, "household")):
            yield Promise.objects.filter(graduate__in=chunk)
        for chunk in in_chunks({graduate for graduate, _kind in fresh_help(book)}):
            yield Promise.objects.filter(graduate__in=chunk, closed_on=None)
        for chunk in in_chunks(changed_pks(book, Assistance, "given_on")):
            yield Promise.objects.filter(kept_by__in=chunk)

    def bring_along(self, book, record):
        """It moves with its graduate; what was open is kept by new help; what is kept was kept on the day of that."""
        super().bring_along(book, record)
        if record.closed_on is None:
            record.kept_by = keeping(record, book)
        if record.kept_by is not None:
            record.closed_on = record.kept_by.given_on
