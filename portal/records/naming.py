"""Names of people for records that refer to a person by identity alone, read within the user's scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar, cast

from django.db import models

from portal.models import UnionOwned, User
from portal.records.attribute import NAMED
from portal.records.kind import RecordKind

PERSON = "person_id"
Record = TypeVar("Record", bound=models.Model)


@dataclass(frozen=True)
class Named:
    """Who a person is, as the first visible record that knows says."""

    name: str
    record: UnionOwned


def attach_names(kind: RecordKind, records: Iterable[Record], user: User) -> list[Record]:
    """Set `named` on every record: one question per source, whatever the number of records."""
    records = list(records)
    if not kind.named_by:
        return records
    people = {_person(record) for record in records}
    found: dict[int, Named] = {}
    for source in kind.named_by:
        rows = source.model.objects.visible_to(user).filter(**{f"{source.person}__in": people}).order_by("pk")
        for row in rows.only(source.name, source.person, "union_path"):
            found.setdefault(getattr(row, f"{source.person}_id"), Named(getattr(row, source.name), row))
    for record in records:
        setattr(record, NAMED, found.get(_person(record)))
    return records


def _person(record: models.Model) -> int:
    return cast("int", getattr(record, PERSON))
