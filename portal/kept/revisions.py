"""The revision of a 填报单位: a number that every write of its records raises, in the transaction of the write.

Raising adds a row and touches none, so that two writers of a unit do not wait for each other, in no order whatever.
Whoever counts reads the revision first: a write that commits meanwhile has raised it when the result is asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Count, F, Model

from portal.models import REPORTING_PATH_LENGTH, Union, UnionOwned, UnitChange, UnitRevision
from portal.models.owned import unit_path
from portal.models.voidable import all_of
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city

FOLDED_FROM = 20  # rows of one unit
CHUNK = 900  # SQLite takes 999 variables a statement in its older builds
PATH = "union_path"
Rows = dict[type[Model], list[dict[str, Any]]]


def revisions(paths: Iterable[str] | None = None) -> dict[str, int]:
    """The revision of every unit, or of those at `paths`, by its path; 0 for one that is missing.

    One statement, so of one moment.
    """
    these = {} if paths is None else {"path__in": list(paths)}
    numbers = UnitRevision.objects.filter(**these).values_list("path", "number")
    changes = UnitChange.objects.filter(**these).order_by().values_list("path").annotate(number=Count("pk"))
    found: dict[str, int] = defaultdict(int)
    for path, number in numbers.union(changes, all=True):
        found[path] += number
    return found


@contextmanager
def raising(records: Iterable[Any]) -> Iterator[None]:
    """Around a write of `records`: raises the revision of every unit that counts one of them, before or after it.

    Records of no union are passed over. In the transaction of the caller, else in one with the write.
    """
    owned = [record for record in records if isinstance(record, UnionOwned)]
    new = [record for record in owned if record._state.adding]
    known = [record for record in owned if not record._state.adding]
    with transaction.atomic(savepoint=False):
        before = _stored(known)
        paths = _counting(before)
        yield
        moved = _other_than(before, _written(known))
        raise_units(paths | _counting(moved) | _counting(_written(new), referred=False))


def raise_units(paths: Iterable[str]) -> None:
    """Raise the revision of the units to which these paths belong; the caller holds the transaction."""
    units = {path[:REPORTING_PATH_LENGTH] for path in paths if path}
    UnitChange.objects.bulk_create([UnitChange(path=path) for path in sorted(units)])


def raise_all() -> None:
    """Raise the revision of every unit, for what concerns all of them; the caller holds the transaction."""
    raise_units(Union.objects.reporting().values_list("path", flat=True))


def fold() -> None:
    """Add up the changes of units that have many. The revision stays what it is, for whoever looks meanwhile as well.

    DELETE itself tells how many it took: a row that another folds at the same time is counted once.
    """
    many = UnitChange.objects.values("path").order_by("path").annotate(rows=Count("pk")).filter(rows__gte=FOLDED_FROM)
    for path in list(many.values_list("path", flat=True)):
        UnitRevision.objects.get_or_create(path=path)
        with transaction.atomic():
            folded = UnitChange.objects.filter(path=path)._raw_delete(connection.alias)
            UnitRevision.objects.filter(path=path).update(number=F("number") + folded)


@whole_city(Across.REVISIONS)
def units_counting(model: type[Model], rows: Iterable[Mapping[str, Any]], *, referred: bool = True) -> set[str]:
    """The units that count these records of `model`, each told by its path and the fields that `fields_read` names.

    To records that were not there before nothing can refer by their own key: they are not `referred`.
    """
    rows = list(rows)
    found = {row[PATH] for row in rows}
    for counting, field, lookup in _counted_by(model):
        if field == "pk" and not referred:
            continue
        for chunk in _in_chunks({row[field] for row in rows}):
            led = all_of(counting).filter(**{f"{lookup}__in": chunk}).order_by().annotate(unit=unit_path())
            found.update(led.values_list("unit", flat=True).distinct())
    return found


def fields_read(model: type[Model]) -> list[str]:
    """What tells which units count a record of `model`."""
    return sorted({PATH, *(field for _counting, field, _lookup in _counted_by(model))})


@cache
def _counted_by(model: type[Model]) -> tuple[tuple[type[Model], str, str], ...]:
    """The kinds that count records of `model`, each with the field of it and the lookup of theirs that meet."""
    owned = (each for each in apps.get_models() if issubclass(each, UnionOwned))
    return tuple(
        (each, field, lookup)
        for each in owned
        for label, field, lookup in each.counts_with
        if apps.get_model(label) is model
    )


def _counting(rows: Rows, *, referred: bool = True) -> set[str]:
    return {path for model, found in rows.items() for path in units_counting(model, found, referred=referred)}


def _written(records: Iterable[UnionOwned]) -> Rows:
    found: Rows = defaultdict(list)
    for record in records:
        model = type(record)
        found[model].append({name: _value(record, name) for name in fields_read(model)})
    return found


def _other_than(before: Rows, after: Rows) -> Rows:
    """Those of `after` that are not in `before`: the units that count the others were asked for already."""
    asked = {model: {tuple(row.values()) for row in rows} for model, rows in before.items()}
    return {model: [row for row in rows if tuple(row.values()) not in asked[model]] for model, rows in after.items()}


def _in_chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    values = list(values)
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


def _value(record: UnionOwned, name: str) -> Any:
    return getattr(record, name if name in ("pk", PATH) else f"{name}_id")  # all others are references


@whole_city(Across.REVISIONS)
def _stored(records: Iterable[UnionOwned]) -> Rows:
    """The same of what is stored of them."""
    keys: dict[type[Model], list[Any]] = defaultdict(list)
    for record in records:
        keys[type(record)].append(record.pk)
    return {
        model: [
            row
            for chunk in _in_chunks(pks)
            for row in all_of(model).filter(pk__in=chunk).order_by().values(*fields_read(model))
        ]
        for model, pks in keys.items()
    }
