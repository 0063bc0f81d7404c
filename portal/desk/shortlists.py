"""The first rows of a list on the page of an area, and other small tables there: all drawn in one way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise

from portal.access import Permission
from portal.desk.cards import Card, Place
from portal.desk.kept import kept_keys
from portal.models import User
from portal.records.kind import RecordKind
from portal.records.lists.listing import Listing
from portal.records.lists.table import Heading, Table, TableCell, TableRow, table
from portal.records.naming import attach_names
from portal.records.tone import Tone

DRAWN = "records/_shortlist.html"  # what both below return
ROWS = 5

Told = str | Promise | TableCell | tuple[str | Promise, str]  # words, or words with the address they open


@dataclass
class Asker:
    """Whose list it is, where no request asks for it."""

    user: User


class Shortlist:
    """The first rows of the list of `kind` at the address that says `asked`, with these of its columns, by their paths.

    What it shows is what that list shows: filters, order, scope and masks are those of the kind. `kept` names a list
    that hangs on nothing but the person, the campaign, the day and records whose every write raises the revision of the
    person's 填报单位: which rows come first is not asked again before one of them is written.
    """

    def __init__(self, label: str | Promise, kind: RecordKind, asked: Mapping[str, str], *columns: str, kept: str = ""):
        by_path = {column.path: column for column in kind.columns}
        self.label, self.kind = label, kind
        self.asked = QueryDict(mutable=True)
        self.asked.update(asked)
        self.columns = [by_path[path] for path in columns]
        self.kept = kept

    def __call__(self, user: User) -> dict[str, Any] | None:
        """The rows as a table, with the address of the whole list; None where there is no row.

        One query, one for each source of names of kinds that know a person only, one for how the person has the list
        where nothing is `asked`.
        """
        listing = Listing(self.kind, Asker(user), self.asked, opens=True)
        # Which they are is asked by their keys alone: what a list says of each row is not worked out for all of a city.
        first: Any = listing.keyset.sort(listing.records)[:ROWS].values_list("pk", flat=True)
        if self.kept:
            first = kept_keys(self.kept, user, lambda: first)
        records = attach_names(self.kind, listing.keyset.sort(listing.scope.filter(pk__in=first)), user)
        if not records:
            return None
        asked = f"?{self.asked.urlencode()}" if self.asked else ""
        drawn = table(self.columns, self.kind.model, records, user.union.path)
        return {"label": self.label, "url": f"{reverse(f'{self.kind.name}_list')}{asked}", "table": drawn}


def first_rows(area: str, place: Place, rows: Shortlist, permission: Permission = Permission.VIEW_RECORDS) -> Card:
    """The part of the page of `area` that shows them to those who hold `permission`."""
    return Card(DRAWN, permission, place, rows, (area,))


def told(
    label: str | Promise, url: str, headings: Iterable[str | Promise], rows: Iterable[Iterable[Told]]
) -> dict[str, Any] | None:
    """The same of what is no kind of record; None where there is no row."""
    drawn = [TableRow(None, [_cell(each) for each in row]) for row in rows]
    if not drawn:
        return None
    heads = [Heading(str(each), numeric=False, minor=False) for each in headings]
    return {"label": label, "url": url, "table": Table(heads, drawn)}


def tagged(words: str | Promise, tone: Tone) -> TableCell:
    """Words that tell a state, in its colour."""
    return TableCell(str(words), "", numeric=False, minor=False, tone=tone)


def _cell(said: Told) -> TableCell:
    if isinstance(said, TableCell):
        return said
    text, url = said if isinstance(said, tuple) else (said, "")
    return TableCell(str(text), url, numeric=False, minor=False)
