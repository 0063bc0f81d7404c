"""A kind's list as one request asks for it: scope, filters, search and order, read from the address."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from django.db.models import Count, Field, Model, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.identity import IdentityError
from portal.models import OwnList
from portal.records.attribute import Attribute
from portal.records.filters import VOIDED
from portal.records.kind import RecordKind
from portal.records.lists.left import PLACES
from portal.records.lists.own_list import CAMPAIGN, columns_shown, has_years, opens_with, own_list
from portal.records.lists.paging import COUNT, WHOLE, Keyset, Page, counted, turn_to
from portal.records.lists.table import Heading, Table, heading, table
from portal.records.naming import attach_names
from portal.records.search import NOT_IN_AN_ADDRESS, matching_in_list, read_query
from portal.words.contacts import is_sensitive


@dataclass(frozen=True)
class Chip:
    """A filter in force, in words, and the address of the list without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class SavedFilter:
    """A filter saved under a name, the address of the list with it, and whether it is what the list shows now."""

    name: str
    url: str
    current: bool


class Asking(Protocol):
    """A request, or a job that stands for one: whose list it is."""

    user: Any


class Listing:
    """What a list page and its export have in common. Faulty parameters are said, and show nothing.

    A list that `opens` without any parameter is narrowed as the person has it; that then stands in its addresses.
    """

    def __init__(self, kind: RecordKind, request: Asking, params: QueryDict, *, opens: bool = False):
        self.kind = kind
        self.user = request.user
        self.counts_whole = params.get(COUNT) == WHOLE
        asks_nothing = not params or (self.counts_whole and len(params) == 1)
        self.preset = opens_with(kind, self.own) if opens and asks_nothing else QueryDict()
        self.params = self.preset or params
        self.scope = kind.listed_to(self.user, voided=bool(self.params.get(VOIDED)))
        self.filterset = kind.filterset(self.params, queryset=self.scope, request=request)
        self.query, self.problem = self._read_query()

    def _read_query(self) -> tuple[str, str]:
        try:
            query = read_query(self.params.get("q", ""))
        except IdentityError as error:
            return "", str(error)
        if is_sensitive(query):
            return "", str(NOT_IN_AN_ADDRESS)
        return query, ""

    @property
    def is_valid(self) -> bool:
        return not self.problem and self.filterset.is_valid()

    @cached_property
    def keyset(self) -> Keyset:
        order = self.params.get("order", "")
        return Keyset.parse(order if order.removeprefix("-") in self.kind.orderings else self.kind.ordering)

    @cached_property
    def records(self) -> QuerySet:
        """The records asked for, in no order yet."""
        if not self.is_valid:
            return self.scope.none()
        records: QuerySet = self.filterset.qs
        return records.filter(matching_in_list(self.kind, self.user, self.query)) if self.query else records

    @cached_property
    def own(self) -> OwnList:
        """How the person has this list."""
        return own_list(self.user, self.kind)

    @cached_property
    def columns(self) -> tuple[Attribute, ...]:
        return columns_shown(self.kind, self.own)

    @cached_property
    def page(self) -> Page:
        params = {name: str(value) for name, value in self.params.dict().items()} | (
            {COUNT: WHOLE} if self.counts_whole else {}
        )
        page = turn_to(params, self.records, self.scope, self.keyset, self.own.rows)
        attach_names(self.kind, page.records, self.user)
        return page

    @cached_property
    def people(self) -> int | None:
        """How many people the records asked for are about; None where that is not counted, or not all are."""
        named = self.kind.people
        if not named or self.page.is_more:
            return None
        return int(self.records.order_by().aggregate(people=Count(named, distinct=True))["people"])

    def table(self) -> Table:
        return table(self.columns, self.kind.model, self.page.records, self.user.union.path, self._heading)

    def _heading(self, column: Attribute, model: type[Model]) -> Heading:
        plain = heading(column, model)
        if not column.order:
            return plain
        current = self.keyset.field == column.order
        direction = ("descending" if self.keyset.descending else "ascending") if current else ""
        order = f"-{column.order}" if direction == "ascending" else column.order
        return Heading(plain.label, plain.numeric, plain.minor, self.address(order=order), direction)

    @cached_property
    def kept(self) -> QueryDict:
        """What an address of this list carries: filters, search and order; no place, and nothing unknown."""
        names = [*self.filterset.filters, "order"]
        kept = QueryDict(mutable=True)
        for name in names:
            said = str(self.params.get(name) or "")
            if said and not is_sensitive(said):
                kept[name] = said
        if self.query:
            kept["q"] = self.query
        return kept

    def left(self) -> str:
        """What leads back to the list as it is now: what an address carries, and the place."""
        left = self.kept.copy()
        for name in PLACES:
            if name in self.params:
                left[name] = str(self.params[name])
        return self._opened_so(left)

    def choices(self) -> list[tuple[str, str, bool]]:
        """The columns that may be left out: path, heading, and whether the list shows it."""
        columns = self.kind.columns[1:]
        return [(column.path, column.heading(self.kind.model), column in self.columns) for column in columns]

    def saved(self) -> list[SavedFilter]:
        """The filters the person has saved."""
        now = self.kept.copy()
        now.pop("q", None)
        return [SavedFilter(name, f"?{query}", query == now.urlencode()) for name, query in self.own.filters]

    def address(self, *without: str, **changes: str) -> str:
        params = self.kept.copy()
        for name in without:
            params.pop(name, None)
        for name, value in changes.items():
            params[name] = value
        return f"?{self._opened_so(params)}"

    def _opened_so(self, params: QueryDict) -> str:
        """The query of an address; of one that asks for nothing it says so, where the list would open otherwise."""
        if not params and has_years(self.kind) and not self.own.every_year:
            return f"{CAMPAIGN}="
        return params.urlencode()

    @property
    def cleared(self) -> str:
        """The address of the list without any filter."""
        return self.address(*self.kept)

    @cached_property
    def outside(self) -> int | None:
        """How many records the list does not show because of how it opens; None where not all are counted."""
        if not self.preset:
            return 0
        within = counted(self.scope, whole=self.counts_whole)
        return None if within.is_more else within.number - self.page.total

    def chips(self) -> list[Chip]:
        """Every filter in force that could be read."""
        form = self.filterset.form
        chips = [
            Chip(self._label(name), self._value_in_words(form.fields[name], value), self.address(name))
            for name, value in (form.cleaned_data if form.is_valid() else {}).items()
            if name in self.kept and value not in (None, "")
        ]
        if self.query:
            chips.append(Chip(self._label("q"), self.query, self.address("q")))
        return chips

    def filters_in_force(self) -> list[str]:
        """What is narrowed by, for the audit log, without the values: one may be somebody's name."""
        return sorted(self._label(name) for name in self.kept if name != "order")

    def _label(self, name: str) -> str:
        return _("查找") if name == "q" else str(self.filterset.form.fields[name].label)

    @staticmethod
    def _value_in_words(field: Field, value: object) -> str:
        if isinstance(value, bool):
            value = "yes" if value else "no"
        labels = {} if hasattr(field, "queryset") else dict(getattr(field, "choices", ()))
        return str(labels.get(value, value))
