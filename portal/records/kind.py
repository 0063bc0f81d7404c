"""What is declared about a kind of record: its list, its page, how it is found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.core.exceptions import ImproperlyConfigured
from django.db import models

from portal.access import Permission, can
from portal.fields import BlindIndexField, EncryptedTextField
from portal.models import UnionOwned, User, VoidableRecord
from portal.models.voidable import all_listed
from portal.records.attribute import NAMED, Attribute, encrypted_unread, last_field, relations, walk
from portal.records.beside import Wait
from portal.records.editing.declaration import Editing
from portal.records.filters import RecordFilterSet
from portal.records.grid.declaration import EntryGrid
from portal.records.voiding.declaration import Voiding

RESERVED_PARAMETERS = frozenset(
    {"q", "order", "after", "before", "last", "count", "kind", "format", "csrfmiddlewaretoken"}
)


@dataclass(frozen=True)
class Fields:
    """A titled group of values on a record's page."""

    title: str
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True)
class Related:
    """Records of another kind that belong to this one: those for which `lookup(record)` holds, within scope.

    They show the columns of their own list, save those whose path is in `without`. The section stands on the pages of
    records for which `when` holds.
    """

    title: str
    kind: "RecordKind"
    lookup: Callable[[models.Model], models.Q]
    without: tuple[str, ...] = ()
    when: Callable[[models.Model], bool] = bool

    @property
    def columns(self) -> tuple[Attribute, ...]:
        return tuple(column for column in self.kind.columns if column.path not in self.without)


@dataclass(frozen=True)
class Link:
    """A further page that a record leads to, by an address made from it.

    Offered to those who hold `permission`, if it names one, of records for which `when` holds.
    """

    label: str
    address: Callable[[models.Model], str]
    permission: Permission | None = None
    when: Callable[[models.Model], bool] = bool

    def is_open(self, record: models.Model, user: User) -> bool:
        return (self.permission is None or can(user, self.permission)) and self.when(record)


@dataclass(frozen=True)
class BulkAct:
    """What can be done with the ticked rows of a list: a button, and the address that their keys are sent to."""

    label: str
    url_name: str
    permission: Permission


@dataclass(frozen=True)
class NamedBy:
    """Records that give a person a name, for kinds that refer to the person alone."""

    model: type[UnionOwned]
    name: str
    initials: str
    person: str = "person"


@dataclass(frozen=True)
class Through:
    """Other records that lead to those of a kind: of `model`, whose field `theirs` is the field `own` of the record."""

    model: type[UnionOwned]
    own: str
    theirs: str


@dataclass(frozen=True)
class FoundBy:
    """What stands in other records, and finds this one in its own list; the box for all records asks the others.

    `names` are searched by part, `tails` by a card's last four digits. The paths begin at the record, or at those it is
    found `through`.
    """

    names: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    through: Through | None = None


def as_it_is(records: models.QuerySet) -> models.QuerySet:
    """Nothing more is asked of the records."""
    return records


def nothing_waits(_record: models.Model, _user: User) -> Iterable[Wait]:
    """Nothing is to be done."""
    return ()


@dataclass(frozen=True, kw_only=True)
class RecordKind:
    """Everything the read pages of a kind are made from.

    `noun` is the first segment of its addresses; url names begin with the model's name. `caption` is what tells one
    record from another in a heading; `head` are the few values below it, `state` is how the record stands, and
    `waits(record, user)` what is to be done about it. Of `sections` those with values are the facts of a record, those
    with other records the tabs of its page. `names`, `initials`, `numbers` are lookups searched by part, by beginning
    and by beginning; `hashes` are blind indexes searched by a whole sensitive number, `tails` those by its last four
    digits; `found_by` is what stands in others and finds it in its list. `named_by` serves kinds that know a person
    only; paths then begin with `named`. `search_hint` stands in the search box where it is not the usual one.
    `view_is_logged`: opening a page leaves an audit row.
    `editing` is the form by which records are made and changed in the browser, `grid` the columns in which many are at
    once; `voiding` says how they are taken back.
    `reading` adds to every record what its list and page show and no field holds. `people` is the field that names whom
    a record is about, for kinds of which a person has several: their lists count 人次 and 人. `bulk` is what can be
    done with many rows of the list at once. `in_lists`: unions keep such records in lists of their own, which come in.
    To the lists of its `parts` its own list leads: the menu does not name them.
    """

    model: type[UnionOwned]
    noun: str
    caption: tuple[str, ...]
    columns: tuple[Attribute, ...]
    ordering: str
    filterset: type[RecordFilterSet]
    sections: tuple[Fields | Related, ...]
    head: tuple[Attribute, ...] = ()
    state: Attribute | None = None
    waits: Callable[[models.Model, Any], Iterable[Wait]] = nothing_waits
    links: tuple[Link, ...] = ()
    names: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    hashes: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    found_by: tuple[FoundBy, ...] = ()
    named_by: tuple[NamedBy, ...] = ()
    search_hint: str = ""
    view_is_logged: bool = False
    editing: Editing | None = None
    grid: EntryGrid | None = None
    voiding: Voiding | None = None
    reading: Callable[[models.QuerySet], models.QuerySet] = as_it_is
    people: str = ""
    bulk: tuple[BulkAct, ...] = ()
    in_lists: bool = False
    parts: tuple["RecordKind", ...] = ()

    def __post_init__(self) -> None:
        try:
            self._check()
        except LookupError as error:
            message = f"record kind {self.noun}: {error}"
            raise ImproperlyConfigured(message) from None

    def _check(self) -> None:
        self._check_attributes()
        self._check_lookups()
        taken = RESERVED_PARAMETERS & set(self.filterset.base_filters)
        if taken or self.filterset._meta.model is not self.model:
            raise LookupError(f"filters of another model, or with reserved names {sorted(taken)}")
        if self.voiding and not issubclass(self.model, VoidableRecord):
            raise LookupError("its model cannot be voided")
        if self.grid:
            if self.editing is None:
                raise LookupError("a grid needs a form")
            self.grid.form(self.editing)
        if self.people:
            self.model._meta.get_field(self.people)

    def _check_attributes(self) -> None:
        for path in [*self.caption, *self._paths(self.columns), *self._paths(self.shown)]:
            if path.startswith(f"{NAMED}.") and not self.named_by:
                raise LookupError(f"{path!r} needs named_by")
            list(walk(self.model, path))
        for attribute in (*self.columns, *self.shown):
            field = last_field(self.model, attribute.path)
            if field is None and not attribute.label:
                raise LookupError(f"{attribute.path!r} needs a label")
            if isinstance(field, EncryptedTextField) and attribute.mask is None:
                raise LookupError(f"{attribute.path!r} needs a mask")

    def _check_lookups(self) -> None:
        _check_searched(self.model, (*self.names, *self.initials, *self.numbers), self.hashes, self.tails)
        for source in self.found_by:
            if source.through:
                self.model._meta.get_field(source.through.own)
                source.through.model._meta.get_field(source.through.theirs)
            _check_searched(source.through.model if source.through else self.model, source.names, (), source.tails)
        for name in self.orderings:
            # A null compares with nothing, and a related record may lie outside the scope: neither can be paged over.
            field = None if "__" in name else last_field(self.model, name)
            if field is None or field.null or isinstance(field, EncryptedTextField):
                raise LookupError(f"{name!r} cannot be sorted by")
        if self.ordering.removeprefix("-") not in self.orderings:
            raise LookupError(f"{self.ordering!r} is the order of no column")

    @staticmethod
    def _paths(attributes: Iterable[Attribute]) -> list[str]:
        return [attribute.path for attribute in attributes] + [
            attribute.link for attribute in attributes if attribute.link not in ("", "self")
        ]

    @cached_property
    def name(self) -> str:
        """The beginning of its url names."""
        return str(self.model._meta.model_name)

    @property
    def title(self) -> str:
        return cast("str", self.model._meta.verbose_name)  # a promise, read when it is shown

    @cached_property
    def orderings(self) -> tuple[str, ...]:
        return tuple(column.order for column in self.columns if column.order)

    @cached_property
    def fields(self) -> tuple[Attribute, ...]:
        """The facts of a record: the values of its sections."""
        groups = (section for section in self.sections if isinstance(section, Fields))
        return tuple(attribute for group in groups for attribute in group.attributes)

    @cached_property
    def shown(self) -> tuple[Attribute, ...]:
        """All that the page of a record reads of it: below its heading and among its facts."""
        state = (self.state,) if self.state else ()
        return (*self.head, *state, *self.fields)

    @property
    def is_searched(self) -> bool:
        """Whether something of it can be searched for."""
        return bool(self.names or self.initials or self.numbers or self.hashes or self.tails or self.found_by)

    @property
    def is_found_by_card(self) -> bool:
        """Whether a card's last four digits find something of it."""
        return bool(self.tails or any(source.tails for source in self.found_by))

    @cached_property
    def sensitive(self) -> tuple[Attribute, ...]:
        return tuple(attribute for attribute in self.fields if attribute.mask)

    def visible_to(self, user: User, *, voided: bool = False) -> models.QuerySet[Any]:
        """The records of this kind that `user` may see, each with what its page shows; void ones only if asked for."""
        paths = [*self.caption, *self._paths(self.shown)]
        records = self._records(voided=voided).visible_to(user).select_related(*relations(self.model, paths), "union")
        return self.reading(records)

    def _records(self, *, voided: bool) -> Any:
        return all_listed(self.model) if voided else self.model.objects

    def listed_to(self, user: User, *, voided: bool = False) -> models.QuerySet[Any]:
        """The same for lists: joined to what the columns read, with encrypted fields that no column reads left shut."""
        paths = self._paths(self.columns)
        # Never without a name: select_related() of nothing joins everything.
        records = self._records(voided=voided).visible_to(user)
        records = records.select_related(*relations(self.model, paths), "union")
        return self.reading(records.defer(*encrypted_unread(self.model, paths)))

    @cached_property
    def needed(self) -> frozenset[str]:
        """The sensitive attributes of the record itself that who works on it reads without a reason."""
        return frozenset(fact.path for fact in self.shown if fact.needed)

    def subject(self, record: models.Model) -> str:
        """The record in the audit log: its number, never a name or a sensitive value."""
        return f"{self.title} {getattr(record, 'number', record.pk)}"


def _check_searched(
    model: type[UnionOwned], texts: tuple[str, ...], hashes: tuple[str, ...], tails: tuple[str, ...]
) -> None:
    """That what is searched by part is plain, and what is searched by hash is the blind index meant."""
    for lookup in texts:
        field = last_field(model, lookup.replace("__", "."))
        if field is None or isinstance(field, EncryptedTextField | BlindIndexField):
            message = f"{lookup!r} cannot be searched by part"
            raise LookupError(message)
    for lookups, last in ((hashes, 0), (tails, 4)):
        for lookup in lookups:
            field = last_field(model, lookup.replace("__", "."))
            if not isinstance(field, BlindIndexField) or field.last != last:
                message = f"{lookup!r} is no blind index of {'the last four' if last else 'whole values'}"
                raise LookupError(message)


def by_name(*kinds: RecordKind) -> dict[str, RecordKind]:
    """The registry of `kinds` by the beginning of their url names. Raises ImproperlyConfigured for one named twice."""
    registry: dict[str, RecordKind] = {}
    for kind in kinds:
        if registry.setdefault(kind.name, kind) is not kind:
            raise ImproperlyConfigured(f"two record kinds are called {kind.name}")
    return registry
