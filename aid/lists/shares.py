"""资助来源 as columns of a list of cases: one sheet for each level, whose record belongs to the case of the row.

A blank cell and 0 say nothing: what is on file of the level stays.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from aid.casework.shares import OPEN
from aid.enums import FundSource, GrantLevel
from aid.models import AidCase, CaseShare
from aid.workbook.casework.parts import NOT_DONATED, amount_column, source_column, source_meant, sum_faults
from aid.workbook.columns import NUMBER_LENGTH
from portal.models import Union
from portal.record_rules import Fault, Party, Rule
from portal.workbook.cells import TextCell
from portal.workbook.importing.book import Book, Row
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.sheet import IdentityColumn, ImportedSheet, cached
from portal.workbook.lists.kinds import Part, Source, Values

CASE = "助学申请"
AMOUNT = frozenset({"amount"})


def wrong_listed_sums(book: Book) -> Iterator[Fault]:
    """One fault for each case whose parts, by the list or on file, do not come to its standard, at the last part."""
    by_case: dict[int, list[Row]] = defaultdict(list)
    cases = {}
    for row in book.records_of(CaseShare):
        if not row.faulty and cached(row.record, "case") is not None:
            cases[id(row.record.case)] = row.record.case
            by_case[id(row.record.case)].append(row)
    for row in book.records_of(AidCase):
        if not row.is_new and "standard" in row.changed:
            cases[id(row.record)] = row.record
    on_file = _on_file(case.pk for case in cases.values() if case.pk)
    for key, case in cases.items():
        rows = by_case[key]
        amounts = on_file.get(case.pk, {}) | {row.record.level: row.record.amount for row in rows}
        parties = [Party(row.record, "amount", AMOUNT, as_changed=True) for row in reversed(rows)]
        standard = Party(case, "standard", frozenset({"standard"}), as_changed=True)
        if not book.is_faulty(case, "standard"):
            yield from sum_faults(case, amounts.values(), *parties, standard)


def _on_file(cases: Iterable[int]) -> dict[int, dict[str, Decimal]]:
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for chunk in in_chunks(cases):
        for case, level, amount in CaseShare.objects.filter(case__in=chunk).values_list("case", "level", "amount"):
            found[case][level] = amount
    return found


def parts_that_stand(book: Book) -> Iterator[Fault]:
    """Of a case on file that was checked its sources are not changed any more."""
    for row in book.records_of(CaseShare):
        if row.faulty or not (row.is_new or row.changed):
            continue
        case = row.record.case
        of_case = book.row_of(case)
        if (of_case is None or not of_case.is_new) and case.status not in OPEN:
            words = _("申请现在的状态是“%(state)s”，不能修改资助来源")
            party = Party(row.record, "amount", frozenset({"amount", "source"}), as_changed=True)
            yield Fault(words, (party,), {"state": case.get_status_display()})


class ShareSheet(ImportedSheet):
    """What one `level` grants of the case of the row."""

    model = CaseShare
    level: GrantLevel
    related = ("case__campaign", "case__union", "case__person", "case__child__person", "case__child__household__worker")
    rules = (
        Rule(
            ("source", "level"),
            lambda share: (share.level == GrantLevel.SOCIAL) != (share.source == FundSource.SOCIAL),
            NOT_DONATED,
        ),
    )

    case = IdentityColumn(
        "助学申请编号", "case", TextCell(NUMBER_LENGTH), required=True, refers=(CASE,), path="case__number"
    )

    def _named(self, records, column, values):
        return super()._named(records, column, values).filter(level=self.level)

    def complete(self, record, row):
        record.level = self.level
        record.source = source_meant(self.level, record.source)
        case = cached(record, "case")
        if case is not None and row is not None and row.is_new:
            record.place_with(case)


def _sheet(level: GrantLevel) -> ShareSheet:
    columns = {"amount": amount_column(level, "amount", required=True)}
    if level != GrantLevel.SOCIAL:
        columns["source"] = source_column(level, "source")
    said = {"title": title(level), "level": level} | columns
    if level == GrantLevel.CITY:  # the rules look at the records of all levels
        said["set_rules"] = (wrong_listed_sums, parts_that_stand)
    return type(f"{level.name.title()}ShareSheet", (ShareSheet,), said)()


def title(level: GrantLevel) -> str:
    return f"资助来源·{level.label}"


def known_shares(level: GrantLevel) -> Callable[[Union, Sequence[Values]], list[Model | None]]:
    """What is on file of `level` for the case that a row names by number."""

    def on_file(unit: Union, rows: Sequence[Values]) -> list[Model | None]:
        numbers = {row["case"] for row in rows if row.get("case")}
        found = {
            share.case.number: share
            for chunk in in_chunks(numbers)
            for share in CaseShare.objects.in_union(unit)
            .filter(level=level, case__in=AidCase.objects.filter(number__in=chunk))
            .select_related(*ShareSheet.related)
        }
        return [found.get(row.get("case")) for row in rows]

    return on_file


def _part(level: GrantLevel) -> Part:
    return Part(
        title=title(level),
        identity="amount",
        on_file=known_shares(level),
        takes={"case": (Source(CASE, "number", same=False),)},
        only_taken=frozenset({"case"}),
        lacks={"amount": _("写了来源，没有写金额")},
    )


SHARE_SHEETS = tuple(map(_sheet, GrantLevel))
SHARE_PARTS = tuple(map(_part, GrantLevel))
