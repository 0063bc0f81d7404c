"""Looking up a record that an address names, so that the log can tell a foreign record from a wrong address."""

from typing import Any, TypeVar

from django.db.models import Manager, Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404 as find
from django.utils.functional import Promise

from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city

Found = TypeVar("Found", bound=Model)
MOST = 200  # of many that an address names, so many are looked at


class MissedError(Http404):
    """No such record among those the person may see. The answer is that of any other wrong address."""

    def __init__(self, model: type[Model], lookup: dict[str, Any], *words: str | Promise) -> None:
        super().__init__(*words)
        self.model, self.lookup = model, lookup

    @whole_city(Across.REFUSED)
    def foreign_to(self, user: Any) -> str | None:
        """The first of the records in the log where `user` may not see it; '' where there is none at all.

        None where the person may see all of them, but not here: a page that was left open while they went on. The same
        queries whatever comes of it, so that the time of an answer tells nothing.
        """
        named = {"pk"} | {field.name for field in self.model._meta.concrete_fields if field.name == "number"}
        there = list(self.model._base_manager.filter(**self.lookup).only(*named).order_by("pk")[:MOST])
        seen = getattr(self.model._default_manager, "visible_to", None)
        visible = set(seen(user).filter(**self.lookup).values_list("pk", flat=True)) if seen else set()
        foreign = [record for record in there if record.pk not in visible]
        if there and not foreign:
            return None
        return _subject(foreign[0]) if foreign else ""


def _subject(record: Model) -> str:
    named: str = getattr(record, "audit_subject", "") or f"{record._meta.verbose_name} {record.pk}"
    return named


def get_object_or_404(found: type[Found] | Manager[Found] | QuerySet[Found], **lookup: Any) -> Found:
    """The one of `found` that `lookup` names. Raises MissedError, a 404, where there is none."""
    try:
        return find(found, **lookup)
    except Http404:
        model = found if isinstance(found, type) else found.model
        raise MissedError(model, lookup) from None
