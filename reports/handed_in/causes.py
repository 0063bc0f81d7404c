"""Why a record counts otherwise than it did: which records were changed, in what, by whom and when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model
from django.db.models.expressions import Col
from django.db.models.sql import Query
from django.utils.translation import gettext as _

from portal.models import Union
from portal.models.voidable import all_of
from portal.records.attribute import walk
from portal.records.versions import KINDS_OF_CHANGE
from portal.workbook.importing.chunks import in_chunks
from reports.figures.facts import OWNER
from reports.figures.registry import Fact, Figure, Window
from reports.handed_in.freezing import counted
from reports.handed_in.touched import referring
from reports.models import Submission

Reads = Mapping[type[Model], Sequence[str]]  # the fields, by model, on which it hangs whether and as what one counts
Related = tuple[type[Model], int]


@dataclass(frozen=True)
class Cause:
    """One record that somebody changed since: the counted one or a related one.

    `fields` are what was changed in it, in words; none where the record itself came, went or moved, which `act` says.
    """

    model: type[Model]
    pk: int
    name: str
    act: str
    fields: tuple[str, ...]
    by: str
    at: datetime

    @property
    def what(self) -> str:
        """Which record, and what of it."""
        of = f"{self.model._meta.verbose_name} {self.name}"
        return f"{of}：{'、'.join(self.fields) or self.act}"


def causes(
    members: tuple[Figure, ...], window: Window, submission: Submission, pks: Iterable[int]
) -> dict[int, tuple[Cause, ...]]:
    """The causes, the earliest first, why the records `pks` differ from what `submission` froze of them."""
    related = _related(members[0].fact, list(pks))
    reads = read_fields(members, window)
    wanted = defaultdict(set)
    for model, pk in {each for found in related.values() for each in found}:
        wanted[model].add(pk)
    told = {}
    for model, keys in wanted.items():
        for pk, versions in _versions(model, keys, submission).items():
            told[model, pk] = list(_told(versions, submission, reads.get(model, ())))
    return {
        pk: tuple(sorted((cause for each in found for cause in told.get(each, ())), key=lambda cause: cause.at))
        for pk, found in related.items()
    }


def _related(fact: Fact, pks: list[int]) -> dict[int, list[Related]]:
    """Each of `pks` with the records on which it hangs as what it counts, itself first."""
    found: dict[int, dict[Related, None]] = {pk: {(fact.model, pk): None} for pk in pks}
    for path, model in fact.versioned.items():
        for pk, other in _led_to(fact, path, model, pks):
            found[pk][model, other] = None
    return {pk: list(others) for pk, others in found.items()}


def _led_to(fact: Fact, path: str, model: type[Model], pks: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of a record and what `path` leads to, also what referred to it once."""
    owner, back = referring(fact, path)
    for chunk in in_chunks(pks):
        records = all_of(fact.model).filter(pk__in=chunk)
        if back is None:
            yield from records.exclude(**{path: None}).values_list("pk", path)
            continue
        owners = defaultdict(list)
        for pk, key in records.values_list("pk", owner or "pk"):
            owners[key].append(pk)
        ever = model.history.filter(**{f"{back}__in": list(owners)}).order_by().values_list(back, "id").distinct()
        yield from ((pk, other) for key, other in ever for pk in owners[key])


def read_fields(members: tuple[Figure, ...], window: Window) -> Reads:
    """The fields that the question behind `members` asks for, and those that its columns show."""
    fact, found = members[0].fact, defaultdict(dict)
    shown = [field for column in fact.columns if column is not OWNER for field in walk(fact.model, column.path)]
    for field in (*(column.target for column in _columns(counted(members, window).query)), *shown):
        if field.concrete and field.attname != "union_path":
            found[field.model][field.attname] = None
    return {model: tuple(names) for model, names in found.items()}


def _columns(expression) -> Iterator[Col]:
    """The columns that occur in a query's conditions and flags, and in those of the queries within."""
    if isinstance(expression, Col):
        yield expression
    elif isinstance(expression, Query):
        for part in (expression.where, *expression.annotations.values()):
            yield from _columns(part)
    else:
        for part in filter(None, expression.get_source_expressions()):
            yield from _columns(part)


def _versions(model: type[Model], keys: Iterable[int], submission: Submission) -> dict[int, list]:
    """By key the versions since `submission`, the first being the last before it, or None if there is none."""
    found: dict[int, list] = {}
    for chunk in in_chunks(keys):
        history = model.history.filter(id__in=chunk).select_related("history_user__union")
        history = history.order_by("history_date", "history_id")
        before = {each.id: each for each in history.filter(history_date__lt=submission.submitted_at)}
        for version in history.filter(history_date__gte=submission.submitted_at):
            found.setdefault(version.id, [before.get(version.id)]).append(version)
    return found


def _told(versions: list, submission: Submission, fields: Sequence[str]) -> Iterator[Cause]:
    """One cause for each version that wrote what the record is now, in those of `fields` that differ."""
    unit = submission.report.union
    versions = _while_of(unit, versions)
    if len(versions) == 1:
        return
    first, last = versions[0], versions[-1]
    if _counts(first, unit) and not _counts(last, unit):  # what was changed before it left is told as well
        yield from _told(versions[:-1], submission, fields)
        yield _cause(last, unit, ())
    elif _counts(last, unit) and not _counts(first, unit):
        yield _cause(_arrival(unit, versions), unit, ())
    elif _counts(first, unit):
        yield from _written(versions, unit, fields)


def _written(versions: list, unit: Union, fields: Sequence[str]) -> Iterator[Cause]:
    first, last = versions[0], versions[-1]
    written = defaultdict(list)
    for name in fields:
        if getattr(first, name) != getattr(last, name):
            written[_writer(versions, name)].append(name)
    for place, names in written.items():
        model = last.instance_type
        labels = [str(model._meta.get_field(name.removesuffix("_id")).verbose_name) for name in names]
        yield _cause(versions[place], unit, tuple(labels))


def _while_of(unit: Union, versions: list) -> list:
    """Of a record that has left `unit`, the versions up to that by which it left: what came later is another's."""
    if _counts(versions[-1], unit):
        return versions
    left = (at for at in range(1, len(versions)) if _counts(versions[at - 1], unit) and not _counts(versions[at], unit))
    return versions[: next(left, len(versions)) + 1]


def _counts(version, unit: Union) -> bool:
    """Whether the record was there, and the unit's, by `version`."""
    return version is not None and version.history_type != "-" and version.union_path.startswith(unit.path)


def _arrival(unit: Union, versions: list):
    return next(version for version in versions if _counts(version, unit))


def _writer(versions: list, name: str) -> int:
    """The place of the version that gave field `name` the value it has now."""
    values = [getattr(version, name) for version in versions]
    return max(at for at in range(1, len(values)) if values[at] != values[at - 1])


def _cause(version, unit: Union, fields: tuple[str, ...]) -> Cause:
    return Cause(
        model=version.instance_type,
        pk=version.id,
        name=str(version.instance),
        act=version.history_change_reason or str(KINDS_OF_CHANGE[version.history_type]),
        fields=fields,
        by=_author(version, unit),
        at=version.history_date,
    )


def _author(version, unit: Union) -> str:
    """Who wrote it; of another unit's people only that they are."""
    by = version.history_user
    if by is None:
        return _("系统")
    return str(by) if by.union.contains(unit) or unit.contains(by.union) else _("其他单位人员")
