"""People who are already known: one open file per worker, one open household per child, in the whole tree."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from aid.models import Child, Household
from portal.models import REPORTING_PATH_LENGTH, Union
from portal.record_rules import Fault, Party
from portal.workbook.importing.book import Book
from portal.workbook.importing.chunks import in_chunks


def names_of_units(paths: Iterable[str]) -> dict[str, str]:
    """Names of the 填报单位 by path: all that one union may learn of another's records."""
    wanted = {path[:REPORTING_PATH_LENGTH] for path in paths}
    return dict(Union.objects.filter(path__in=wanted).values_list("path", "name"))


@dataclass(frozen=True)
class OneHolder:
    """Who may be held once, by which records: the rule, its words, and the cells that can break it.

    `message` is for the own unit, and `elsewhere` for another one, whose name is all it tells. `here`, where there is
    one, takes the place of `message` for a holder on file in the own unit, and tells the `number` of it.
    """

    person: str
    holding: QuerySet
    parties: Callable[[Model], tuple[Party, ...]]
    message: str
    elsewhere: str
    here: str = ""
    number: str = "pk"

    def faults(self, book: Book, records: Iterable[Model]) -> Iterator[Fault]:
        """Faults of `records`, in row order: of two the lower is to blame first, then the upper."""
        holders: dict[str, Model] = {}
        for record in records:
            other = holders.setdefault(getattr(record, self.person).id_number, record)
            if other is not record:
                yield Fault(self.message, self.parties(record) + self.parties(other))
        yield from self._held_on_file(book, holders.values())

    def _held_on_file(self, book: Book, records: Iterable[Model]) -> Iterator[Fault]:
        by_person = {getattr(record, f"{self.person}_id"): record for record in records}
        by_person.pop(None, None)
        known = book.known_pks(self.holding.model)
        rivals = [
            (by_person[person], path, number)
            for chunk in in_chunks(by_person)
            for pk, person, path, number in self._rows_on_file(chunk)
            if pk not in known
        ]
        units = names_of_units(path for _record, path, _number in rivals)
        for record, path, number in rivals:
            if path.startswith(book.unit.path):
                yield Fault(self.here or self.message, self.parties(record), {"number": number})
            else:
                unit = units[path[:REPORTING_PATH_LENGTH]]
                yield Fault(self.elsewhere, self.parties(record), {"unit": unit})

    def _rows_on_file(self, people: list) -> QuerySet:
        rows = self.holding.filter(**{f"{self.person}__in": people})
        return rows.values_list("pk", self.person, "union_path", self.number)


def workers_with_an_open_file(book: Book) -> Iterator[Fault]:
    """A worker has at most one file that is not closed."""
    fields = frozenset({"worker", "closed_on"})
    rule = OneHolder(
        person="worker",
        holding=Household.objects.filter(closed_on__isnull=True),
        parties=lambda household: (Party(household, "worker", fields, as_changed=True),),
        message=_("该职工已有一份未注销的档案"),
        here=_("该职工已有一份未注销的档案，档案编号 %(number)s"),
        elsewhere=_("该职工在“%(unit)s”已有未注销的档案，如需转入请联系该单位办理转移"),
        number="number",
    )
    rows = book.records_of(Household)
    yield from rule.faults(book, (row.record for row in rows if not row.faulty & fields and row.record.is_open))


def children_of_an_open_household(book: Book) -> Iterator[Fault]:
    """A child belongs to at most one household that is not closed; reopening a household counts as well."""
    fields = frozenset({"person", "household"})
    rule = OneHolder(
        person="person",
        holding=Child.objects.filter(on_file=True),
        parties=lambda child: (
            Party(child, "person", fields),
            Party(child.household, "closed_on", frozenset({"closed_on"})),
        ),
        message=_("该子女已在另一户未注销的档案中"),
        elsewhere=_("该子女在“%(unit)s”已有在档的家庭，如需转入请联系该单位办理转移"),
    )
    rows = (row.record for row in book.records_of(Child) if not row.faulty & fields)
    yield from rule.faults(book, (child for child in (*rows, *book.followers[Child]) if child.on_file))
