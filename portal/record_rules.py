"""Rules across the fields of a record and of those it refers to, checked alike by the importer, forms and services."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.db.models.constants import LOOKUP_SEP
from django.utils.functional import Promise

from portal.days import is_future


@dataclass(frozen=True)
class Party:
    """A record that takes part in a fault: the field to name, and all its fields that could have caused it.

    With `as_changed` the field to name is one that was changed: `named` if it was, else another of `fields`.
    """

    record: Model
    named: str
    fields: frozenset[str]
    as_changed: bool = False


@dataclass(frozen=True)
class Fault:
    """A broken rule: what is wrong, in words, and who takes part, the one to blame first."""

    message: str
    parties: tuple[Party, ...]
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.message) % self.values if self.values else str(self.message)


@dataclass(frozen=True)
class Doubt:
    """Something odd that may all the same be meant: the field to name, None for the whole record, and what is odd.

    `like` is a record that this one could be taken for.
    """

    attribute: str | None
    message: str | Promise
    like: Model | None = None


@dataclass(frozen=True)
class Rule:
    """One condition on a record.

    `fields` are paths from the record, the one to name first; each record on the way takes part, so that the
    fault can be shown where the change was made. `breaks` gets the record, with every path walkable.
    """

    fields: tuple[str, ...]
    breaks: Callable[[Model], bool]
    message: str | Promise

    def parties(self, record: Model) -> tuple[Party, ...]:
        """Who takes part, in the order of blame; empty if a path cannot be walked yet (a reference is missing)."""
        taking_part: dict[int, tuple[Model, list[str]]] = {}
        for path in self.fields:
            for owner, name in walk(record, path):
                taking_part.setdefault(id(owner), (owner, []))[1].append(name)
        return tuple(Party(owner, names[0], frozenset(names)) for owner, names in taking_part.values())

    def fault(self, record: Model) -> Fault | None:
        """The fault of `record`, or None if it keeps the rule."""
        return Fault(str(self.message), self.parties(record)) if self.breaks(record) else None


def walk(record: Model, path: str) -> Iterator[tuple[Model, str]]:
    """The (record, field) pairs along `path`. Raises LookupError where a reference is not there."""
    *hops, last = path.split(LOOKUP_SEP)
    for hop in hops:
        yield record, hop
        try:
            next_record = getattr(record, hop)
        except ObjectDoesNotExist:
            next_record = None
        if next_record is None:
            raise LookupError(path)
        record = next_record
    yield record, last


def not_ahead(day: str, happened: Callable[[Any], bool], message: str | Promise, *because: str) -> Rule:
    """What has happened does not lie ahead: `day` is past of a record of which something `happened`.

    `because` are the other fields that say so. A date that is never a plan says it itself (`DateCell`).
    """

    def breaks(record: Any) -> bool:
        return is_future(getattr(record, day)) and happened(record)

    return Rule((day, *because), breaks, message)
