"""The lists as a person left them: whoever comes back from a record finds filters, order and place as they were.

Kept in the session, sealed: among the filters may be the name that was searched for.
"""

from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured
from django.http import QueryDict
from django.urls import reverse

from portal.fields import decrypt, encrypt
from portal.models import User
from portal.records.kind import RecordKind
from portal.text import as_key
from portal.web.base import SignedInRequest

KEY = "lists_left"
PLACES = ("after", "before", "last")


def leave(request: SignedInRequest, kind: RecordKind, query: str) -> None:
    """Remember `query`, what stands behind the address of the list of `kind` without its question mark."""
    left = request.session.get(KEY, {})
    if _opened(left.get(kind.name, "")) != query:
        request.session[KEY] = left | {kind.name: encrypt(query, KEY)}


def way_back(request: SignedInRequest, kind: RecordKind, *, filters: str | None = None, at: int | None = None) -> str:
    """The address of the list as it was left; the row of the record with the key `at` comes into sight.

    With `filters`, what a form carried from its list, only the place is taken from what is remembered, and only if the
    list was left with these filters: another window may have left it otherwise since. A place is left out when its
    record has gone from the list's scope meanwhile.
    """
    query = QueryDict(_opened(request.session.get(KEY, {}).get(kind.name, "")), mutable=True)
    if filters is not None and _without_place(query).urlencode() != filters:
        query = QueryDict(filters, mutable=True)
    if not _place_is_there(query, kind, request.user):
        query = _without_place(query)
    asked = f"?{query.urlencode()}" if query else ""
    return f"{reverse(f'{kind.name}_list')}{asked}" + (f"#record-{at}" if at else "")


def _opened(sealed: str) -> str:
    """What was remembered; '' for nothing, and for what a key sealed that is gone."""
    try:
        return decrypt(sealed, KEY) if sealed else ""
    except (InvalidTag, ImproperlyConfigured):
        return ""


def _without_place(query: QueryDict) -> QueryDict:
    query = query.copy()
    for name in PLACES:
        query.pop(name, None)
    return query


def _place_is_there(query: QueryDict, kind: RecordKind, user: User) -> bool:
    keys = [as_key(query.get(name) or "") for name in ("after", "before") if name in query]
    records = kind.listed_to(user, voided=bool(query.get("voided")))
    return not keys or records.filter(pk=keys[0]).exists()
