"""What an import wrote, as links to the records that the viewer may open."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from portal.models import User
from portal.records.caption import caption
from portal.records.kind import RecordKind
from portal.records.naming import attach_names
from portal.records.recent import kind_at

Written = tuple[str, int]  # model in small letters and key, as an import names them


@dataclass(frozen=True)
class RecordLink:
    """A record by its caption."""

    caption: str
    url: str


def links_to(written: Iterable[Written], user: User) -> dict[Written, RecordLink]:
    """A link to each of `written` that is in the scope of `user` and has a page. One query for each kind, and names."""
    by_model: dict[str, list[int]] = {}
    for model, pk in written:
        by_model.setdefault(model, []).append(pk)
    links: dict[Written, RecordLink] = {}
    for model, pks in by_model.items():
        if kind := _kind_of(model, pks[0]):
            for record in attach_names(kind, kind.listed_to(user).filter(pk__in=pks), user):
                url = reverse(f"{kind.name}_detail", args=[record.pk])
                links[model, record.pk] = RecordLink(caption(kind, record, user.union.path), url)
    return links


def _kind_of(model: str, pk: int) -> RecordKind | None:
    """The kind of a model that has pages of its own."""
    try:
        return kind_at(model.rpartition(".")[2], pk)
    except (NoReverseMatch, KeyError):
        return None
