"""Who would be nameless: a visit and what follows it know a person alone, whom a file, a child or a graduate names."""

from collections.abc import Iterator, Mapping

from django.db.models import Model

from employment.records import FINAL
from portal.models import Union
from portal.models.voidable import all_of
from portal.records.kind import NamedBy
from portal.workbook.importing.chunks import in_chunks

Keys = Mapping[type[Model], set[int]]


def left_nameless(unit: Union, going: Keys) -> Iterator[Model]:
    """Records of `unit` that count, stay, and are about somebody whom nothing names once the records `going` are gone.

    `going` are keys by model. A query for hundreds of them.
    """
    for kind in FINAL.values():
        if kind.named_by:
            lost = _named_by_them(kind.named_by, going)
            lost -= _named_by_others(kind.named_by, unit, lost, going)
            for chunk in in_chunks(lost):
                records = kind.model.objects.in_union(unit).filter(person__in=chunk).order_by("pk")
                yield from (record for record in records if record.pk not in going.get(kind.model, ()))


def _named_by_them(names: tuple[NamedBy, ...], going: Keys) -> set[int]:
    return {
        person
        for named in names
        for chunk in in_chunks(going.get(named.model, ()))
        for person in all_of(named.model).filter(pk__in=chunk).values_list(named.person, flat=True)
    }


def _named_by_others(names: tuple[NamedBy, ...], unit: Union, people: set[int], going: Keys) -> set[int]:
    return {
        person
        for named in names
        for chunk in in_chunks(people)
        for key, person in all_of(named.model)
        .in_union(unit)
        .filter(**{f"{named.person}__in": chunk})
        .values_list("pk", named.person)
        if key not in going.get(named.model, ())
    }
