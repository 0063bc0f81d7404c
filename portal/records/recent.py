"""The records a person opened last, kept in the session: for the way back from the home page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import resolve, reverse

from portal.models import User
from portal.records.caption import caption
from portal.records.kind import RecordKind
from portal.records.naming import attach_names
from portal.web.base import SignedInRequest

KEY = "recent_records"
KEPT = 8


@dataclass(frozen=True)
class Recent:
    """A record to go back to."""

    kind: str
    caption: str
    url: str


def remember(request: HttpRequest, kind: RecordKind, pk: int) -> None:
    """Put the record first among those opened last. The session holds its kind and key, nothing of its content."""
    opened, before = [kind.name, pk], request.session.get(KEY, [])
    if before[:1] != [opened]:  # a session is written when it changed
        request.session[KEY] = [opened, *(item for item in before if item != opened)][:KEPT]


def recent(request: SignedInRequest) -> list[Recent]:
    """The records opened last that are still in scope, latest first. One query for each kind among them."""
    opened = [tuple(item) for item in request.session.get(KEY, [])]
    kinds = {name: kind_at(name, pk) for name, pk in opened}
    found = {key: item for kind in kinds.values() for key, item in _of_kind(kind, opened, request.user)}
    return [found[key] for key in opened if key in found]


def kind_at(name: str, pk: int) -> RecordKind:
    """The kind whose page is at the address of the record."""
    page: Any = resolve(reverse(f"{name}_detail", args=[pk])).func
    kind: RecordKind = page.view_initkwargs["kind"]
    return kind


def _of_kind(kind: RecordKind, opened: list[tuple[str, int]], user: User) -> Iterator[tuple]:
    records = list(kind.listed_to(user).filter(pk__in=[pk for name, pk in opened if name == kind.name]))
    for record in attach_names(kind, records, user):
        words = caption(kind, record, user.union.path)
        yield (kind.name, record.pk), Recent(str(kind.title), words, reverse(f"{kind.name}_detail", args=[record.pk]))
