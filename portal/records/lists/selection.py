"""Which records of a list are meant: those ticked, or all that its filters find."""

import hashlib
from dataclasses import dataclass

from django.http import QueryDict

from portal.records.kind import RecordKind
from portal.records.lists.listing import Listing
from portal.text import as_key
from portal.web.base import SignedInRequest


@dataclass(frozen=True)
class Selection:
    """The keys of what is meant as it is now, and how the list named it."""

    pks: tuple[int, ...]
    is_all: bool
    filters: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(",".join(map(str, self.pks)).encode()).hexdigest()


def keys_of(data: QueryDict, name: str) -> list[int]:
    """The boxes that are ticked."""
    return [key for key in map(as_key, data.getlist(name)) if key is not None]


def selection_of(request: SignedInRequest, kind: RecordKind, most: int, *, none_is_all: bool = False) -> Selection:
    """The ticked records in scope; or, with `all`, those that the filters find at this moment.

    One more than `most` at the most, so that the caller can tell that it is too many. With `none_is_all` a list of
    which nothing was ticked is meant whole.
    """
    filters = request.POST.get("filters", "")
    is_whole = none_is_all and "filters" in request.POST and "ids" not in request.POST
    is_all = request.POST.get("all") == "1" or is_whole
    if is_all:
        records = Listing(kind, request, QueryDict(filters)).records
    else:
        ids = keys_of(request.POST, "ids")
        records = kind.model.objects.visible_to(request.user).filter(pk__in=sorted({*ids})[: most + 1])
    pks = records.order_by("pk").values_list("pk", flat=True)[: most + 1]
    return Selection(tuple(pks), is_all, filters)
