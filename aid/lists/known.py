"""How a row of a list finds the record on file that it is about, where it has no number."""

from collections.abc import Sequence

from django.db.models import Model

from aid.models import AidCase, Child, Employer, Household
from portal.fields import blind_index
from portal.models import REPORTING_PATH_LENGTH, Union
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.lists.kinds import Values


def _hashes(rows: Sequence[Values], attribute: str) -> dict[str, str]:
    return {number: blind_index(number) for number in {row.get(attribute) for row in rows} if number}


def known_households(unit: Union, rows: Sequence[Values]) -> list[Model | None]:
    """The open file of each worker; without an identity number that of the 档案编号."""
    hashes = _hashes(rows, "worker")
    files = Household.objects.in_union(_owner(unit)).select_related("worker", "union")
    by_worker = {
        household.worker.id_hash: household
        for chunk in in_chunks(hashes.values())
        for household in files.filter(worker__id_hash__in=chunk, closed_on__isnull=True)
    }
    return [by_worker.get(hashes.get(row.get("worker"))) for row in rows]


def known_children(unit: Union, rows: Sequence[Values]) -> list[Model | None]:
    """The child of that identity number."""
    hashes = _hashes(rows, "person")
    children = Child.objects.in_union(_owner(unit)).select_related("person", "household__worker", "household__union")
    by_person = {
        child.person.id_hash: child
        for chunk in in_chunks(hashes.values())
        for child in children.filter(person__id_hash__in=chunk)
    }
    return [by_person.get(hashes.get(row.get("person"))) for row in rows]


def known_cases(unit: Union, rows: Sequence[Values]) -> list[Model | None]:
    """The child's case of that year."""
    hashes = _hashes(rows, "child")
    cases = AidCase.objects.in_union(_owner(unit)).select_related("campaign", "person", "child__person")
    by_child = {
        (case.person.id_hash, case.campaign.year): case
        for chunk in in_chunks(hashes.values())
        for case in cases.filter(person__id_hash__in=chunk)
    }
    return [by_child.get((hashes.get(row.get("child")), row.get("campaign"))) for row in rows]


def known_employers(unit: Union, rows: Sequence[Values]) -> list[Model | None]:
    """The employer of that name."""
    names = {row.get("name") for row in rows if row.get("name")}
    by_name = {
        employer.name: employer
        for chunk in in_chunks(names)
        for employer in Employer.objects.in_union(_owner(unit)).filter(name__in=chunk)
    }
    return [by_name.get(row.get("name")) for row in rows]


def _owner(unit: Union) -> Union:
    """The 填报单位, in which numbers and people are known: `path` is all that a query needs of it."""
    return Union(path=unit.path[:REPORTING_PATH_LENGTH])
