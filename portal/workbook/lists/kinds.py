"""What a list may be of, declared: the sheets that its rows become, and what one takes from another."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Model, Q
from django.utils.functional import Promise

from portal.models import Union, UnionOwned
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.sheets import Workbook

Values = dict[str, object]
# The records on file that rows of values mean, one or None for each; nothing is created.
OnFile = Callable[[Union, Sequence[Values]], list[Model | None]]


@dataclass(frozen=True)
class Source:
    """Where a value comes from that the row's own cells lack: another column of the row, or of its record on file.

    `same`: both are the same thing, and a heading that means the one means the other; if not, only the row counts.
    `worded` says the value in the words of this column, by all that the row says there.
    """

    title: str
    attribute: str
    same: bool = True
    worded: Callable[[Any, Values], str] | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """One sheet that a row of the list fills.

    `identity`: the attribute that names the record; the list must have it. `prefix`: of numbers the portal gives.
    `on_file`: how a row without a number finds its record. `takes`: attribute → where else its value is. `shared`:
    several rows of the list may be about the same record. `wanted_by`: the part is meant only where the list has one
    of these columns, or says it once for all. `follows`: it is read from a row only together with that part.
    `only_taken`: attributes that lists have no column for, whatever a heading says: 用人单位 is a name, not its number.
    `only_named`: attributes that a heading means only with a word for the person: a bare 银行卡号 is never the child's.
    `sexed`: where the sex of the person is kept, of whom the number tells none. `lacks`: by attribute, what is said
    instead of 必须填写 where a row has nothing for it. `comes_as`: what new records are when they are in, and what is
    to be done then.
    """

    title: str
    identity: str
    on_file: OnFile
    prefix: str = ""
    takes: dict[str, tuple[Source, ...]] = field(default_factory=dict)
    shared: bool = False
    wanted_by: frozenset[str] = frozenset()
    follows: str = ""
    only_taken: frozenset[str] = frozenset()
    only_named: frozenset[str] = frozenset()
    sexed: tuple[str, ...] = ()
    lacks: dict[str, str | Promise] = field(default_factory=dict)
    comes_as: str | Promise = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class ListKind:
    """A kind of list: its parts in the order of reference; a heading without a person's word is about the first named.

    `title` names it on a page. `main` is the title of the part a bare 姓名 belongs to; `words` stand in a title of such
    a list. `told` reads from the texts above the headings what is said once for all rows, by attribute; the `dated`
    attributes are the day of the list, where none is given.
    """

    name: str
    title: str | Promise
    workbook: Workbook
    parts: tuple[Part, ...]
    main: str
    words: tuple[str, ...] = ()
    dated: frozenset[str] = frozenset()
    told: Callable[[str], dict[str, str]] = field(default=lambda _text: {})

    @cached_property
    def sheets(self) -> dict[str, ImportedSheet]:
        return {part.title: self.workbook.by_title[part.title] for part in self.parts}

    @property
    def identity_heading(self) -> str:
        """The heading of the column that names what the list is of."""
        heading: str = self.sheets[self.main].column(self.part(self.main).identity).heading
        return heading

    def part(self, title: str) -> Part:
        return next(part for part in self.parts if part.title == title)


def equal_on_file(
    model: type[UnionOwned], day: str, attributes: Iterable[str], person: str = "", among: Q | None = None
) -> OnFile:
    """Rows are known whose `attributes` all equal those of a record on file of the same `day`, each record once.

    `person` is the attribute that holds a person, whom rows name by identity number; `among` are the records meant.
    """
    names = (day, *attributes, *([person] if person else []))

    def on_file(unit: Union, rows: Sequence[Values]) -> list[Model | None]:
        days: list[Any] = [row[day] for row in rows if row.get(day)]
        left: dict[tuple, list[Model]] = {}
        if days:
            records = model.objects.in_union(unit).filter(among or Q(), **{f"{day}__range": (min(days), max(days))})
            for record in records.select_related(*([person] if person else [])).order_by("-pk"):
                left.setdefault(tuple(_held(record, name, person) for name in names), []).append(record)
        found = []
        for row in rows:
            equal = left.get(tuple(row.get(name, "") for name in names))
            found.append(equal.pop() if equal else None)
        return found

    return on_file


def _held(record: Model, name: str, person: str) -> object:
    value = getattr(record, name)
    return value.id_number if name == person else value
