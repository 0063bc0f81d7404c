"""续办 without a second notice: of what comes in approved without one, only continued cases are right."""

from collections.abc import Iterator

from aid.enums import Decision
from aid.models import AidCase
from aid.models.casework.case_lists import APPROVED_STATES
from aid.record_rules import NEEDS_NOTICE
from portal.record_rules import Fault, Party
from portal.workbook.importing.book import Book, Row
from portal.workbook.importing.chunks import in_chunks

ASKED = frozenset({"notice_from", "notice_to", "decision", "campaign", "child"})


def only_continued_without_notice(book: Book) -> Iterator[Fault]:
    """One fault for each case approved without notice whose child was not aided the year before, here or on file.

    Of campaigns that allow no such case the rule of the record speaks already.
    """
    unposted = [row for row in book.records_of(AidCase) if _is_unposted(row)]
    if not unposted:
        return
    before = _aided([row.record for row in unposted])
    before |= {
        (row.record.child.person.id_number, row.record.campaign.year)
        for row in book.records_of(AidCase)
        if not row.faulty & ASKED and row.record.decision == Decision.APPROVED
    }
    for row in unposted:
        case = row.record
        if (case.child.person.id_number, case.campaign.year - 1) not in before:
            yield Fault(NEEDS_NOTICE, (Party(case, "notice_from", ASKED),))


def _is_unposted(row: Row) -> bool:
    """A row that brings an approval without notice, or changes what it rests on; what is on file so may stay."""
    if row.faulty & ASKED or not (row.is_new or row.changed & ASKED):
        return False
    case = row.record
    return case.decision == Decision.APPROVED and not (case.notice_from or case.notice_to)


def _aided(cases: list[AidCase]) -> set[tuple[str, int]]:
    """The children of `cases` aided in any year, by identity number and year, as they are on file."""
    persons = {case.child.person.pk: case.child.person.id_number for case in cases if case.child.person.pk}
    aided = AidCase.objects.filter(status__in=APPROVED_STATES)
    return {
        (persons[person], year)
        for chunk in in_chunks(persons)
        for person, year in aided.filter(person__in=chunk).values_list("person", "campaign__year")
    }
