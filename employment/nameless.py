"""Who would be nameless: a visit and a promise know a person alone, whom a file, a child or a graduate names."""

from collections.abc import Iterator, Mapping

from django.db.models import Model

from aid.models import Child, Household, Visit
from employment.models import Graduate, Promise
from portal.models import Union
from portal.models.voidable import all_of
from portal.workbook.importing.chunks import in_chunks

NAMING = ((Household, "worker"), (Child, "person"), (Graduate, "person"))
NAMED = (Visit, Promise)


def left_nameless(unit: Union, going: Mapping[type[Model], set[int]]) -> Iterator[Model]:
    """Records of `unit` that count, stay, and are about somebody whom nothing names once the records `going` are gone.

    `going` are keys by model. A query for hundreds of them.
    """
    lost = _named_by_them(going)
    lost -= _named_by_others(unit, lost, going)
    for model, chunk in ((model, chunk) for model in NAMED for chunk in in_chunks(lost)):
        for record in model.objects.in_union(unit).filter(person__in=chunk).order_by("pk"):
            if record.pk not in going.get(model, ()):
                yield record


def _named_by_them(going: Mapping[type[Model], set[int]]) -> set[int]:
    return {
        person
        for model, field in NAMING
        for chunk in in_chunks(going.get(model, ()))
        for person in all_of(model).filter(pk__in=chunk).values_list(field, flat=True)
    }


def _named_by_others(unit: Union, people: set[int], going: Mapping[type[Model], set[int]]) -> set[int]:
    return {
        person
        for model, field in NAMING
        for chunk in in_chunks(people)
        for key, person in all_of(model).in_union(unit).filter(**{f"{field}__in": chunk}).values_list("pk", field)
        if key not in going.get(model, ())
    }
